"""The Python that the documents show runs as it stands, block after block."""

import re
from pathlib import Path

import pytest

from .conftest import ROOT

DOCUMENTS = ["README.md", "docs/guide.md", "crates/chronique-python/README.md"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_python_of_a_document_runs(document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / document).read_text(encoding="utf-8"), re.M | re.S)
    assert blocks
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, document, "exec"), names)
