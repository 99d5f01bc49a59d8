"""What energy costs at the site's own bus: export forgone, solar power, the grid up to its limit.

Each interval's cost rises with the energy used, step by step, so that it is convex. Machines, AI load and a
battery share the bus; at a price for its energy they become independent of one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..model import Bools, Floats
from ._hourly import HourlyEconomics

_EXPORT, _GRID, _SOLAR, _BEYOND = range(4)


@dataclass(frozen=True, eq=False)
class GridStep:
    """A power beyond which what is drawn from the grid costs more. T intervals.

    Args:
        from_mw: That power, shape (T,); infinite where there is no such step.
        usd_per_mwh: What a MWh beyond costs more, shape (T,).
    """

    from_mw: Floats
    usd_per_mwh: Floats


@dataclass(frozen=True, eq=False)
class SupplyCurve:
    """Steps of supply. T intervals, J steps.

    Args:
        first_mwh: Energy used where the first step begins, shape (T,); negative where it is sent out.
        width_mwh: Energy of each step, shape (T, J).
        usd_per_mwh: Cost of each step, rising along J, shape (T, J).
        source: What each step is: export forgone, grid power, solar power, or grid power beyond
            a step given, shape (T, J).
    """

    first_mwh: Floats
    width_mwh: Floats
    usd_per_mwh: Floats
    source: Floats

    @cached_property
    def edge_mwh(self) -> Floats:
        """Energy used where each step begins and the last ends, shape (T, J + 1)."""
        steps = np.cumsum(self.width_mwh, axis=1)
        return np.concatenate([self.first_mwh[:, None], self.first_mwh[:, None] + steps], axis=1)

    @property
    def last_mwh(self) -> Floats:
        """Most energy that can be used, shape (T,)."""
        last: Floats = self.edge_mwh[:, -1]
        return last

    def filled_mwh(self, used_mwh: Floats) -> Floats:
        """Return how much of each step a use of energy of shape (T,) takes, shape (T, J)."""
        return np.clip(used_mwh[:, None] - self.edge_mwh[:, :-1], 0.0, self.width_mwh)

    def cost_usd(self, used_mwh: Floats) -> Floats:
        """Return what energy used costs over using none and sending none out, shape (T,)."""
        return self._exported_usd + (self.filled_mwh(used_mwh) * self.usd_per_mwh).sum(axis=1)

    def fits(self, used_mwh: Floats) -> Bools:
        """Return where a use of energy can be supplied, shape (T,)."""
        slack = 1e-9 * np.maximum(1.0, np.abs(self.edge_mwh).max(axis=1))
        inside: Bools = (used_mwh >= self.first_mwh - slack) & (used_mwh <= self.last_mwh + slack)
        return inside

    def solar_mwh(self, used_mwh: Floats) -> Floats:
        """Return the solar energy taken at a use of energy, shape (T,)."""
        return np.where(self.source == _SOLAR, self.filled_mwh(used_mwh), 0.0).sum(axis=1)

    @property
    def beyond_steps(self) -> Bools:
        """Which steps are grid power beyond one of the steps given, shape (T, J)."""
        beyond: Bools = self.source == _BEYOND
        return beyond

    def best_surplus_usd(self, price: Floats) -> Floats:
        """Return the most a supplier earns who sells at a price all that costs less, shape (T,)."""
        margin = np.maximum(price[:, None] - self.usd_per_mwh, 0.0)
        return price * self.first_mwh - self._exported_usd + (margin * self.width_mwh).sum(axis=1)

    def marginal_usd_per_mwh(self, used_mwh: Floats) -> tuple[Floats, Floats]:
        """Return what a MWh less saves and one more costs at a use of energy, both of shape (T,)."""
        slack = 1e-7 * np.maximum(1.0, np.abs(self.edge_mwh).max(axis=1))[:, None]
        wide = self.width_mwh > slack
        begun = wide & (used_mwh[:, None] > self.edge_mwh[:, :-1] + slack)
        open_ = wide & (used_mwh[:, None] < self.edge_mwh[:, 1:] - slack)
        below = np.where(begun, self.usd_per_mwh, -np.inf).max(axis=1)
        above = np.where(open_, self.usd_per_mwh, np.inf).min(axis=1)
        return below, above

    def part(self, hours: slice) -> SupplyCurve:
        """The curves of some of the intervals."""
        return SupplyCurve(
            self.first_mwh[hours], self.width_mwh[hours], self.usd_per_mwh[hours], self.source[hours]
        )

    @cached_property
    def _exported_usd(self) -> Floats:
        """Cost where the first step begins: all that may be sent out is, and paid for, shape (T,)."""
        first = np.where(self.source == _EXPORT, self.usd_per_mwh, 0.0).sum(axis=1)
        return first * self.first_mwh


def supply_curve(
    hours: HourlyEconomics,
    price: Floats,
    peak: Floats | Bools,
    solar_mw: Floats,
    kept_mw: Floats | float = 0.0,
    steps: Sequence[GridStep] = (),
) -> SupplyCurve:
    """Return what energy costs at a site's bus.

    Args:
        hours: The site's hours, T of them.
        price: Real-time price as known or expected, shape (T,).
        peak: Whether each hour sets the month's peak, or the probability of it, shape (T,).
        solar_mw: What the sun gives, or is expected to, shape (T,).
        kept_mw: Room under the limit that is kept for interrupted AI load, shape (T,).
        steps: Powers beyond which grid power costs more, beside the minimum of a peak.
    """
    site, used = hours.site, hours.used_usd_per_mwh(np.arange(len(price)), price)
    limit = hours.limit_mw - kept_mw
    peak_step = GridStep(np.minimum(hours.minimum_mw, limit), hours.peak_usd_per_mwh * peak)
    grid_mw, more, beyond = _grid_steps([peak_step, *steps], limit)
    cost = np.stack([price, used, *(used + usd for usd in more), np.zeros_like(price)], axis=1)
    width = np.stack([np.full_like(price, site.export_mw), *grid_mw, solar_mw], axis=1)
    grid = np.where(beyond, _BEYOND, _GRID)
    source = np.stack([0 * price + _EXPORT, *grid, 0 * price + _SOLAR], axis=1)
    order = np.argsort(cost, axis=1, kind="stable")
    return SupplyCurve(
        np.full_like(price, -site.export_mw) * hours.interval_hours,
        np.take_along_axis(width, order, 1) * hours.interval_hours,
        np.take_along_axis(cost, order, 1),
        np.take_along_axis(source, order, 1),
    )


def _grid_steps(steps: Sequence[GridStep], limit_mw: Floats) -> tuple[Floats, Floats, Bools]:
    """Return of the parts of the grid's power their widths, (J + 1, T), what each after the first costs more,
    (J, T), and which lie beyond a step other than the first, (J + 1, T).
    """
    begins = np.minimum(np.array([step.from_mw for step in steps]), limit_mw)
    more = np.array([step.usd_per_mwh for step in steps])
    order = np.argsort(begins, axis=0, kind="stable")
    begins, more = (np.take_along_axis(rows, order, 0) for rows in (begins, more))
    widths = np.diff(np.concatenate([np.zeros((1, len(limit_mw))), begins, limit_mw[None]]), axis=0)
    beyond = np.logical_or.accumulate(order > 0, axis=0)
    return widths, np.cumsum(more, axis=0), np.vstack([np.zeros_like(beyond[:1]), beyond])
