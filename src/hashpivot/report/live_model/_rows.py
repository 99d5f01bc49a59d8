"""The rows of the live sheet: what each quantity of the model is called, its unit and its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from hashpivot.core import Line
from hashpivot.formula import Term, total
from hashpivot.outlook import MACHINE_CLASSES, AiContract, CompanyInputs

from ..workbook import COUNT, DECIMAL, SHARE
from ._grid import GridRow, ModelGrid

QuarterTerms = Callable[[int], Term]


def result_rows(
    grid: ModelGrid, lines: Sequence[Line], hashprice: QuarterTerms, price: QuarterTerms,
    medians: dict[str, list[Term]],
) -> Iterator[GridRow]:  # fmt: skip
    """The market, then revenue, gross profit and cost by line, EBITDA, and all paths beside it.

    Args:
        grid: The grid they stand in.
        lines: The company's lines.
        hashprice: The market's median of a quarter, USD per PH/s per day.
        price: Its median price of bitcoin.
        medians: Titles of rows of all paths, and their cells by quarter.
    """
    cell = grid.cell
    yield GridRow("Market, median of all paths")
    yield GridRow("Hashprice", "hashprice", "USD/PH/day", DECIMAL, hashprice)
    yield GridRow("Bitcoin", "price", formula=price)
    yield GridRow("Days", "days", "days", "0")
    yield GridRow("Quarter as a number", "number", "", "0")
    yield GridRow("Revenue")
    yield from (GridRow(line.heading, f"revenue_{line.value}") for line in lines)
    yield GridRow("All lines", "revenue", formula=lambda step: total(
        [cell(f"revenue_{line.value}", step) for line in lines]), strong=True)  # fmt: skip
    yield GridRow("Gross profit, before depreciation")
    yield from (GridRow(line.heading, f"profit_{line.value}") for line in lines)
    yield GridRow("All lines", "profit", strong=True)
    yield GridRow("Cost")
    for line in lines:
        yield GridRow(line.heading, f"cost_{line.value}", formula=_cost(grid, line))
    yield GridRow("EBITDA")
    yield GridRow("Overheads", "overheads")
    yield GridRow("EBITDA", "ebitda", strong=True)
    yield GridRow("All paths, for comparison")
    for title, cells in medians.items():
        yield GridRow(title, title, formula=cells.__getitem__)


def _cost(grid: ModelGrid, line: Line) -> QuarterTerms:
    return lambda step: grid.cell(f"revenue_{line.value}", step) - grid.cell(f"profit_{line.value}", step)


def mining_rows() -> Iterator[GridRow]:
    """Power, fleet and what it earns."""
    yield GridRow("Power of the site")
    yield GridRow("Uptime by the site's seasons", "site_uptime", "share", SHARE)
    yield GridRow("Power price", "power_price", "USD/MWh", DECIMAL)
    yield GridRow("Power credits, per MW installed and hour", "credits", "USD/MWh", DECIMAL)
    yield GridRow("Fleet")
    yield GridRow("Taken by AI data halls", "converted", "MW", DECIMAL)
    yield GridRow("Fleet left by them", "kept", "share", SHARE)
    yield GridRow("New machines", "new_j", "J/TH", DECIMAL)
    yield GridRow("Price of new machines", "machine_price", "USD/TH", DECIMAL)
    yield GridRow("Planned growth", "planned", "EH/s", DECIMAL)
    yield GridRow("Renewal wanted", "wanted", "EH/s", DECIMAL)
    yield GridRow("To spend on discretionary purchases", "funds")
    yield GridRow("Renewal bought", "bought", "EH/s", DECIMAL)
    yield GridRow("Hash rate installed", "ehs", "EH/s", DECIMAL)
    yield GridRow("Megawatts installed", "mw", "MW", DECIMAL)
    yield GridRow("Machines bought", "machines")
    yield GridRow("Machines that pay for their power")
    yield GridRow("Hashprice less the pool's fee", "net_hashprice", "USD/PH/day", DECIMAL)
    for number in range(1, len(MACHINE_CLASSES) + 1):
        title = f"Class {number} runs; its share of the megawatts"
        yield GridRow(title, f"class_{number}", "1 or 0", "0.###")
    yield GridRow("Hash rate running", "running", "EH/s", DECIMAL)
    yield GridRow("Megawatts of the classes that run", "drawn", "MW", DECIMAL)
    yield GridRow("Cost of mining", "mining_cost")
    yield GridRow("Revenue of mining", "mining_revenue")
    yield GridRow("Bitcoin that 1 EH/s earns", "btc_per_eh", "BTC", "0.000000")
    yield GridRow("Bitcoin mined", "mined_btc", "BTC", DECIMAL)
    yield GridRow("Price it brings", "bitcoin_usd")


def ai_rows(inputs: CompanyInputs) -> Iterator[GridRow]:
    """GPUs, data halls, contracts, and chips if there is a programme."""
    yield GridRow("GPU time")
    yield GridRow("Spot price", "spot", "of the start's", SHARE)
    yield GridRow("Contracted price", "contracted", "of the start's", SHARE)
    yield GridRow("Price of both", "gpu_price", "of the start's", SHARE)
    yield GridRow("At the start's price", "gpu_full")
    yield GridRow("Revenue of GPUs", "gpu_revenue")
    yield GridRow("Gross profit of GPUs", "gpu_profit")
    yield GridRow("AI data halls let")
    yield GridRow("Rent of data halls let", "hall_rent")
    yield GridRow("Power their tenants pay", "hall_power")
    yield GridRow("Rent of data halls in the market", "rent_index", "of the start's", SHARE)
    for number, contract in enumerate(inputs.contracts):
        yield from _contract_rows(contract, f"contract_{number}")
    if inputs.chips.first_quarter is not None:
        yield GridRow("Chips")
        yield GridRow("Quarters since the first sale; its quarter as a number", "chip_age", "quarters", "0")
        yield GridRow("Price of a TH", "chip_price", "USD", DECIMAL)
        yield GridRow("TH sold, none below their cost", "chip_sold", "TH/s", "#,##0")


def _contract_rows(contract: AiContract, name: str) -> Iterator[GridRow]:
    yield GridRow(f"{contract.name}, {contract.kind}")
    yield GridRow("Quarters since the start; its quarter as a number", f"{name}_age", "quarters", "0")
    yield GridRow("Full rent", f"{name}_rate")
    yield GridRow("At work", f"{name}_working", "share", SHARE)
    yield GridRow("Rent", f"{name}_rent")
    yield GridRow("Power the tenant pays", f"{name}_power")
    yield GridRow("Built", f"{name}_built", "share", SHARE)
    yield GridRow("Fit-out", f"{name}_fitout")
    yield GridRow("Revenue", f"{name}_revenue")
    yield GridRow("Gross profit", f"{name}_profit")
    yield GridRow("Spent on it", f"{name}_capex")


def funding_rows() -> Iterator[GridRow]:
    """Cash, coins, debt, shares and the shortfall, in the order in which they pay."""
    yield GridRow("Funding")
    yield GridRow("Bitcoin mined and kept", "mined_kept", "BTC", DECIMAL)
    yield GridRow("Interest", "interest")
    yield GridRow("Spent on AI data halls and GPUs", "ai_capex")
    yield GridRow("Of it by lenders", "loan")
    yield GridRow("Cash before funding", "cash_before")
    yield GridRow("Needed", "need")
    yield GridRow("From bitcoin", "from_coins")
    yield GridRow("Borrowed", "borrowed")
    yield GridRow("From shares", "issued")
    yield GridRow("Cash", "cash", strong=True)
    yield GridRow("Bitcoin held", "bitcoin", "BTC", DECIMAL)
    yield GridRow("Corporate debt", "debt")
    yield GridRow("Project loans", "loans")
    yield GridRow("Shares", "shares", "shares", COUNT)
    yield GridRow("Shortfall so far", "shortfall", strong=True)
