"""The best of the simple policies: what the rolling horizon's uplift is stated over.

Which of them is best is not known beforehand. It is chosen by profit over the years before, as an operator
would; hindsight's best, of the hours themselves, is the harder measure.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hashpivot.core import Missing, not_applicable, not_derivable

from ..economics import ProfitAndLoss, settle_pnl
from ..model import Bools, Floats
from ..policies import ByPolicy, DispatchWindow, Policy, is_simple

YEARS_BEFORE = 4
"""Years before the first hour that the choice looks back on, if the prices hold them."""
_FEWEST_DAYS = 60
"""Judged: fewer say nothing of a year."""


@dataclass(frozen=True, eq=False)
class BestSimple:
    """Chooses among the simple policies of a backtest.

    Args:
        window: The hours decided, and what was known of them.
        policies: What was run, by name.
        pnl: What each earned in these hours.
    """

    window: DispatchWindow
    policies: ByPolicy[Policy]
    pnl: ByPolicy[ProfitAndLoss]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the simple policies, in order."""
        return tuple(name for name, policy in self.policies.items() if is_simple(policy))

    def beforehand(self, inside: Bools | None = None) -> str | Missing:
        """Return the simple policy of highest profit over up to four years before the first hour `inside`.

        Missing if no simple policy was run, or fewer than 60 days come before.
        """
        if not self.names:
            return not_derivable("no simple policy was run")
        first = 0 if inside is None else int(np.argmax(inside))
        each = self.window.actual.interval_hours
        last = int(YEARS_BEFORE * 366 * 24 / each)
        earned = {
            name: np.append(self._before[name], self.pnl[name].profit_usd[:first]) for name in self.names
        }
        hours = len(earned[self.names[0]]) * each
        if hours < _FEWEST_DAYS * 24:
            return not_applicable(f"only {hours / 24:.0f} days of prices and hashprices come before")
        return max(self.names, key=lambda name: float(earned[name][-last:].sum()))

    def in_hindsight(self, inside: Bools | None = None) -> str | Missing:
        """Return the simple policy of highest profit over the hours `inside` themselves (all if None).

        Missing if none was run.
        """
        if not self.names:
            return not_derivable("no simple policy was run")
        picked = slice(None) if inside is None else inside
        return max(self.names, key=lambda name: float(self.pnl[name].profit_usd[picked].sum()))

    @cached_property
    def _before(self) -> dict[str, Floats]:
        """Profit of each simple policy in the hours before the window."""
        window = self._window_before()
        if window is None:
            return {name: np.zeros(0) for name in self.names}
        done = {name: self.policies[name].operate(window) for name in self.names}
        return {name: settle_pnl(window.actual, operation).profit_usd for name, operation in done.items()}

    def _window_before(self) -> DispatchWindow | None:
        """Return the hours before, from the first whose hashprice was known; None if there is none."""
        known = self.window.knowledge.known
        first = self.window.first - int(YEARS_BEFORE * 366 * 24 / known.interval_hours)
        begin = max(first, int(np.argmax(np.isfinite(known.hashprice_usd_per_ph_day))), 1)
        if begin >= self.window.first:
            return None
        return DispatchWindow(self.window.knowledge, begin, self.window.first, self.window.regime)
