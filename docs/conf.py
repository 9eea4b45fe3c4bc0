"""The site of the documentation: ``make docs``."""

import re
from pathlib import Path

import chronique

project = "Chronique"
author = "The Chronique developers"
version = release = chronique.__version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["notebooks/data/*", "_build"]
html_theme = "furo"
html_title = "Chronique"
html_show_sourcelink = False

myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300

autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "inherited-members": False}
napoleon_use_rtype = False
napoleon_use_ivar = True

ROOT = Path(__file__).resolve().parents[1]
OUTSIDE = re.compile(r"\[([^\]]*)\]\((\.\./[^)#]+)(#[^)]*)?\)")


def name_what_is_outside(app: object, docname: str, source: list[str]) -> None:
    """Turn a link to a file outside of the site into the file's name, if there is such a file."""
    folder = (ROOT / "docs" / docname).parent

    def named(link: re.Match[str]) -> str:
        path = (folder / link[2]).resolve()
        if path.is_relative_to(ROOT / "docs"):
            return link[0]
        if not path.exists():
            raise FileNotFoundError(f"docs/{docname}: no {link[2]}")
        return f"{link[1]} (`{path.relative_to(ROOT)}`)"

    source[0] = OUTSIDE.sub(named, source[0])


def setup(app: object) -> None:
    """Sphinx calls this."""
    app.connect("source-read", name_what_is_outside)  # type: ignore[attr-defined]
