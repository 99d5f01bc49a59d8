"""Computing loads beside the machines: each kind knows its income, when to interrupt it, and its keys.

A new kind is a class that satisfies `Load`, under `@register_load`; `AiLoad` is the one shipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self

import numpy as np

from .base import Bools, Clock, Fields, Floats, Kinds, Readable, Whole, intervals

_DAY, _LONGEST_MONTH = 24, 744  # hours, as on a clock that is not changed


class Load(Readable, Protocol):
    """A load that is served or interrupted, whole intervals at a time. T intervals."""

    @property
    def name(self) -> str:
        """How it is called."""
        ...

    @property
    def most_mw(self) -> float:
        """Power it draws when nothing is interrupted; that much of the site's limit is kept for it."""
        ...

    @property
    def flexible_mw(self) -> float:
        """The part of it that can be interrupted."""
        ...

    @property
    def lost_usd_per_mwh(self) -> float:
        """What an interrupted MWh loses."""
        ...

    @property
    def max_hours_per_month(self) -> int:
        """Hours it may be interrupted in a month of market local time."""
        ...

    def drawn_mw(self, interrupted: Bools) -> Floats:
        """Return the power it draws, shape (T,), given the hours it is interrupted."""
        ...

    def income_usd(self, interrupted: Bools, clock: Clock) -> Floats:
        """Return what it earns an hour less penalties, shape (T,), power not paid."""
        ...

    def interruption_gain_usd(self, power_usd_per_mwh: Floats) -> Floats:
        """Return what an interruption saves an hour at a cost of power, before any penalty, shape (T,)."""
        ...

    def forbidden(self, interrupted: Bools, clock: Clock) -> Bools:
        """Return the interrupted hours that must not be, shape (T,)."""
        ...

    def best_interruptions(self, power_usd_per_mwh: Floats, clock: Clock) -> Bools:
        """Return the hours whose interruption saves most, all costs of power known, shape (T,)."""
        ...

    def interruptions_in_time(self, power_usd_per_mwh: Floats, clock: Clock, hour_usd: Floats) -> Bools:
        """Return the hours interrupted by one who decides them one after the other, shape (T,).

        Args:
            power_usd_per_mwh: Cost of power as seen when deciding, shape (T,).
            clock: Local time of the hours.
            hour_usd: What an allowed hour is worth keeping for later, shape (T,).
        """
        ...


LOADS: Kinds[Load] = Kinds("load", default="interruptible")
register_load = LOADS.register


@register_load
@dataclass(frozen=True, slots=True)
class AiLoad:
    """An AI or other computing load, part of which may be interrupted for some hours of a day and month.

    Args:
        name: How it is called.
        firm_mw: Never interrupted.
        firm_usd_per_mwh: What a firm MWh earns.
        flexible_mw: May be interrupted, all at once and for whole intervals.
        flexible_usd_per_mwh: What a flexible MWh earns.
        interruption_cost_usd_per_mwh: Cost of each MWh interrupted, on top of what it would have earned.
        max_hours_per_day: Hours it may be interrupted in a day of market local time.
        max_hours_per_month: The same in a month.
        sla_penalty_usd_per_mwh: Penalty for each MWh interrupted beyond these hours; None if they are hard
            limits.
    """

    kind: ClassVar[str] = "interruptible"
    name: str
    firm_mw: float = 0.0
    firm_usd_per_mwh: float = 0.0
    flexible_mw: float = 0.0
    flexible_usd_per_mwh: float = 0.0
    interruption_cost_usd_per_mwh: float = 0.0
    max_hours_per_day: int = _DAY
    max_hours_per_month: int = _LONGEST_MONTH
    sla_penalty_usd_per_mwh: float | None = None

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read an `[[ai]]` table."""
        return cls(
            **cls.shared_keys(fields),
            sla_penalty_usd_per_mwh=fields.optional("sla_penalty_usd_per_mwh", 1e6),
        )

    @staticmethod
    def shared_keys(fields: Fields) -> dict[str, Any]:
        """Read the keys that loads of every kind have, by the name of the argument."""
        return {
            "name": fields.text("name"),
            "firm_mw": fields.number("firm_mw", 0, 1e5, 0.0),
            "firm_usd_per_mwh": fields.number("firm_usd_per_mwh", 0, 1e6, 0.0),
            "flexible_mw": fields.number("flexible_mw", 0, 1e5, 0.0),
            "flexible_usd_per_mwh": fields.number("flexible_usd_per_mwh", 0, 1e6, 0.0),
            "interruption_cost_usd_per_mwh": fields.number("interruption_cost_usd_per_mwh", 0, 1e6, 0.0),
            "max_hours_per_day": fields.whole("max_hours_per_day", 0, _DAY, _DAY),
            "max_hours_per_month": fields.whole("max_hours_per_month", 0, _LONGEST_MONTH, _LONGEST_MONTH),
        }

    @property
    def most_mw(self) -> float:
        """Firm and flexible power together."""
        return self.firm_mw + self.flexible_mw

    @property
    def lost_usd_per_mwh(self) -> float:
        """What an interrupted MWh would have earned, and what its interruption costs."""
        return self.flexible_usd_per_mwh + self.interruption_cost_usd_per_mwh

    @property
    def penalty_usd(self) -> float:
        """Penalty of an hour beyond the allowance; infinite where the allowance is hard."""
        if self.sla_penalty_usd_per_mwh is None:
            return np.inf
        return self.flexible_mw * self.sla_penalty_usd_per_mwh

    def drawn_mw(self, interrupted: Bools) -> Floats:
        """Return the power it draws, shape (T,)."""
        return np.where(interrupted, self.firm_mw, self.firm_mw + self.flexible_mw)

    def income_usd(self, interrupted: Bools, clock: Clock) -> Floats:
        """Return what it earns an hour less costs and penalties of interruptions, shape (T,)."""
        served = self.flexible_mw * self.flexible_usd_per_mwh
        missed = -self.flexible_mw * self.interruption_cost_usd_per_mwh
        usd = self.firm_mw * self.firm_usd_per_mwh + np.where(interrupted, missed, served)
        if self.sla_penalty_usd_per_mwh:
            usd = usd - self.penalty_usd * self.beyond_allowance(interrupted, clock)
        return usd

    def interruption_gain_usd(self, power_usd_per_mwh: Floats) -> Floats:
        """Return what an interruption saves an hour at a cost of power, before any penalty, shape (T,)."""
        return self.flexible_mw * (power_usd_per_mwh - self.lost_usd_per_mwh)

    def forbidden(self, interrupted: Bools, clock: Clock) -> Bools:
        """Return the hours beyond a hard allowance, none where they are fined instead, shape (T,)."""
        if self.sla_penalty_usd_per_mwh is not None:
            return np.zeros(len(interrupted), dtype=bool)
        return self.beyond_allowance(interrupted, clock)

    def best_interruptions(self, power_usd_per_mwh: Floats, clock: Clock) -> Bools:
        """Return the hours whose interruption saves most, all costs of power known, shape (T,).

        Days lie within months, so sets of allowed hours form a laminar matroid: taking the heaviest hour
        that still fits, over and over, is exact. An hour beyond the allowance costs the penalty; being
        allowed therefore saves the lesser of gain and penalty.
        """
        gain = self.interruption_gain_usd(power_usd_per_mwh)
        saved = np.minimum(gain, self.penalty_usd)
        candidates = np.flatnonzero(gain > 0)
        allowed = self._allowed(candidates[np.argsort(-saved[candidates], kind="stable")], clock)
        chosen: Bools = allowed | (gain > self.penalty_usd)
        return chosen

    def interruptions_in_time(self, power_usd_per_mwh: Floats, clock: Clock, hour_usd: Floats) -> Bools:
        """Return the hours that save more than an allowed hour is worth, taken in order, shape (T,)."""
        gain = self.interruption_gain_usd(power_usd_per_mwh)
        wanted = gain > np.maximum(hour_usd, 0.0)
        allowed: Bools = wanted & ~self.beyond_allowance(wanted, clock)
        return allowed | (gain > self.penalty_usd)

    def allowance(self, clock: Clock) -> tuple[int, int]:
        """Return the intervals allowed of a month and of a day.

        All hours of the longest month or of a day also allow the one that autumn adds.
        """
        month = self.max_hours_per_month + (self.max_hours_per_month == _LONGEST_MONTH)
        day = self.max_hours_per_day + (self.max_hours_per_day == _DAY)
        return intervals(month, clock.minutes), intervals(day, clock.minutes)

    def beyond_allowance(self, interrupted: Bools, clock: Clock) -> Bools:
        """Return the interrupted hours that exceed their day's or month's allowance in order, shape (T,)."""
        beyond: Bools = interrupted & ~self._allowed(np.flatnonzero(interrupted), clock)
        return beyond

    def _allowed(self, order: Whole, clock: Clock) -> Bools:
        """Return the hours taken in this order as long as their day and month allow, shape (T,)."""
        taken = np.zeros(len(clock.ts_utc), dtype=bool)
        days, months = clock.day.astype(np.int64), clock.month.astype(np.int64)
        by_day: dict[int, int] = {}
        by_month: dict[int, int] = {}
        most_a_month, most_a_day = self.allowance(clock)
        for t in order:
            day, month = int(days[t]), int(months[t])
            if by_day.get(day, 0) < most_a_day and by_month.get(month, 0) < most_a_month:
                by_day[day] = by_day.get(day, 0) + 1
                by_month[month] = by_month.get(month, 0) + 1
                taken[t] = True
        return taken
