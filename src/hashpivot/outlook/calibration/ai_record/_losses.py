"""How often AI contracts are lost or never begin: the ledger's record, with judged priors while it is short.

`python -m tools write outlook-rents` writes the record into docs/methods/outlook.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hashpivot.ledger import Contract, View

from ...inputs import ContractKind, assumed
from ._late_starts import StartRecord, deal_of, decided_starts

PRIOR_LOSS: dict[ContractKind, float] = {"colocation": 0.04, "cloud": 0.10}
"""Judged, a year: tenants of halls default like borrowers rated B, which most of those named are; renters of
GPUs are younger firms on shorter contracts, so more of them."""

PRIOR_YEARS = 25.0
"""Judged: contract-years that the prior weighs, so that a few short years of record do not decide."""

PRIOR_COMES, PRIOR_STARTS = 0.9, 10.0
"""Judged: one signed tenant in ten never moves in; weighs as ten contracts."""

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class LossRecord:
    """What deals of a kind that ended say.

    Args:
        kind: Kind of contract.
        yearly: Probability of a loss in a year.
        deals: Deals announced.
        years: Years they were in force, added up.
        ended: Those that ended before their term.
        origin: Where it came from.
    """

    kind: ContractKind
    yearly: float
    deals: int
    years: float
    ended: int
    origin: str


def loss_record(view: View, day: date, kind: ContractKind) -> LossRecord:
    """Deals that a company lost by a day, over the years all were in force; a sold contract is lost to it."""
    deals = [stages for stages in _deals(view, day).values() if stages[0].kind == kind]
    ends = [end for stages in deals if (end := _ended(stages, day))]
    years = sum(((_ended(stages, day) or day) - stages[0].known).days for stages in deals) / DAYS_PER_YEAR
    prior = PRIOR_LOSS[kind]
    yearly = (len(ends) + prior * PRIOR_YEARS) / (years + PRIOR_YEARS)
    record = f"{len(ends)} of {len(deals)} {kind} deals ended in {years:.1f} contract-years"
    why = f"{record}; {prior:.0%} a year judged, weighing as {PRIOR_YEARS:.0f} years"
    return LossRecord(kind, yearly, len(deals), years, len(ends), assumed(why))


def tenant_chance(view: View, day: date, starts: StartRecord, overdue: int) -> tuple[float, str]:
    """Probability that a signed tenant who has not come yet comes, and where that came from.

    Of those that come, a share `(1 - on_time) / n` are assumed to be n quarters late or more; so the longer
    one is overdue, the less likely it comes.

    Args:
        view: What is known.
        day: Day of the calibration.
        starts: How late those start that do.
        overdue: Quarters since the announced start.
    """
    come = [each.come for each in decided_starts(view, day)]
    chance = (sum(come) + PRIOR_COMES * PRIOR_STARTS) / (len(come) + PRIOR_STARTS)
    judged = f"{PRIOR_COMES:.0%} judged, weighing as {PRIOR_STARTS:.0f} starts"
    why = f"{sum(come)} of {len(come)} decided starts came; {judged}"
    if not overdue:
        return chance, assumed(why)
    as_late = chance * (1 - starts.on_time) / overdue
    return as_late / (as_late + 1 - chance), assumed(f"{why}; less as it is {overdue} quarters overdue")


def _deals(view: View, day: date) -> dict[tuple[str, str], list[Contract]]:
    """Stages of each deal announced by a day, oldest first."""
    deals: dict[tuple[str, str], list[Contract]] = {}
    for contract in sorted(view.announced_contracts, key=lambda each: each.known):
        if contract.known <= day:
            deals.setdefault(deal_of(contract), []).append(contract)
    return deals


def _ended(stages: list[Contract], day: date) -> date | None:
    """Day a deal ended before its term; None if it is in force, or ran its term."""
    last = stages[-1]
    if last.ended is None or last.ended >= day:
        return None
    years = max((float(each.term_years) for each in stages if each.term_years), default=0.0)
    begun = last.starts[1] if last.starts else last.known
    ran = years and last.ended >= begun + timedelta(days=DAYS_PER_YEAR * years)
    return None if ran else last.ended
