"""Pages as HTML that browsers take, whatever their parser's age."""

from __future__ import annotations

import pytest

from hashpivot.filings.source import parse_html


@pytest.mark.parametrize(
    "name", ["bgsound", "embed", "keygen", "source", "track", "wbr", "WBR/", "wbr class='a'"]
)
def test_elements_without_content_hold_no_cells(name: str) -> None:
    page = f"<table><tr><td>Metric<td>November<tr><td>Bitcoin <{name}>mined<td>4<{name}>95</table>"
    root, _ = parse_html(page.encode(), "page.htm")
    assert root is not None
    rows = [["".join(cell.itertext()) for cell in row.iter("td")] for row in root.iter("tr")]
    assert rows == [["Metric", "November"], ["Bitcoin mined", "495"]]
