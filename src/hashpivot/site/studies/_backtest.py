"""What each policy would have earned: the same hours, the same settlement, different knowledge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Missing, Tabular

from ..economics import Bill, HourlyEconomics, Operation, ProfitAndLoss, bill, settle_pnl
from ..information import knowledge_of
from ..model import Bools, Floats, NotForThisSite, Site, Times
from ..policies import (
    ByPolicy,
    DispatchWindow,
    Policy,
    by_name,
    check_operation,
    default_policies,
    title_of,
)
from ..prices import PriceHistory
from ._best_simple import BestSimple
from ._peak_notes import peak_notes
from ._period import period_notes, span
from ._policy_result import PolicyResult
from ._shortfall import shortfall

TITLES = {policy.name: title_of(policy) for policy in default_policies()}
"""Titles of the policies run by default, by name."""
POLICIES = tuple(TITLES)
"""Their names, in order."""
URI = (date(2021, 2, 13), date(2021, 2, 20))
"""Winter Storm Uri, first and last day."""
_ROLLING, _BEST, _ALWAYS = "rolling_horizon", "perfect_foresight", "always_on"


@dataclass(frozen=True, eq=False)
class Backtest(Tabular):
    """Policies over the same hours. T hours.

    Args:
        window: The hours decided, and what was known of them.
        start: First day, market local time.
        end: Last day.
        policies: What was run, by name, in order.
        operations: What each policy did.
        pnl: What each policy earned, hour by hour.
        left_out: Policies that are not computed for such a site, and why, in words.
    """

    window: DispatchWindow
    start: date
    end: date
    policies: ByPolicy[Policy]
    operations: ByPolicy[Operation]
    pnl: ByPolicy[ProfitAndLoss]
    left_out: tuple[str, ...] = ()
    row_key = "policy"

    def __repr__(self) -> str:
        policies = ", ".join(self.policies)
        return f"Backtest({self.hours.site.name}, {self.start} to {self.end}, {self.regime}: {policies})"

    @property
    def hours(self) -> HourlyEconomics:
        """The hours as they were."""
        return self.window.actual

    @property
    def regime(self) -> str:
        """`live` or `lagged`."""
        return self.window.regime

    @property
    def peak_chance(self) -> Floats:
        """Probability that each hour sets the month's peak, as seen an hour before, shape (T,)."""
        return self.window.peak_chance

    @property
    def gap(self) -> float:
        """How far the profit of perfect foresight may lie below the best possible, relative."""
        return (self.operations[_BEST].optimality_gap or 0.0) if _BEST in self.operations else 0.0

    @cached_property
    def titles(self) -> dict[str, str]:
        """How each policy is called in tables, by name."""
        return {name: title_of(policy) for name, policy in self.policies.items()}

    def results(self, inside: Bools | None = None) -> list[PolicyResult]:
        """Return every policy over the hours `inside`, shape (T,) (all if None)."""
        return [self.result(policy, inside) for policy in self.policies]

    def result(self, policy: str, inside: Bools | None = None) -> PolicyResult:
        """Return one policy over the hours `inside`, shape (T,) (all if None).

        Raises:
            UnknownKey: If no such policy was run.
        """
        picked = np.ones(self.hours.prices.hours, dtype=bool) if inside is None else inside
        best, always = (
            float(self.pnl[name].profit_usd[picked].sum()) if name in self.pnl else None
            for name in (_BEST, _ALWAYS)
        )
        return PolicyResult.of(policy, self.pnl[policy], picked, best, always)

    def uplift_usd(self, over: str, inside: Bools | None = None, policy: str = _ROLLING) -> float:
        """Return the profit of a policy above another's over the hours `inside`, shape (T,).

        Raises:
            UnknownKey: If one of the two was not run.
        """
        picked = slice(None) if inside is None else inside
        own, other = self.pnl[policy].profit_usd, self.pnl[over].profit_usd
        return float((own[picked] - other[picked]).sum())

    @cached_property
    def best_simple(self) -> BestSimple:
        """The best of the simple policies that were run: beforehand and in hindsight."""
        return BestSimple(self.window, self.policies, self.pnl)

    def uplift_over_simple_usd(
        self, inside: Bools | None = None, policy: str = _ROLLING, *, hindsight: bool = False
    ) -> float | Missing:
        """Return the profit of a policy above the best simple one's over the hours `inside`, shape (T,).

        Args:
            inside: Which hours count; all if None.
            policy: Its name.
            hindsight: Whether the best of these hours is meant, not that of the years before.

        Returns:
            Dollars, or why the best simple policy is not known.

        Raises:
            UnknownKey: If the policy was not run.
        """
        chosen = self.best_simple.in_hindsight(inside) if hindsight else self.best_simple.beforehand(inside)
        return chosen if isinstance(chosen, Missing) else self.uplift_usd(chosen, inside, policy)

    def bill(self, policy: str = _ROLLING) -> Bill:
        """Return what a policy is charged for power and by tariffs; its rows are charges by month.

        Raises:
            UnknownKey: If no such policy was run.
        """
        hours = self.hours
        return bill(hours.site, hours.prices, hours.clock, hours.peaks, self.pnl[policy].drawn_mw)

    def tariff_avoided_usd(self, policy: str) -> float:
        """Return how much less a policy pays in tariffs than always on.

        Raises:
            UnknownKey: If one of the two was not run.
        """
        return float((self.pnl[policy].usd["tariffs"] - self.pnl[_ALWAYS].usd["tariffs"]).sum())

    @cached_property
    def months(self) -> Times:
        """Months of market local time, datetime64[M]."""
        return np.unique(self.hours.clock.month)

    @cached_property
    def years(self) -> list[int]:
        """Years of market local time."""
        return sorted({int(month.astype("datetime64[Y]").astype(int)) + 1970 for month in self.months})

    def in_year(self, year: int) -> Bools:
        """Return which hours lie in a year of market local time, shape (T,)."""
        return self.hours.clock.between(date(year, 1, 1), date(year, 12, 31))

    def in_month(self, month: np.datetime64) -> Bools:
        """Return which hours lie in a month of market local time, shape (T,)."""
        inside: Bools = self.hours.clock.month == month
        return inside

    @cached_property
    def in_uri(self) -> Bools:
        """Which hours lie in Winter Storm Uri, shape (T,)."""
        return self.hours.clock.between(*URI)

    @cached_property
    def notes(self) -> list[str]:
        """What was switched off or filled in, in words."""
        notes = [
            *self.hours.notes,
            *period_notes(self.window, self.start, self.end),
            *peak_notes(self.window),
            *self.left_out,
        ]
        if self.hours.called.any():
            notes.append(self._calls())
        if self.gap > 0:
            notes.append(f"perfect foresight is proven to within {self.gap:.4%}")
        return notes

    def _calls(self) -> str:
        """Return in words how often reserve was called, and what each policy had off for it."""
        hours = self.hours
        off = {name: float(pnl.called_mw.sum()) * hours.interval_hours for name, pnl in self.pnl.items()}
        each = ", ".join(f"{self.titles[name]} {mwh:,.0f}" for name, mwh in off.items())
        return f"reserve is called in {hours.called.sum():,} intervals; MWh off on call: {each}"

    def records(self) -> list[dict[str, Any]]:
        """Return one row a policy: its result over all hours, components as columns."""
        return [_row(result) for result in self.results()]

    def to_dict(self) -> dict[str, object]:
        """Return the backtest with stable keys; every number in dollars, hours or MWh.

        What compares with a policy that was not run is left empty.
        """
        return {
            "site": self.hours.site.name,
            "zone": self.hours.prices.zone,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "regime": self.regime,
            "policies": [result.to_dict() for result in self.results()],
            "by_month": list(self._by_month()),
            "by_year": list(self._by_year()),
            "uri": [r.brief() for r in self.results(self.in_uri)] if self.in_uri.any() else [],
            "uplift": self._uplifts(),
            "best_simple": self._best_simple(),
            "best_simple_by_year": [
                {"year": year, **self._best_simple(self.in_year(year))} for year in self.years
            ],
            "tariff_avoided_usd": self._tariffs_avoided(),
            "shortfall_usd": self._shortfall(),
            "foresight_gap": self.gap,
            "bill": [{"policy": name, **row} for name in self.policies for row in self.bill(name).records()],
            "notes": self.notes,
        }

    def _by_month(self) -> Iterator[dict[str, object]]:
        for month in self.months:
            for result in self.results(self.in_month(month)):
                yield {"month": str(month), **result.brief()}

    def _by_year(self) -> Iterator[dict[str, object]]:
        for year in self.years:
            for result in self.results(self.in_year(year)):
                yield {"year": year, **result.brief()}

    def _uplifts(self) -> dict[str, float]:
        others = [name for name in self.policies if name not in (_ROLLING, _BEST)]
        if _ROLLING not in self.policies:
            return {}
        return {f"over_{name}_usd": round(self.uplift_usd(name), 2) for name in others}

    def _best_simple(self, inside: Bools | None = None) -> dict[str, object]:
        """Return the best simple policy of the years before and of hindsight, and the uplift over each."""
        if _ROLLING not in self.policies:
            return {}
        chosen, best = self.best_simple.beforehand(inside), self.best_simple.in_hindsight(inside)
        uplifts = [self.uplift_over_simple_usd(inside, hindsight=later) for later in (False, True)]
        over, over_best = (None if isinstance(usd, Missing) else round(usd, 2) for usd in uplifts)
        missing = {"missing": chosen.reason} if isinstance(chosen, Missing) else {}
        return {
            "policy": None if isinstance(chosen, Missing) else chosen,
            "uplift_usd": over,
            "hindsight": None if isinstance(best, Missing) else best,
            "uplift_over_hindsight_usd": over_best,
            **missing,
        }

    def _tariffs_avoided(self) -> dict[str, float]:
        if _ALWAYS not in self.policies:
            return {}
        return {name: round(self.tariff_avoided_usd(name), 2) for name in self.policies}

    def _shortfall(self) -> dict[str, float]:
        if not {_ROLLING, _BEST} <= set(self.policies):
            return {}
        return {name: round(usd, 2) for name, usd in shortfall(self).items()}


def backtest(
    site: Site,
    prices: PriceHistory,
    start: date,
    end: date,
    *,
    network: NetworkHistory,
    regime: str = "live",
    policies: Sequence[Policy] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Backtest:
    """Run policies over local days `start` to `end`, both included, and settle them alike.

    Args:
        site: The site.
        prices: Prices; those before `start` are learned from.
        start: First day decided.
        end: Last day decided.
        network: The bitcoin network's history, for the hashprice.
        regime: `live` (an hour's price is known when acting) or `lagged` (only the hour before's).
        policies: What to run: any objects that are a `Policy`; `default_policies()` if None.
        progress: Called with the number of policies done and of all policies.

    Raises:
        InvalidInput: If the regime is unknown, the days are the wrong way round, or two policies share a
            name.
        InvalidOperation: If a policy breaks a limit of the site.
        InvalidPrices: If the prices do not cover these days, or too little before them to learn from.
        InvalidSite: If a time on or off is longer than the period.
        Unsolvable: If no operation keeps all limits.
    """
    chosen = by_name(default_policies() if policies is None else policies)
    window = dispatch_window(site, prices, start, end, network=network, regime=regime)
    operations: dict[str, Operation] = {}
    left_out: dict[str, NotForThisSite] = {}
    for number, (name, policy) in enumerate(chosen.items()):
        if progress:
            progress(number, len(chosen))
        try:
            operations[name] = _checked(window, policy)
        except NotForThisSite as error:
            left_out[name] = error
    if not operations:
        raise next(iter(left_out.values()))
    pnl = {name: settle_pnl(window.actual, done) for name, done in operations.items()}
    run = {name: policy for name, policy in chosen.items() if name in operations}
    notes = tuple(
        f"{title_of(chosen[name])} is left out: {error.message}" for name, error in left_out.items()
    )
    return Backtest(window, start, end, ByPolicy(run), ByPolicy(operations), ByPolicy(pnl), notes)


def dispatch_window(
    site: Site,
    prices: PriceHistory,
    start: date,
    end: date,
    *,
    network: NetworkHistory,
    regime: str = "live",
) -> DispatchWindow:
    """Return the hours of local days `start` to `end` as a policy is given them; arguments as `backtest`.

    Raises:
        InvalidInput, InvalidPrices, InvalidSite: As `backtest`.
    """
    first, stop = span(site, prices, start, end)
    return DispatchWindow(knowledge_of(site, prices, network, first, stop), first, stop, regime)


def _checked(window: DispatchWindow, policy: Policy) -> Operation:
    operation = policy.operate(window)
    check_operation(window.actual, operation, policy.name)
    return operation


def _row(result: PolicyResult) -> dict[str, Any]:
    capture = None if isinstance(result.capture, Missing) else result.capture
    components = {f"{name}_usd": usd for name, usd in result.components.items()}
    counts = {"uptime": result.uptime, "starts": result.starts, "hours_off": result.hours_off}
    flexible = result.capture_of_flexibility
    head = {
        "policy": result.policy,
        "profit_usd": result.profit_usd,
        "capture": capture,
        "capture_of_flexibility": None if isinstance(flexible, Missing) else flexible,
    }
    return head | components | counts | {"drawn_mwh": result.drawn_mwh}
