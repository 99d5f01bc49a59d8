"""A company's overheads, balance and funding from its figures; peers' medians where it has none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Quarter

from ..inputs import AiContract, Finance, Origins, assumed, of_figure
from ._base import BaseQuarter

INTEREST = 0.06
"""A year, assumed where interest and debt are not both reported: usual of recent converts and notes."""

DEBT_LIMIT_FACTOR = 2.0
"""Debt limit over present debt, assumed."""

CASH_KEPT_SHARE = 0.25
"""Minimum cash over a quarter's revenue, assumed."""

DEBT = ("debt", "convertible_notes")
MACHINE_DAYS = 505.0
"""Median asking price per TH over hashprice per TH, 2021 and 2022 (`python -m tools write machines`)."""


def calibrate_finance(
    base: BaseQuarter, network: NetworkHistory, contracts: Sequence[AiContract], origins: Origins
) -> Finance:
    """Overheads, balance sheet and funding at the latest quarter known of each."""
    inputs = _overheads(base, origins)
    for key, measures in (("cash_usd", ("cash",)), ("debt_usd", DEBT)):
        inputs |= _amount(base, key, measures, origins)
    inputs |= _coins(base, network, origins)
    inputs |= _shares(base, origins)
    inputs |= _amount(base, "equity_limit_usd", ("share_issuance_proceeds",), origins)
    limit = DEBT_LIMIT_FACTOR * inputs["debt_usd"]
    inputs |= origins.take("finance", assumed("twice the present debt"), debt_limit_usd=limit)
    least = CASH_KEPT_SHARE * base.revenue
    inputs |= origins.take("finance", assumed("a quarter of a quarter's revenue"), minimum_cash_usd=least)
    inputs |= _interest(base, origins) | _depreciation(base, origins)
    plain = Finance()
    why = "usual of recent converts and notes, of project loans, and of miners that fund a pivot"
    inputs |= origins.take(
        "finance", assumed(why), new_interest=INTEREST, debt_share=plain.debt_share,
        share_beta=plain.share_beta, sold_share=plain.sold_share, sells_treasury=plain.sells_treasury,
    )  # fmt: skip
    first = Quarter.containing(date.fromordinal(network.last_day.toordinal() + 1))
    inputs |= _loans(contracts, _debt_known(base), first, inputs["debt_share"], origins)
    inputs |= origins.take("finance", assumed("asking prices of 2021 and 2022"), machine_days=MACHINE_DAYS)
    return Finance(**inputs)


def _overheads(base: BaseQuarter, origins: Origins) -> dict[str, float]:
    """SG&A less stock-based pay, and R&D."""
    sga = base.latest("selling_general_administrative")
    stock = base.latest("stock_based_compensation")
    research = base.latest("research_development")
    if sga is None:
        ratio, cases = base.peers("selling_general_administrative")
        why = f"no overheads are in the ledger; {ratio:.0%} of revenue, the median of {cases} companies"
        inputs = origins.take("finance", assumed(why), sga_usd=ratio * base.revenue)
    else:
        paid = stock if stock is not None and stock.quarter == sga.quarter else None
        usd = float(sga.value) - (float(paid.value) if paid else 0.0)
        how = "less stock-based pay" if paid else ""
        origin = of_figure(*filter(None, (sga, paid)), how=how)
        inputs = origins.take("finance", origin, sga_usd=max(0.0, usd))
    if research is None:
        return inputs | origins.take("finance", "no research and development in the ledger", rd_usd=0.0)
    return inputs | origins.take("finance", of_figure(research), rd_usd=max(0.0, float(research.value)))


def _amount(base: BaseQuarter, key: str, measures: tuple[str, ...], origins: Origins) -> dict[str, float]:
    """The latest figure of the first measure that has one, or the peers' median in proportion to revenue."""
    figure = _first(base, measures)
    if figure is not None:
        return origins.take("finance", of_figure(figure), **{key: max(0.0, float(figure.value))})
    ratio, cases = base.peers(measures[0])
    why = f"not in the ledger; {ratio:.2g} times a quarter's revenue, the median of {cases} companies"
    return origins.take("finance", assumed(why), **{key: max(0.0, ratio * base.revenue)})


def _first(base: BaseQuarter, measures: tuple[str, ...]) -> Figure | None:
    """The latest figure of the first measure that has one."""
    return next((figure for measure in measures if (figure := base.latest(measure))), None)


def _debt_known(base: BaseQuarter) -> Quarter:
    """The quarter the debt is of, which may be older or newer than that of the lines."""
    figure = _first(base, DEBT)
    return Quarter.containing(figure.end) if figure else base.quarter


def _loans(
    contracts: Sequence[AiContract], known: Quarter, first: Quarter, debt_share: float, origins: Origins
) -> dict[str, float]:
    """Lenders' share of what contracts cost after the debt figure and before the first simulated quarter."""
    spent = sum(
        each.capex_usd / each.build_quarters
        for each in contracts
        for ahead in range(1, each.build_quarters + 1)
        if known < each.start - ahead < first
    )
    if not spent:
        return origins.take(
            "finance", "nothing is built between the debt figure and the start", loans_usd=0.0
        )
    why = (
        f"lenders paid {debt_share:.0%} of {spent:,.0f} USD built since {known}, money raised since the rest"
    )
    return origins.take("finance", assumed(why), loans_usd=debt_share * spent)


def _interest(base: BaseQuarter, origins: Origins) -> dict[str, float]:
    """Interest expense of a quarter over the mean debt at its ends, if the ledger has all three."""
    paid = base.latest("interest_expense")
    if paid is not None and paid.quarter is not None:
        ends = [_debt(base, paid.quarter - 1), _debt(base, paid.quarter)]
        debts = [debt for debt in ends if debt is not None]
        owed = sum(float(debt.value) for debt in debts) / 2
        if len(debts) == len(ends) and owed > 0 and 0 <= float(paid.value) * 4 <= owed / 2:
            how = "4 x interest / mean debt at the quarter's ends"
            return origins.take(
                "finance", of_figure(paid, *debts, how=how), interest=float(paid.value) * 4 / owed
            )
    why = "not in the ledger; usual of recent converts and notes"
    return origins.take("finance", assumed(why), interest=INTEREST)


def _debt(base: BaseQuarter, quarter: Quarter) -> Figure | None:
    debt = base.view.company_measure(base.ticker, quarter, "debt")
    return debt if isinstance(debt, Figure) else None


def _depreciation(base: BaseQuarter, origins: Origins) -> dict[str, float]:
    plain = Finance()
    inputs = _amount(base, "depreciation_usd", ("depreciation_amortization",), origins)
    why = "property of machines, halls and land, on average half written off"
    inputs |= origins.take("finance", assumed(why), property_years=plain.property_years)
    return inputs | origins.take(
        "finance", assumed("written off a year before they are renewed"), machine_years=plain.machine_years
    )


def _coins(base: BaseQuarter, network: NetworkHistory, origins: Origins) -> dict[str, float]:
    """Bitcoin held, or the value of digital assets at the price of their day, whichever is newer."""
    coins, value = base.newest("bitcoin_held"), base.newest("digital_assets_value")
    if coins is not None and (value is None or coins.end >= value.end):
        return origins.take("finance", of_figure(coins), bitcoin=float(coins.value))
    if value is not None and network.first_priced_day <= value.end <= network.last_day:
        count = float(value.value) / network.day(value.end).price_usd
        return origins.take("finance", of_figure(value, how="at that day's price of bitcoin"), bitcoin=count)
    return origins.take("finance", assumed("no holdings are in the ledger"), bitcoin=0.0)


def _shares(base: BaseQuarter, origins: Origins) -> dict[str, float]:
    """Shares, and as their price book equity per share, for the ledger holds no share prices."""
    shares, equity = base.latest("shares_outstanding"), base.latest("stockholders_equity")
    if shares is None or not shares.value:
        return origins.take(
            "finance", assumed("no share count is in the ledger"), shares=0.0, share_price_usd=0.0
        )
    inputs = origins.take("finance", of_figure(shares), shares=float(shares.value))
    return inputs | _share_price(shares, equity, origins)


def _share_price(shares: Figure, equity: Figure | None, origins: Origins) -> dict[str, float]:
    if equity is None or equity.value <= 0:
        why = "no positive book equity is in the ledger; enter the market's price"
        return origins.take("finance", assumed(why), share_price_usd=0.0)
    why = f"book equity per share ({equity.id}), for the ledger holds no share prices"
    return origins.take("finance", assumed(why), share_price_usd=float(equity.value / shares.value))
