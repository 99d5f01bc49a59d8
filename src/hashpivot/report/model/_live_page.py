"""The live sheet: a company's lines by quarter in formulas over its inputs and the market's medians."""

from __future__ import annotations

from collections.abc import Iterator

from hashpivot.core import Line
from hashpivot.formula import Number, Term, literal, total

from ..workbook import DECIMAL, MONEY, Page
from ._live_ai import ai_rows, contract_keys
from ._live_funding import funding_rows
from ._live_grid import FIRST, START, LiveRow
from ._live_inputs import quarter_number
from ._live_mining import mining_rows
from ._live_model import LiveModel

HEAD = 6
"""Row of the headings; the grid begins below."""

_LEFT_OUT = (
    "Formulas over the sheets Inputs and Market (medians), as the simulation computes a path on which "
    "nothing is left to chance.",
    "Left out: late contracts and chips, tenants that do not come, rates not told (their median is taken), "
    "moves of GPU prices and rents beyond their trend, fleet changes nobody planned, depreciation.",
    "A site's past power quarters are averaged by season; bitcoin mined is revenue over the median price. "
    "Figures at medians are not medians of figures: the rows of all paths stand below for comparison.",
)
_STEADY = {
    Line.HOSTING: "hosting_usd", Line.ENGINEERING: "engineering_usd", Line.POWER: "power_usd",
    Line.OTHER: "other_usd",
}  # fmt: skip


def live_page(page: Page, model: LiveModel, medians: dict[str, list[Term]]) -> None:
    """Fill the sheet.

    Args:
        page: The sheet.
        model: What it shows; its grid is filled here.
        medians: Titles of rows of all paths, and their cells by quarter.
    """
    page.text(
        0, 0, f"{model.case.inputs.ticker}, scenario {model.case.scenario}: live", bold=True, font_size=14
    )
    for row, words in enumerate(_LEFT_OUT, 1):
        page.text(row, 0, words, font_color="#7F7F7F")
    heads = ("US dollars unless said", "Unit", "Start", *map(str, model.quarters))
    page.band(HEAD - 1, heads, len(heads), numbers=range(START, len(heads)))
    page.layout([44, 14, 15] + [15] * len(model.quarters), freeze=(HEAD, FIRST))
    page.repeat(HEAD - 1)
    model.grid.add(_results(model, medians))
    for rows in (mining_rows, ai_rows, funding_rows):
        model.grid.add(rows(model))
    model.grid.write()


def _results(model: LiveModel, medians: dict[str, list[Term]]) -> Iterator[LiveRow]:
    cell, lines = model.cell, [line for line in Line if line != Line.CHIPS or model.has_chips]
    yield LiveRow("Market, median of all paths")
    yield LiveRow("Hashprice", "hashprice", model.hashprice, "USD/PH/day", DECIMAL)
    yield LiveRow("Bitcoin", "price", model.price, "USD", MONEY, model.start_price)
    yield LiveRow("Days", "days", lambda t: literal(model.quarters[t].days), "days", "0")
    yield LiveRow("Quarter as a number", "number", lambda t: quarter_number(model.quarters[t]), "", "0")
    yield from _block(model, "Revenue", "revenue", lines)
    yield from _block(model, "Gross profit, before depreciation", "profit", lines)
    yield LiveRow("Cost")
    for line in lines:
        yield LiveRow(
            line.heading, f"cost_{line}",
            lambda t, of=line: cell(f"revenue_{of}", t) - cell(f"profit_{of}", t),  # type: ignore[misc]
        )  # fmt: skip
    yield LiveRow("EBITDA")
    keys = ("finance.sga_usd", "finance.rd_usd", "chips.rd_usd")
    yield LiveRow("Overheads", "overheads", lambda t: total([model.input(key) for key in keys]))
    yield LiveRow("EBITDA", "ebitda", lambda t: cell("profit", t) - cell("overheads", t), strong=True)
    yield LiveRow("All paths, for comparison")
    for title, cells in medians.items():
        yield LiveRow(title, title, lambda t, held=cells: held[t])  # type: ignore[misc]


def _block(model: LiveModel, title: str, measure: str, lines: list[Line]) -> Iterator[LiveRow]:
    of = _revenue if measure == "revenue" else _profit
    yield LiveRow(title)
    for line in lines:
        yield LiveRow(line.heading, f"{measure}_{line}", lambda t, held=line: of(model, held, t))  # type: ignore[misc]
    keys = [f"{measure}_{line}" for line in lines]
    yield LiveRow("All lines", measure, lambda t: total([model.cell(key, t) for key in keys]), strong=True)


def _revenue(model: LiveModel, line: Line, step: int) -> Number:
    if line in _STEADY:
        return model.input(f"steady.{_STEADY[line]}")
    own = {
        Line.SELF_MINING: ["mining_revenue"], Line.CHIPS: ["chip_revenue"], Line.AI_CLOUD: ["gpu_revenue"],
        Line.AI_COLOCATION: ["hall_rent", "hall_power"],
    }[line]  # fmt: skip
    keys = [*own, *(f"{key}_revenue" for key in contract_keys(model, line))]
    return total([model.cell(key, step) for key in keys])


def _profit(model: LiveModel, line: Line, step: int) -> Number:
    cell = model.cell
    if line in _STEADY:
        return cell(f"revenue_{line}", step) * model.input("steady.margin")
    if line == Line.SELF_MINING:
        return cell("mining_revenue", step) - cell("mining_cost", step)
    if line == Line.CHIPS:
        return cell("chip_profit", step)
    halls = cell("hall_rent", step) * model.input("colocation.margin")
    first = halls if line == Line.AI_COLOCATION else cell("gpu_profit", step)
    return total([first, *(cell(f"{key}_profit", step) for key in contract_keys(model, line))])
