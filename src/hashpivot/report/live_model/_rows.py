"""The rows of the live sheet: what each quantity of the model is called, its unit and its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from hashpivot.core import Line
from hashpivot.formula import Term, total
from hashpivot.outlook import MACHINE_CLASSES, AiContract, CompanyInputs, Finance

from ..workbook import COUNT, DECIMAL, SHARE
from ._grid import ModelGrid, ModelRow

QuarterTerms = Callable[[int], Term]


def result_rows(
    grid: ModelGrid, lines: Sequence[Line], hashprice: QuarterTerms, price: QuarterTerms,
    medians: dict[str, list[Term]], *, overheads: bool, depreciation: bool,
) -> Iterator[ModelRow]:  # fmt: skip
    """The market, then revenue, gross profit and cost by line, EBITDA, and all paths beside it.

    Args:
        grid: The grid they stand in.
        lines: The company's lines.
        hashprice: The market's median of a quarter, USD per PH/s per day.
        price: Its median price of bitcoin.
        medians: Titles of rows of all paths, and their cells by quarter.
        overheads: False if they are not known: no EBITDA then.
        depreciation: False if that of what is owned is not known.
    """
    cell = grid.cell
    yield ModelRow("Market, median of all paths")
    yield ModelRow("Hashprice", "hashprice", "USD/PH/day", DECIMAL, hashprice)
    yield ModelRow("Bitcoin", "price", formula=price)
    yield ModelRow("Days", "days", "days", "0")
    yield ModelRow("Quarter as a number", "number", "", "0")
    yield ModelRow("Revenue")
    yield from (ModelRow(line.heading, f"revenue_{line.value}") for line in lines)
    yield ModelRow("All lines", "revenue", formula=lambda step: total(
        [cell(f"revenue_{line.value}", step) for line in lines]), strong=True)  # fmt: skip
    yield ModelRow("Gross profit, before depreciation")
    yield from (ModelRow(line.heading, f"profit_{line.value}") for line in lines)
    yield ModelRow("All lines", "profit", strong=True)
    yield ModelRow("Cost")
    for line in lines:
        yield ModelRow(line.heading, f"cost_{line.value}", formula=_cost(grid, line))
    if depreciation:
        yield ModelRow("Depreciation", "depreciation")
    if overheads:
        yield ModelRow("EBITDA")
        yield ModelRow("Overheads", "overheads")
        yield ModelRow("EBITDA", "ebitda", strong=True)
    yield ModelRow("All paths, for comparison")
    for title, cells in medians.items():
        yield ModelRow(title, title, formula=cells.__getitem__)


def _cost(grid: ModelGrid, line: Line) -> QuarterTerms:
    return lambda step: grid.cell(f"revenue_{line.value}", step) - grid.cell(f"profit_{line.value}", step)


def mining_rows() -> Iterator[ModelRow]:
    """Power, fleet and what it earns."""
    yield ModelRow("Power of the site")
    yield ModelRow("Uptime by the site's seasons", "site_uptime", "share", SHARE)
    yield ModelRow("Power price", "power_price", "USD/MWh", DECIMAL)
    yield ModelRow("Power credits, per MW installed and hour", "credits", "USD/MWh", DECIMAL)
    yield ModelRow("Fleet")
    yield ModelRow("Taken by AI data halls", "converted", "MW", DECIMAL)
    yield ModelRow("Fleet left by them", "kept", "share", SHARE)
    yield ModelRow("New machines", "new_j", "J/TH", DECIMAL)
    yield ModelRow("Cost of making own machines", "chip_cost", "USD/TH", DECIMAL)
    yield ModelRow("Price of new machines", "machine_price", "USD/TH", DECIMAL)
    yield ModelRow("Planned growth", "planned", "EH/s", DECIMAL)
    yield ModelRow("Mean subsidy of the payback ahead", "subsidy_ahead", "of the quarter's", DECIMAL)
    yield ModelRow("A new machine pays back in time", "worth", "1 or 0", "0")
    yield ModelRow("Aimed at by unplanned changes", "aim", "MW", DECIMAL)
    yield ModelRow("Idle, beyond the fleet", "idle", "MW", DECIMAL)
    yield ModelRow("Renewal and growth wanted", "wanted", "EH/s", DECIMAL)
    yield ModelRow("To spend on discretionary purchases", "funds")
    yield ModelRow("Renewal bought", "bought", "EH/s", DECIMAL)
    yield ModelRow("Hash rate installed", "ehs", "EH/s", DECIMAL)
    yield ModelRow("Megawatts installed", "mw", "MW", DECIMAL)
    yield ModelRow("Machines bought", "machines")
    yield ModelRow("Machines that pay for their power")
    yield ModelRow("Hashprice less the pool's fee", "net_hashprice", "USD/PH/day", DECIMAL)
    for number in range(1, len(MACHINE_CLASSES) + 1):
        title = f"Class {number} runs; its share of the megawatts"
        yield ModelRow(title, f"class_{number}", "1 or 0", "0.###")
        yield ModelRow(f"Class {number} loses cash", f"losing_{number}", "1 or 0", "0")
    yield ModelRow("Leaves after two such quarters", "left_ehs", "EH/s", DECIMAL)
    yield ModelRow("Its megawatts", "left_mw", "MW", DECIMAL)
    yield ModelRow("Hash rate running", "running", "EH/s", DECIMAL)
    yield ModelRow("Megawatts of the classes that run", "drawn", "MW", DECIMAL)
    yield ModelRow("Cost of mining", "mining_cost")
    yield ModelRow("Revenue of mining", "mining_revenue")
    yield ModelRow("Bitcoin that 1 EH/s earns", "btc_per_eh", "BTC", "0.000000")
    yield ModelRow("Bitcoin mined", "mined_btc", "BTC", DECIMAL)
    yield ModelRow("Price it brings", "bitcoin_usd")


def ai_rows(inputs: CompanyInputs) -> Iterator[ModelRow]:
    """GPUs, data halls, contracts, and chips if there is a programme."""
    yield ModelRow("GPU time")
    yield ModelRow("Spot price", "spot", "of the start's", SHARE)
    yield ModelRow("Contracted price", "contracted", "of the start's", SHARE)
    yield ModelRow("Price of both", "gpu_price", "of the start's", SHARE)
    yield ModelRow("At the start's price", "gpu_full")
    yield ModelRow("Revenue of GPUs", "gpu_revenue")
    yield ModelRow("Gross profit of GPUs", "gpu_profit")
    yield ModelRow("One-off revenue beside it", "gpu_one_off")
    yield ModelRow("AI data halls let")
    yield ModelRow("Rent of data halls let", "hall_rent")
    yield ModelRow("Power and costs passed on to their tenants", "hall_power")
    yield ModelRow("One-off revenue: fit-out and resale", "hall_one_off")
    yield ModelRow("Rent of data halls in the market", "rent_index", "of the start's", SHARE)
    for number, contract in enumerate(inputs.contracts):
        yield from _contract_rows(contract, f"contract_{number}")
    yield ModelRow("All AI contracts")
    yield ModelRow("Spent on AI data halls and GPUs", "ai_capex")
    if inputs.chips.first_quarter is not None:
        yield ModelRow("Chips")
        yield ModelRow("Quarters since the first sale; its quarter as a number", "chip_age", "quarters", "0")
        yield ModelRow("Price of a TH", "chip_price", "USD", DECIMAL)
        yield ModelRow("Orders", "chip_orders", "of the start's", SHARE)
        yield ModelRow("TH sold, fewer below their cost", "chip_sold", "TH/s", "#,##0")


def _contract_rows(contract: AiContract, name: str) -> Iterator[ModelRow]:
    yield ModelRow(f"{contract.name}, {contract.kind}")
    yield ModelRow("Quarters since the start; its quarter as a number", f"{name}_age", "quarters", "0")
    yield ModelRow("Full rent", f"{name}_rate")
    yield ModelRow("At work", f"{name}_working", "share", SHARE)
    yield ModelRow("Rent", f"{name}_rent")
    yield ModelRow("Power the tenant pays", f"{name}_power")
    yield ModelRow("Built", f"{name}_built", "share", SHARE)
    yield ModelRow("Fit-out", f"{name}_fitout")
    yield ModelRow("Revenue", f"{name}_revenue")
    yield ModelRow("Gross profit", f"{name}_profit")
    yield ModelRow("Spent on it", f"{name}_capex")


def funding_rows(inputs: CompanyInputs) -> Iterator[ModelRow]:
    """Capital expenditure; then, where the balance is known, who pays in what order, and what nobody does."""
    yield ModelRow("Spending")
    yield ModelRow("Capital expenditure, tenants' part apart", "capex")
    if not inputs.finance.funding_known:
        return
    yield from _income_rows(inputs.finance)
    yield ModelRow("Funding")
    yield ModelRow("Bitcoin mined and kept", "mined_kept", "BTC", DECIMAL)
    yield ModelRow("Interest", "interest")
    yield ModelRow("Working capital", "working_capital")
    yield ModelRow("Put into it", "working_capital_change")
    yield from _project_rows(inputs)
    yield ModelRow("Of what AI data halls and GPUs cost, by lenders", "loan")
    yield ModelRow("Instalments of project loans", "instalments")
    yield ModelRow("Free cash flow", "free_cash")
    yield ModelRow("Cash before funding", "cash_before")
    yield from _debt_rows(inputs)
    yield ModelRow("Borrowed against bitcoin", "coin_loan")
    yield ModelRow("Needed", "need")
    yield ModelRow("From bitcoin", "from_coins")
    yield ModelRow("Borrowed", "borrowed")
    yield ModelRow("From shares", "issued")
    yield ModelRow("From bitcoin that is held, last", "from_coins_last")
    yield ModelRow("Cash", "cash", strong=True)
    yield ModelRow("Bitcoin held", "bitcoin", "BTC", DECIMAL)
    yield ModelRow("Raised since the start", "new_debt")
    yield ModelRow("Corporate debt", "debt")
    yield ModelRow("Project loans", "loans")
    if inputs.finance.shares is not None:
        yield ModelRow("Shares", "shares", "shares", COUNT)
    yield ModelRow("Bills in arrears", "shortfall", strong=True)
    if inputs.finance.equity_usd is not None and inputs.finance.depreciation_usd is not None:
        yield ModelRow("Property and other assets less other liabilities", "property")
        yield ModelRow("Equity", "equity", strong=True)


def _income_rows(finance: Finance) -> Iterator[ModelRow]:
    """From EBITDA to net income, and the interest that is not an expense."""
    yield ModelRow("Income")
    yield ModelRow("Interest on what is still being built", "capitalised")
    yield ModelRow("Of earlier quarters, halls that come into use", "capitalised_in_use")
    yield ModelRow("Of halls still being built", "capitalised_waiting")
    if finance.depreciation_usd is not None:
        yield ModelRow("Operating income", "operating_income")
        yield ModelRow("Change of bitcoin's fair value", "fair_value")
        yield ModelRow("Losses used", "losses_used")
        yield ModelRow("Tax", "tax")
        yield ModelRow("Losses carried forward", "losses")
        yield ModelRow("Net income", "net_income", strong=True)


def _project_rows(inputs: CompanyInputs) -> Iterator[ModelRow]:
    """Loans for data halls, and what stands in those still being built."""
    for number, each in enumerate(inputs.contracts):
        yield ModelRow(f"{each.name}: instalment of its loan", f"contract_{number}_instalment")
    yield ModelRow("Loans for data halls", "project_loans")
    yield ModelRow("Cost of halls that come into use", "done")
    yield ModelRow("Cost so far of halls still being built", "in_progress")


def _debt_rows(inputs: CompanyInputs) -> Iterator[ModelRow]:
    """Instruments with a maturity, and what becomes of them when they fall due; none without one."""
    maturing = [(number, each) for number, each in enumerate(inputs.debt) if each.matures is not None]
    if not maturing:
        return
    for number, each in maturing:
        yield ModelRow(f"{each.name}: owed", f"debt_{number}")
        yield ModelRow(f"{each.name}: falls due", f"debt_{number}_due")
        if each.conversion_price_usd is not None and inputs.finance.shares is not None:
            yield ModelRow(f"{each.name}: exchanged for shares", f"debt_{number}_converted")
    yield ModelRow("Debt to be repaid", "repaid")
    yield ModelRow("Of it refinanced", "refinanced")
    yield ModelRow("Refinanced since the start", "refinanced_debt")
    yield ModelRow("Cash after repayment", "cash_after_debt")
