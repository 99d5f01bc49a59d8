"""Notebooks: executed and stripped of the machine; the check sees what changed, and only that."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from tools.docs import notebooks

NOTEBOOKS = sorted(notebooks.FOLDER.glob("*.ipynb"))
OF_A_MACHINE = re.compile(r"/(?:tmp|home|root|Users)/|0x[0-9a-f]{6,}|\d+ms\b")


def one_cell(source: str) -> str:
    cells = [nbformat.v4.new_markdown_cell("# One"), nbformat.v4.new_code_cell(source)]
    return str(nbformat.writes(nbformat.v4.new_notebook(cells=cells)))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_small_and_says_nothing_of_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text) <= notebooks.LARGEST
    notebook = json.loads(text)
    assert notebook["metadata"] == notebooks._METADATA
    for cell in notebook["cells"]:
        assert cell["metadata"] == {}
        for output in cell.get("outputs", []):
            assert output["output_type"] in ("execute_result", "stream")
            assert not OF_A_MACHINE.search(notebooks.readable(json.dumps(output)))


def test_there_are_three_and_the_pages_name_them() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["outlook", "season", "site"]
    for page in ("README.md", "how-to/use-a-notebook.md"):
        text = (notebooks.ROOT / "docs" / page).read_text(encoding="utf-8")
        assert all(f"notebooks/{path.name}" in text for path in NOTEBOOKS)


def test_a_cell_is_executed_in_a_home_of_its_own() -> None:
    made = notebooks.executed(
        one_cell("import os\nos.listdir(os.environ['HASHPIVOT_HOME']) != [] and 6 * 7"), "a"
    )
    notebook = nbformat.reads(made, as_version=4)
    assert [cell.id for cell in notebook.cells] == ["a-1", "a-2"]
    (output,) = notebook.cells[1].outputs
    assert output["data"]["text/plain"] == "42" and output["execution_count"] == 1
    assert "execution" not in made.replace("execution_count", "")


def test_a_warning_fails() -> None:
    with pytest.raises(CellExecutionError, match=r"UserWarning.*: old"):
        notebooks.executed(one_cell("import warnings\nwarnings.warn('old')"), "a")


def test_charts_are_compared_as_drawings() -> None:
    text = next(path for path in NOTEBOOKS if path.stem == "outlook").read_text(encoding="utf-8")
    assert "<polygon" not in text and "<polygon" in notebooks.readable(text)
    assert notebooks.same(text, text, 0.0)
    other = text.replace("2,000 paths", "2,002 paths", 1)
    assert notebooks.same(text, other, 3.0) and not notebooks.same(text, other, 0.0)
    assert not notebooks.same(text, text.replace("EBITDA", "EBITA", 1), 3.0)


def test_a_style_sheet_may_change_and_a_drawing_may_not() -> None:
    text = next(path for path in NOTEBOOKS if path.stem == "season").read_text(encoding="utf-8")
    assert notebooks.same(text, text.replace(".hashpivot-result.hashpivot-result {", "div {"), 0.0)
    (drawn, *_) = notebooks._IMAGE.findall(text)
    recoloured = b64decode(drawn).replace(b"fill: var(--ai)", b"fill: red")
    assert notebooks.same(text, text.replace(drawn, b64encode(recoloured).decode()), 0.0)
    redrawn = b64decode(drawn).replace(b"<circle", b"<rect", 1)
    assert not notebooks.same(text, text.replace(drawn, b64encode(redrawn).decode()), 0.0)
