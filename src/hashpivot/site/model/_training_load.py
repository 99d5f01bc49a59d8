"""AI training: interrupted in blocks, at a checkpoint's cost each, with notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from ._loads import AiLoad, register_load
from .base import Bools, Clock, Fields, Floats, InvalidSite, Whole, intervals

_MOST_CHOICES = (
    500_000_000  # bytes kept by the exact search of a month: far more than any usual allowance needs
)


@register_load
@dataclass(frozen=True, slots=True)
class TrainingLoad(AiLoad):
    """A training cluster: each interruption costs a checkpoint, lasts a block at least, and needs notice.

    Hours allowed of a day and month are hard limits. Inference, which stops at once and is fined by the MWh,
    is the kind `interruptible`.

    Args:
        checkpoint_usd: Cost of each interruption: the checkpoint, the restart and the work lost between.
        min_block_hours: Hours an interruption lasts at least.
        notice_minutes: How long before it begins an interruption is announced; with any, policies decide it
            by the day-ahead price.
    """

    kind: ClassVar[str] = "training"
    checkpoint_usd: float = 0.0
    min_block_hours: int = 1
    notice_minutes: float = 0.0

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read an `[[ai]]` table of this kind."""
        load = cls(
            **cls.shared_keys(fields),
            checkpoint_usd=fields.number("checkpoint_usd", 0, 1e8, 0.0),
            min_block_hours=fields.whole("min_block_hours", 1, 168, 1),
            notice_minutes=fields.number("notice_minutes", 0, 1440, 0.0),
        )
        most = load.max_hours_per_month
        if 0 < most < load.min_block_hours:
            raise fields.wrong("min_block_hours", f"must not be above max_hours_per_month, {most}")
        return load

    def income_usd(self, interrupted: Bools, clock: Clock) -> Floats:
        """Return what it earns an hour less costs of interruptions, shape (T,)."""
        begins = interrupted & ~np.concatenate([[False], interrupted[:-1]])
        served = AiLoad.income_usd(self, interrupted, clock)
        return served - begins * self.checkpoint_usd / clock.interval_hours

    def forbidden(self, interrupted: Bools, clock: Clock) -> Bools:
        """Return the hours beyond the allowance, and those a block that is too short ends before, (T,)."""
        block, ends = intervals(self.min_block_hours, clock.minutes), np.zeros(len(interrupted), dtype=bool)
        length = 0
        for t, off in enumerate(interrupted.tolist()):
            ends[t] = not off and 0 < length < block
            length = length + 1 if off else 0
        return ends | self.beyond_allowance(interrupted, clock)

    def best_interruptions(self, power_usd_per_mwh: Floats, clock: Clock) -> Bools:
        """Return the blocks that save most, all costs of power known, shape (T,): exact, backwards in time.

        The state is how long the interruption lasts and what is left of the day's and month's hours.

        Raises:
            InvalidSite: If the hours allowed are so many that the search outgrows memory.
        """
        if not self.max_hours_per_month or not self.max_hours_per_day:
            return np.zeros(len(power_usd_per_mwh), dtype=bool)
        gain = self.interruption_gain_usd(power_usd_per_mwh) * clock.interval_hours
        block = intervals(self.min_block_hours, clock.minutes)
        months, days = _numbered(clock.month), _numbered(clock.day)
        month_hours, day_hours = self._binding(clock, months, days)
        shape = (block + 1, month_hours + 1, day_hours + 1)
        parts = _month_parts(months)
        if max(part.stop - part.start for part in parts) * int(np.prod(shape)) > _MOST_CHOICES:
            raise InvalidSite(
                f"AI load {self.name!r}: too many ways to spend its hours",
                hint="lower max_hours_per_month or min_block_hours, or leave max_hours_per_day out",
            )
        after = [np.zeros(block + 1)]
        for part in reversed(parts[1:]):
            after.append(self._month_choices(gain[part], days[part], after[-1], shape)[1])
        off, age = np.zeros(len(gain), dtype=bool), 0
        for part in parts:
            choice, _ = self._month_choices(gain[part], days[part], after.pop(), shape)
            off[part], age = _followed(choice, days[part], age)
        return off

    def _month_choices(
        self, gain: Floats, days: Whole, after: Floats, shape: tuple[int, int, int]
    ) -> tuple[Bools, Floats]:
        """Return where interrupting is better in a month, and what the month and all after it are worth.

        Args:
            gain: What an interruption saves in each interval, shape (T,).
            days: Number of the day of each, shape (T,).
            after: What all after the month is worth, by how long an interruption has lasted, (block + 1,).
            shape: How long an interruption lasts, and what is left of the month's and day's hours.
        """
        value, choice = (
            np.broadcast_to(after[:, None, None], shape),
            np.zeros((len(gain), *shape), dtype=bool),
        )
        for t in range(len(gain) - 1, -1, -1):
            if t + 1 < len(gain) and days[t + 1] != days[t]:
                value = np.broadcast_to(value[:, :, -1:], shape)
            choice[t], value = self._step(float(gain[t]), value)
        return choice, value[:, -1, -1]

    def _binding(self, clock: Clock, months: Whole, days: Whole) -> tuple[int, int]:
        """Return the intervals allowed of a month and day; 0 stands for a limit that cannot bind."""
        month_hours, day_hours = self.allowance(clock)
        longest = int(np.bincount(months).max(initial=0)), int(np.bincount(days).max(initial=0))
        return (0 if month_hours >= longest[0] else month_hours), (
            0 if day_hours >= longest[1] else day_hours
        )

    def _step(self, gain: float, value: Floats) -> tuple[Bools, Floats]:
        """Return where interrupting is better, and the value before the interval."""
        block, month_hours, day_hours = (size - 1 for size in value.shape)
        spent = value
        for axis, hours in ((1, month_hours), (2, day_hours)):
            if hours:
                spent = np.roll(spent, 1, axis=axis)
                spent = np.where(np.expand_dims(np.arange(hours + 1), (0, 3 - axis)) > 0, spent, -np.inf)
        ages = np.minimum(np.arange(block + 1) + 1, block)
        off = gain + spent[ages]
        off[0] -= self.checkpoint_usd
        on = np.broadcast_to(value[:1], value.shape).copy()
        on[1:block] = -np.inf
        better: Bools = off > on
        return better, np.where(better, off, on)

    def interruptions_in_time(self, power_usd_per_mwh: Floats, clock: Clock, hour_usd: Floats) -> Bools:
        """Return blocks begun where an hour saves its share of a checkpoint and what it is worth, shape (T,).

        A block begins only if the hours allowed hold all of it.
        """
        gain = self.interruption_gain_usd(power_usd_per_mwh)
        block = intervals(self.min_block_hours, clock.minutes)
        share = self.checkpoint_usd / (block * clock.interval_hours)
        months, days = _numbered(clock.month), _numbered(clock.day)
        left = _Allowance(*self.allowance(clock))
        off, length = np.zeros(len(gain), dtype=bool), 0
        kept_for_later = np.maximum(hour_usd, 0.0)
        longer, begun = (gain > kept_for_later).tolist(), (gain > kept_for_later + share).tolist()
        for t in range(len(gain)):
            if 0 < length < block:
                goes_on = True
            else:
                wanted = longer[t] if length else begun[t]
                ahead = slice(t, t + 1 if length else min(t + block, len(gain)))
                goes_on = wanted and left.holds(months[ahead], days[ahead])
            off[t], length = goes_on, length + 1 if goes_on else 0
            if goes_on:
                left.spend(int(months[t]), int(days[t]))
        return off


class _Allowance:
    """Hours that were interrupted of each month and day, and how many may be."""

    def __init__(self, month_hours: int, day_hours: int) -> None:
        self._most = month_hours, day_hours
        self._spent: tuple[dict[int, int], dict[int, int]] = ({}, {})

    def holds(self, months: Whole, days: Whole) -> bool:
        """Return whether intervals of these months and days may all be interrupted."""
        for numbers, spent, most in zip((months, days), self._spent, self._most, strict=True):
            for number, count in zip(*np.unique(numbers, return_counts=True), strict=True):
                if spent.get(int(number), 0) + count > most:
                    return False
        return True

    def spend(self, month: int, day: int) -> None:
        """Count an interval as interrupted."""
        for number, spent in zip((month, day), self._spent, strict=True):
            spent[number] = spent.get(number, 0) + 1


def _numbered(values: Floats) -> Whole:
    return np.asarray(np.unique(values, return_inverse=True)[1], dtype=np.int64)


def _month_parts(months: Whole) -> list[slice]:
    begins = np.flatnonzero(np.diff(months, prepend=-1))
    return [slice(*ends) for ends in zip(begins.tolist(), [*begins[1:].tolist(), len(months)], strict=True)]


def _followed(choice: Bools, days: Whole, age: int) -> tuple[Bools, int]:
    """Walk forward along a month's choices; also return how long an interruption has lasted at its end."""
    block, month_left, most_of_day = (size - 1 for size in choice.shape[1:])
    off, day_left = np.zeros(len(choice), dtype=bool), most_of_day
    for t in range(len(choice)):
        if t and days[t] != days[t - 1]:
            day_left = most_of_day
        off[t] = choice[t, age, month_left, day_left]
        if off[t]:
            age = min(age + 1, block)
            month_left, day_left = max(month_left - 1, 0), max(day_left - 1, 0)
        else:
            age = 0
    return off, age
