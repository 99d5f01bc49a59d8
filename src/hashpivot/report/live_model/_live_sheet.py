"""The live sheet: the outlook's own model of the company, laid out in cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hashpivot.core import Line, Quarter
from hashpivot.formula import Term
from hashpivot.outlook import CompanyInputs, CompanyModel, MarketQuarter, OutlookCase

from ..workbook import Sheet
from ._grid import FIRST, START, ModelGrid
from ._rows import QuarterTerms, ai_rows, funding_rows, mining_rows, result_rows

_HEAD = 6
"""Row of the headings; the grid begins below."""

_LEFT_OUT = (
    "Formulas over the sheets Inputs and Market (medians): the simulation's own model of the company, with "
    "nothing left to chance.",
    "Left out: late contracts and chips, tenants that do not come, rates not told (their median is taken), "
    "moves of GPU prices and rents beyond their trend, fleet changes nobody planned.",
    "A site's past power quarters are averaged by season; bitcoin mined is revenue over the median price. "
    "Figures at medians are not medians of figures: the rows of all paths stand below for comparison.",
)


@dataclass(frozen=True)
class LiveMarket:
    """Cells of the market's medians.

    Args:
        quarters: The quarters.
        hashprice: Hashprice in the quarter at a position, USD per PH/s per day.
        price: Price of bitcoin.
        start_price: The price on the last known day.
    """

    quarters: Sequence[Quarter]
    hashprice: QuarterTerms
    price: QuarterTerms
    start_price: float


def live_sheet(
    page: Sheet, case: OutlookCase, inputs: CompanyInputs, market: LiveMarket, medians: dict[str, list[Term]]
) -> str:
    """Fill the sheet.

    Args:
        page: The sheet.
        case: What is modelled.
        inputs: Its company's inputs, cells in place of numbers.
        market: The market.
        medians: Titles of rows of all paths, and their cells by quarter.

    Returns:
        The text of all its formulas.

    Raises:
        FormulaError: If rows and model do not go together, or a formula cannot be written.
    """
    _head(page, case, market.quarters)
    grid = ModelGrid(page, market.quarters, _HEAD)
    lines = [line for line in Line if line != Line.CHIPS or inputs.chips.first_quarter is not None]
    finance = inputs.finance
    known = {"overheads": finance.sga_usd is not None, "depreciation": finance.depreciation_usd is not None}
    grid.add(result_rows(grid, lines, market.hashprice, market.price, medians, **known))
    for rows in (mining_rows(), ai_rows(inputs), funding_rows(inputs)):
        grid.add(rows)
    grid.start("price", market.start_price)
    model = CompanyModel(inputs, market.quarters[0], grid.cell("price", -1), record=grid)
    for step, quarter in enumerate(market.quarters):
        grid.enter(step)
        medians_then = grid.cell("price", step), grid.cell("hashprice", step)
        model.quarter(step, MarketQuarter.of_means(quarter, *medians_then))
    return grid.write()


def _head(page: Sheet, case: OutlookCase, quarters: Sequence[Quarter]) -> None:
    page.text(0, 0, f"{case.inputs.ticker}, scenario {case.scenario}: live", bold=True, font_size=14)
    for row, words in enumerate(_LEFT_OUT, 1):
        page.text(row, 0, words, font_color="#7F7F7F")
    heads = ("US dollars unless said", "Unit", "Start", *map(str, quarters))
    page.band(_HEAD - 1, heads, len(heads), numbers=range(START, len(heads)))
    page.layout([44, 14, 15] + [15] * len(quarters), freeze=(_HEAD, FIRST))
    page.repeat(_HEAD - 1)
