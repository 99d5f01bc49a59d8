"""What an outlook says, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from hashpivot.core import Quarter
from hashpivot.outlook import (
    AbsentInput,
    CompanyResults,
    MarketResults,
    OutlookSummary,
    Solvency,
)

from ._input_names import input_name

_MILLION = 1e6
_LEAST_BETA = 0.02
"""Elasticity below which revenue counts as one that bitcoin's price does not move."""


def outlook_answers(results: OutlookSummary) -> list[str]:
    """The pivot, survival, the funding gap, income and the lean on bitcoin, in sentences."""
    rows = results.quarters
    survival = _survival(results)
    breakeven = _breakeven(rows[-1], results.market[-1])
    money = solvency_words(results.solvency)
    if results.solvency.basis != "absent":
        money = [survival, _gap(rows), *_covenant(rows), *_worth(results), *money]
    return [_majority(rows), *money, _income(rows[-1]), _lean(rows), breakeven]


def _covenant(rows: Sequence[CompanyResults]) -> list[str]:
    """When a recorded covenant is broken most often; nothing where none is recorded."""
    judged = [row for row in rows if row.p_covenant_breach is not None]
    if not judged:
        return []
    most = max(judged, key=lambda row: row.p_covenant_breach or 0.0)
    return [f"A recorded covenant is broken with a probability of up to {most.p_covenant_breach:.0%}, "
            f"in {most.quarter}."]  # fmt: skip


def _worth(results: OutlookSummary) -> list[str]:
    """Enterprise value over megawatts, where a share price was given."""
    worth = results.valuation
    if worth is None or worth.per_mw_usd is None:
        return []
    whole, per_mw = worth.enterprise_value_usd / _MILLION, worth.per_mw_usd / _MILLION
    return [
        f"At {worth.share_price_usd:,.2f} USD a share the enterprise value is {whole:,.0f} million USD, "
        f"{per_mw:,.1f} million a megawatt: {worth.mining_mw:,.0f} MW mine, {worth.ai_critical_mw:,.0f} MW "
        "of critical IT are let or under contract."
    ]


def solvency_words(solvency: Solvency) -> list[str]:
    """Why nothing is said of cash and what would allow it, or on what that stands."""
    words = [f"{input_name(each.key)}: {each.missing.reason}{_needed(each)}." for each in solvency.absent]
    if solvency.basis == "absent":
        said = "Cash, debt, dilution and a shortfall are not projected: the balance sheet is not known."
        return [said, *words]
    if solvency.basis == "assumed":
        stands_on = ", ".join(map(input_name, solvency.assumed))
        return [f"Cash, debt and shortfall are assumed: they stand on {stands_on}.", *words]
    return words


def chance(probability: float | None) -> str:
    """A probability in percent; a dash if it is not known."""
    return "–" if probability is None else f"{probability:.0%}"


def _needed(each: AbsentInput) -> str:
    return f"; needed: {each.missing.needs}" if each.missing.needs else ""


def _majority(rows: Sequence[CompanyResults]) -> str:
    first, last = rows[0], rows[-1]
    likely = next((row.quarter for row in rows if row.p_ai_chips_majority > 0.5), None)
    when = f"more likely than not from {likely} on" if likely else "never more likely than not"
    return (
        "AI and chips, fit-out apart, bring more than half of revenue with a probability of "
        f"{first.p_ai_chips_majority:.0%} in {first.quarter} and "
        f"{last.p_ai_chips_majority:.0%} in {last.quarter}: {when}."
    )


def _survival(results: OutlookSummary) -> str:
    most, last, halving = results.most_unpaid, results.quarters[-1], results.halving
    if most.p_shortfall is None or last.p_shortfall is None:
        return ""
    paid = f"At every quarter's end bills are paid on {1 - most.p_shortfall:.0%} of paths"
    if most.p_shortfall:
        paid += f" (the least in {most.quarter}), at the end of {last.quarter} on {1 - last.p_shortfall:.0%}"
    if halving.p50 is None:
        return f"{paid}, before the next halving."
    quarter = Quarter.containing(halving.p50)
    then = next((row for row in results.quarters if row.quarter == quarter), last)
    return (
        f"{paid}; on {1 - (then.p_shortfall or 0.0):.0%} at that of {then.quarter}, the quarter of the "
        f"halving (80% between {halving.p10 or 'then'} and {halving.p90 or 'later'})."
    )


def _gap(rows: Sequence[CompanyResults]) -> str:
    """The bills unpaid at the quarter's end at which they are most on average."""
    most, beyond = max(rows, key=lambda row: row.shortfall_usd.mean or 0.0), "cash, bitcoin, debt and shares"
    if not most.shortfall_usd.mean:
        return f"No bill is left beyond {beyond} at any quarter's end to {rows[-1].quarter} on any path."
    return (
        f"Bills left unpaid beyond {beyond} are most at the end of {most.quarter}: "
        f"{_millions(most.shortfall_usd.mean)} million USD on average, "
        f"{_millions(most.shortfall_usd.p90)} million or more on the worst tenth of paths."
    )


def _income(row: CompanyResults) -> str:
    if row.adjusted_ebitda_usd.p50 is None:
        profit = _millions(row.gross_profit_usd.p50)
        return f"In {row.quarter}, median: gross profit {profit} million USD; overheads are not known."
    if row.pretax_income_usd.p50 is None:
        profit = _millions(row.adjusted_ebitda_usd.p50)
        return f"In {row.quarter}, median: EBITDA {profit} million USD; {_unknown_costs(row)} not known."
    return (
        f"In {row.quarter}, medians: EBITDA {_millions(row.adjusted_ebitda_usd.p50)} million USD, "
        f"depreciation {_millions(row.depreciation_usd.p50)}, interest {_millions(row.interest_usd.p50)}; "
        f"before taxes {_millions(row.pretax_income_usd.p50)} million are left."
    )


def _unknown_costs(row: CompanyResults) -> str:
    """`depreciation is`, `depreciation and interest are`: what is missing between EBITDA and income."""
    costs = {"depreciation": row.depreciation_usd, "interest": row.interest_usd}
    names = [name for name, spread in costs.items() if spread.p50 is None]
    return f"{' and '.join(names)} {'are' if len(names) > 1 else 'is'}"


def _lean(rows: Sequence[CompanyResults]) -> str:
    first, last = rows[1] if len(rows) > 1 else rows[0], rows[-1]
    before, after = first.bitcoin_beta, last.bitcoin_beta
    if before is None or after is None:
        return "Revenue does not vary with bitcoin's price here."
    if max(abs(before), abs(after)) < _LEAST_BETA:
        return f"Revenue hardly varies with bitcoin's price, from {first.quarter} to {last.quarter}."
    leans = "leans less" if abs(after) < abs(before) else "leans no less"
    before, after = (round(each, 2) + 0.0 for each in (before, after))  # no −0.00
    return (
        f"One percent of bitcoin's price moves revenue by {before:.2f}% in {first.quarter} and by "
        f"{after:.2f}% in {last.quarter}: revenue {leans} on bitcoin."
    )


def _breakeven(row: CompanyResults, market: MarketResults) -> str:
    even, expected = row.breakeven_hashprice_usd_ph_day.p50, market.hashprice_usd_ph_day.p50
    if row.adjusted_ebitda_usd.p50 is None:
        return "Without overheads no breakeven is known."
    if even is None or expected is None:
        return f"Nothing is mined in {row.quarter}."
    if even <= 0:
        return f"In {row.quarter} the other lines pay for everything at the median, whatever hashprice does."
    return (
        f"In {row.quarter} EBITDA is zero at a hashprice of {even:,.1f} USD per PH/s per day (median), "
        f"against {expected:,.1f} expected."
    )


def _millions(usd: float | None) -> str:
    return "n/a" if usd is None else f"{usd / _MILLION:,.0f}"
