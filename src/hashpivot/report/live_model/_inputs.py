"""The sheets a live model stands on: every input in a cell, and how formulas refer to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hashpivot.core import HashpivotError, Quarter
from hashpivot.formula import Term
from hashpivot.ledger import View
from hashpivot.outlook import ListedInput, quarter_number

from ..workbook import COMPUTED, EXACT, Sheet, SourcedNumber

_HEAD = 4
_VALUE = 1
_ASSUMED_FILL = "#FFF3D6"
_ADDRESS = re.compile(r"https?://[^\s,]+[^\s,:;.]")
_CELL = re.compile(r"'(?:[^']|'')+'![A-Z]+\d+")
_FIGURE = re.compile(r"^figure ([^\s,]+@[0-9a-f]+)")


class InputCells:
    """Where every input stands, and which of them formulas use.

    Args:
        page: The sheet of inputs.
        inputs: Its rows.
    """

    def __init__(self, page: Sheet, inputs: Sequence[ListedInput]) -> None:
        self.page, self.inputs = page, inputs
        self._rows = {each.key: row for row, each in enumerate(inputs, _HEAD + 1)}

    def term(self, key: str, value: float | Quarter) -> Term:
        """The number of an input; a quarter as a number, four to a year."""
        cell = self.page.outside(self._rows[key], _VALUE)
        if isinstance(value, Quarter):
            return Term(f"(VALUE(LEFT({cell},4))*4+VALUE(RIGHT({cell},1)))", quarter_number(value))
        return Term(cell, float(value))

    def write(self, title: str, formulas: str, view: View | None) -> None:
        """Fill the sheet.

        Args:
            title: First line.
            formulas: The text of all formulas: inputs they refer to are live.
            view: Finds the filings of figures; without it their ids are shown alone.
        """
        page, heads = (
            self.page,
            ("Input", "Value", "Unit", "From", "To", "Live", "Assumed", "Where it came from"),
        )
        page.text(0, 0, title, bold=True, font_size=14)
        page.text(1, 0, _LEGEND, font_color="#7F7F7F")
        count = sum(each.assumed for each in self.inputs)
        marks = f'COUNTIF(G{_HEAD + 2}:G{_HEAD + 1 + len(self.inputs)},"assumed")'
        page.formula(2, 0, Term(marks, count), "0", align="left", bold=True)
        page.text(2, 1, f"of {len(self.inputs)} inputs are assumed")
        page.band(_HEAD, heads, len(heads), numbers=range(1, 2))
        page.layout([62, 20, 18, 10, 20, 6, 10, 80], freeze=(_HEAD + 1, 2))
        page.repeat(_HEAD)
        referred = set(_CELL.findall(formulas))
        for row, each in enumerate(self.inputs, _HEAD + 1):
            self._write(row, each, page.outside(row, _VALUE) in referred, view)
        page.filter(_HEAD, _HEAD + len(self.inputs), len(heads))

    def _write(self, row: int, each: ListedInput, live: bool, view: View | None) -> None:
        page, url = self.page, origin_address(each.origin, view)
        fill: dict[str, object] = {"bg_color": _ASSUMED_FILL} if each.assumed else {}
        page.text(row, 0, each.key)
        if isinstance(each.value, int | float):
            look = fill if live else COMPUTED | fill
            page.number(
                row, _VALUE, SourcedNumber(float(each.value), "", each.origin or "not told"), EXACT, **look
            )
        else:
            colour: dict[str, object] = {"font_color": "#0000FF"} if live else COMPUTED
            page.text(row, _VALUE, str(each.value), align="right", **colour | fill)
        page.text(row, 2, each.unit, indent=1)
        if each.low is not None and each.high is not None:
            page.number(row, 3, each.low, EXACT)
            page.number(row, 4, each.high, EXACT)
            said = f"{each.key}: {each.low:g} to {each.high:g} {each.unit}".rstrip()
            page.allow(row, _VALUE, each.low, each.high, said)
        page.text(row, 5, "live" if live else "", align="center")
        page.text(row, 6, "assumed" if each.assumed else "", align="center", **fill)
        page.link(row, 7, each.origin, url, indent=1)


_LEGEND = (
    "Blue: change it and the sheet Live follows (quarters as 2027Q2). Grey italics: only the simulation uses "
    "it, for chance, depreciation or the market, or nothing here does; change it in a scenario file."
)


def origin_address(origin: str, view: View | None) -> str:
    """The address an origin names, or that of the filing of the figure it names; empty if there is none."""
    address = _ADDRESS.search(origin)
    if address:
        return address.group()
    figure = _FIGURE.search(origin)
    if figure is None or view is None:
        return ""
    try:
        traces = view.trace(figure.group(1)).reported()
    except HashpivotError:
        return ""
    return next((end.source.url for end in traces if end.source and end.source.url), "")
