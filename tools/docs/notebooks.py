"""The notebooks of docs/notebooks: their cells are written by hand, what the cells show is generated.

python -m tools write notebooks
"""

from __future__ import annotations

import os
import re
import tempfile
from base64 import b64decode
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from traitlets.config import Config

from ..parts import Made, difference
from ..places import ROOT
from ..sections import alike

FOLDER = ROOT / "docs" / "notebooks"
LARGEST = 300_000
"""Characters of a notebook: it opens at once, and a change of it can be read."""

_SLACK = {"outlook.ipynb": 3.0, "site.ipynb": 0.2}
"""How far numbers may be off in a check: simulations differ between machines in the last digits, as in the
outlook's other parts; a solver's in the last of a drawing. What a season shows is the same everywhere."""
_SECONDS = 120
"""A cell that takes longer has hung."""
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_STRICT = """import warnings
warnings.simplefilter('error')
warnings.filterwarnings('ignore', module='ipykernel')"""
_STYLE = re.compile(r"<style>.*?</style>", flags=re.DOTALL)
_IMAGE = re.compile(r"data:image/svg\+xml;base64,([\w+/=]+)")


def make() -> Made:
    """Every notebook with what its cells show."""
    paths = sorted(FOLDER.glob("*.ipynb"))
    return {path: executed(path.read_text(encoding="utf-8"), path.stem) for path in paths}


def problems() -> list[str]:
    """Which notebooks show something else when they are executed again, or are too large."""
    found = []
    for path, content in make().items():
        assert isinstance(path, Path) and isinstance(content, str)
        held = path.read_text(encoding="utf-8")
        if not same(held, content, _SLACK.get(path.name, 0.0)):
            found.append(difference(path, readable(held), readable(content)))
        if len(content) > LARGEST:
            found.append(f"{path.relative_to(ROOT)}: {len(content):,} characters, at most {LARGEST:,}")
    return found


def executed(text: str, name: str) -> str:
    """A notebook's text with what its cells show now, and nothing of the machine that ran them.

    A warning is an error there.

    Args:
        text: The notebook.
        name: What the ids of its cells begin with.

    Raises:
        CellExecutionError: If a cell fails.
    """
    notebook: NotebookNode = nbformat.reads(text, as_version=4)
    _run(notebook)
    notebook.metadata = nbformat.from_dict(_METADATA)
    count = 0
    for number, cell in enumerate(notebook.cells, 1):
        cell.id, cell.metadata = f"{name}-{number}", nbformat.from_dict({})
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            for output in cell.outputs:
                output.update({"execution_count": count} if "execution_count" in output else {})
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)) + "\n"


def same(one: str, other: str, slack: float) -> bool:
    """True if two notebooks show the same, charts compared by their drawing; style sheets may differ.

    Args:
        one, other: Their texts.
        slack: How far numbers may be apart.
    """
    return alike(readable(one), readable(other), slack)


def readable(text: str) -> str:
    """A notebook's text with its charts as drawings instead of one long word each, without style sheets."""
    drawn = _IMAGE.sub(lambda found: b64decode(found[1]).decode("utf-8"), text)
    return _STYLE.sub("", drawn)


def _run(notebook: NotebookNode) -> None:
    """Execute the cells in place, in a folder and a home of their own."""
    cells = notebook.cells
    notebook.cells = [nbformat.v4.new_code_cell(_STRICT), *cells]
    with tempfile.TemporaryDirectory(prefix="notebook-") as folder:
        client = NotebookClient(
            notebook,
            timeout=_SECONDS,
            kernel_name="python3",
            resources={"metadata": {"path": folder}},
            extra_arguments=["--log-level=ERROR"],
            config=Config(KernelManager={"transport": "ipc", "connection_file": f"{folder}/kernel.json"}),
        )
        client.execute(env=_environment(folder))
    notebook.cells = cells


def _environment(home: str) -> dict[str, str]:
    """The kernel's environment: without the user's figures and settings."""
    kept = {name: value for name, value in os.environ.items() if name != "HASHPIVOT_LEDGER"}
    return kept | {"HASHPIVOT_HOME": home, "IPYTHONDIR": home}
