"""Where facts stand on their page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hashpivot.filings import read_filing

CELLS = {
    "plain": "<tr><td>Cost</td><td>{}</td></tr>",
    "cell hidden": '<tr><td>Cost</td><td style="display:none">{}</td></tr>',
    "row hidden": '<tr style="display:none"><td>Cost</td><td>{}</td></tr>',
    "below a span": '<tr><td rowspan="2">Cost</td><td>{}</td></tr><tr><td>{}</td></tr>',
    "table in a cell": "<tr><td>Cost</td><td><table><tr><td>{}</td></tr></table>{}</td></tr>",
}


@pytest.mark.parametrize("columns", ["", '<colgroup><col/><col style="visibility:collapse"/></colgroup>'])
@pytest.mark.parametrize("rows", CELLS.values(), ids=CELLS)
def test_a_row_has_one_number_whether_or_not_its_cells_are_placed(
    page: Callable[..., bytes], number: Callable[..., str], rows: str, columns: str
) -> None:
    numbers = (number(str(n)) for n in range(rows.count("{}")))
    body = f"<table>{columns}<tr><td>Thousands</td></tr>{rows.format(*numbers)}</table>"
    facts = read_filing("page", data=page(body)).facts
    counted = [fact.row for fact in facts]
    for fact in facts:
        _ = fact.column  # places the cells of its table
    assert [fact.row for fact in facts] == counted != []
