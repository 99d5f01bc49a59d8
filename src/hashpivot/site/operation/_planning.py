"""A plan from a site's state, and the state after its first interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from ..information import BasisForecaster, Forecaster, Hashprices, first_planned
from ..model import Site, moment_of
from ..prices import PriceHistory
from ..studies import Plan, plan
from ._site_state import OLDEST, SiteState, StateError
from ._state_file import Remembered, moment_text
from ._transition import after, beginning


@dataclass(frozen=True, slots=True)
class StatePlan:
    """A plan that begins where a site stands.

    Args:
        plan: The plan.
        remembered: The state after its first interval, and the one it began from.
    """

    plan: Plan
    remembered: Remembered


@dataclass(frozen=True, slots=True)
class PlanStart:
    """Where a site stands as an interval begins.

    Args:
        state: Its state.
        decided: The state after the interval, if it is decided already.
        notes: What had to be assumed, in words.
    """

    state: SiteState
    decided: SiteState | None = None
    notes: tuple[str, ...] = ()


def plan_from_state(
    site: Site,
    prices: PriceHistory,
    remembered: Remembered | None,
    at: datetime | None = None,
    hours: int = 34,
    *,
    network: Hashprices,
    make_forecaster: Callable[[], Forecaster] = BasisForecaster,
) -> StatePlan:
    """Schedule the next hours from where a site stands.

    An interval that is decided stays as it was decided: planned twice, it gives the same state.

    Args:
        site, prices, at, hours, network, make_forecaster: As `hashpivot.site.plan`.
        remembered: The state; None begins a new one, in normal mode and free to stop.

    Raises:
        StateError: If the state is of another site or a later time.
        InvalidInput, InvalidPrices, Unsolvable: As `hashpivot.site.plan`.
    """
    now = first_planned(site, prices, at)
    standing = stand_at(site, remembered, moment_of(prices.ts_utc[now]))
    begins = beginning(site, standing.state, prices, now, standing.decided)
    made = plan(site, prices, at, hours, network=network, make_forecaster=make_forecaster, begins=begins)
    reached = Remembered(after(site, standing.state, made), standing.state, standing.notes)
    return StatePlan(replace(made, assumed=standing.notes), reached)


def stand_at(site: Site, remembered: Remembered | None, moment: datetime) -> PlanStart:
    """Return where a site stands as an interval begins.

    Raises:
        StateError: If the state is of another site or a later time.
    """
    if remembered is None:
        note = "no state yet: every group is taken to be in normal mode and free to stop, nothing sold"
        return PlanStart(SiteState.new(site, moment), notes=(note,))
    state, before = remembered.state, remembered.before
    state.check_site(site)
    if before is not None and before.moment == moment:
        return PlanStart(before, state, remembered.assumed)
    if moment < (state.moment if before is None else before.moment):
        raise StateError(
            f"the state is of {moment_text(state.moment)}, after the plan's beginning, {moment_text(moment)}",
            hint="plan a later interval, or move it and a run's log away to begin a new state",
        )
    if moment - state.moment > OLDEST:
        note = (
            f"the state of {moment_text(state.moment)} is too old: every group is taken to be in "
            "normal mode and free to stop; the month's counts are kept"
        )
        return PlanStart(state.renewed(moment, site), notes=(note,))
    if moment > state.moment:
        note = (
            f"nothing was decided from {moment_text(state.moment)} to {moment_text(moment)}: modes are taken "
            "to have stayed as they were"
        )
        return PlanStart(state.held_until(moment, site), notes=(note,))
    return PlanStart(state)
