"""Every notebook of docs/notebooks runs from top to bottom, without network."""

from pathlib import Path

import pytest

from .conftest import ROOT

jupytext = pytest.importorskip("jupytext")
nbclient = pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")

NOTEBOOKS = sorted((ROOT / "docs/notebooks").glob("*.md"))

# Run first in the kernel: only its own sockets on this machine may be opened.
OFFLINE = """
import socket as _socket

class _Offline(_socket.socket):
    def connect(self, address):
        if self.family != _socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"a notebook must not need a network: {address}")
        return super().connect(address)

_socket.socket = _Offline
"""


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(path: Path):
    notebook = jupytext.read(path)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(OFFLINE))
    resources = {"metadata": {"path": str(path.parent)}}
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources).execute()
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert all(output.output_type != "error" for output in shown)
    assert any("image/svg+xml" in output.get("data", {}) for output in shown), "it draws something"


def test_there_are_notebooks():
    assert [path.stem for path in NOTEBOOKS] == ["first", "monitoring", "own-data"]
