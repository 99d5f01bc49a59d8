"""Groups of machines: what they are, and `[[machines]]` of a site's file as megawatts and PH/s."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import Self

from ._asic import asic
from ._heat_limit import HOTTEST_C
from .base import Fields, InvalidSite, intervals

MODES = ("eco", "normal", "turbo")
_LONGEST_HOURS = 720
_MOST_PARTS = 20  # judged: halls of a site; where they compete, work grows with their number


@dataclass(frozen=True, slots=True)
class Mode:
    """How a group of machines can run.

    Args:
        name: `eco`, `normal` or `turbo`.
        hashrate_ph: PH/s of the whole group.
        power_mw: MW of the whole group at the meter, cooling included.
    """

    name: str
    hashrate_ph: float
    power_mw: float

    @property
    def j_per_th(self) -> float:
        """Energy per hash at the meter."""
        return self.power_mw / self.hashrate_ph * 1000

    def share(self, share: float) -> Mode:
        """Return the mode of a share of the machines."""
        return replace(self, hashrate_ph=self.hashrate_ph * share, power_mw=self.power_mw * share)


@dataclass(frozen=True, slots=True)
class Machines:
    """A group of like machines that is switched as one.

    `min_on_hours`, `min_off_hours` and `max_off_hours_per_month` are hours as a site's file gives them. In a
    group that `in_intervals` returns they count intervals of `minutes` instead: that is what
    `HourlyEconomics.machines` and the solvers hold, while those of a `Site` are in hours.

    Args:
        name: How it is called.
        modes: Its modes by rising power. Off is always possible and not listed.
        start_cost_usd: Wear and work of each start.
        stop_cost_usd: The same of each stop.
        restart_minutes: Minutes of normal hashing lost at each start, at full power.
        min_on_hours: Hours it stays on once started; 0 for no longer than an interval.
        min_off_hours: Hours it stays off once stopped; 0 likewise.
        ramp_mw_per_hour: Most its power may change from one hour to the next; None for no limit.
        max_off_hours_per_month: Most hours it may be off in a month of market local time; None for no limit.
        reserve_share: Share of its power that may be sold as reserve while it runs.
        derate_from_c: Temperature above which it hashes less.
        derate_per_c: Share of its hash rate lost for each degree above.
        minutes: Length of the intervals its times are counted in; an hour unless `in_intervals` made it.
        idle_share: Share of its machines that never runs, for the site's limit leaves no room for it.
        parts: Equal parts it can be switched in; decided as one until `split` makes groups of them.
        part_of: Name of the group it is a part of; empty for a whole one.
    """

    name: str
    modes: tuple[Mode, ...]
    start_cost_usd: float = 0.0
    stop_cost_usd: float = 0.0
    restart_minutes: float = 0.0
    min_on_hours: int = 1
    min_off_hours: int = 1
    ramp_mw_per_hour: float | None = None
    max_off_hours_per_month: int | None = None
    reserve_share: float = 1.0
    derate_from_c: float = 0.0
    derate_per_c: float = 0.0
    minutes: int = 60
    idle_share: float = 0.0
    parts: int = 1
    part_of: str = ""

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read a `[[machines]]` table.

        Without `modes.normal` the model's nominal hash rate and power are taken from the shipped table.

        Raises:
            InvalidSite: If a key is missing, wrong or unknown, or the model is not in the table.
        """
        group = cls(
            name=fields.text("name"),
            modes=_modes(fields),
            start_cost_usd=fields.number("start_cost_usd", 0, 1e7, 0.0),
            stop_cost_usd=fields.number("stop_cost_usd", 0, 1e7, 0.0),
            restart_minutes=fields.number("restart_minutes", 0, 60, 0.0),
            min_on_hours=fields.whole("min_on_hours", 0, _LONGEST_HOURS, 1),
            min_off_hours=fields.whole("min_off_hours", 0, _LONGEST_HOURS, 1),
            ramp_mw_per_hour=_ramp(fields),
            max_off_hours_per_month=_budget(fields),
            reserve_share=fields.number("reserve_share", 0, 1, 1.0),
            derate_from_c=fields.number("derate_from_c", -50, HOTTEST_C, 30.0),
            derate_per_c=fields.number("derate_per_c", 0, 0.2, 0.0),
            parts=fields.whole("parts", 1, _MOST_PARTS, 1),
        )
        fields.done()
        _check_ramp(group, fields)
        _check_budget(group, fields)
        return group

    def within(self, limit_mw: float) -> Self:
        """Return as many of the machines as can run at once within a limit; the others stay idle.

        Each mode is cut by itself: more machines can run at less power.
        """
        if limit_mw <= 0 or self.most_mw <= limit_mw:
            return self
        shares = [min(1.0, limit_mw / mode.power_mw) for mode in self.modes]
        modes = tuple(mode.share(share) for mode, share in zip(self.modes, shares, strict=True))
        running = shares[self.normal]
        return replace(
            self,
            modes=modes,
            start_cost_usd=self.start_cost_usd * running,
            stop_cost_usd=self.stop_cost_usd * running,
            idle_share=1 - running,
        )

    def split(self) -> tuple[Self, ...]:
        """Return its parts as groups of their own, each with its share of machines, costs and ramp."""
        if self.parts == 1:
            return (self,)
        share, ramp = 1 / self.parts, self.ramp_mw_per_hour
        part = replace(
            self,
            modes=tuple(mode.share(share) for mode in self.modes),
            start_cost_usd=self.start_cost_usd * share,
            stop_cost_usd=self.stop_cost_usd * share,
            ramp_mw_per_hour=None if ramp is None else ramp * share,
            parts=1,
            part_of=self.name,
        )
        return tuple(replace(part, name=f"{self.name} {n}/{self.parts}") for n in range(1, self.parts + 1))

    @property
    def most_mw(self) -> float:
        """Power of its highest mode."""
        return max(mode.power_mw for mode in self.modes)

    @property
    def group(self) -> str:
        """Name of the group, also of a part."""
        return self.part_of or self.name

    def in_intervals(self, minutes: int) -> Self:
        """Return the group whose `..._hours` fields count intervals of so many minutes, rounded up."""
        budget = self.max_off_hours_per_month
        return replace(
            self,
            min_on_hours=max(1, intervals(self.min_on_hours, minutes)),
            min_off_hours=max(1, intervals(self.min_off_hours, minutes)),
            max_off_hours_per_month=None if budget is None else intervals(budget, minutes),
            minutes=minutes,
        )

    def intervals_of_change(self, mw: float) -> int | None:
        """Return how many intervals a change of power takes, at least one; None if the ramp forbids it.

        The next change may only follow after them: that keeps the ramp where it is less than a mode's power
        in an interval.
        """
        ramp = self.ramp_mw_per_hour
        if ramp is None or not mw:
            return 1
        hours = abs(mw) / ramp - 1e-9
        return max(1, ceil(hours * 60 / self.minutes)) if hours <= 1 else None

    @property
    def normal(self) -> int:
        """Position in `modes` of the mode it runs in by default."""
        names = [mode.name for mode in self.modes]
        return names.index("normal") if "normal" in names else len(names) - 1


def positions_by_group(machines: Sequence[Machines]) -> dict[str, list[int]]:
    """Return where the parts of each group stand among machines; one position for a group without parts."""
    positions: dict[str, list[int]] = {}
    for position, machine in enumerate(machines):
        positions.setdefault(machine.group, []).append(position)
    return positions


def _modes(fields: Fields) -> tuple[Mode, ...]:
    model, count = fields.text("model"), fields.whole("count", 1, 10_000_000)
    pue = fields.number("pue", 1, 3, 1.0)
    given = fields.table("modes", {})
    if unknown := next((name for name in given.keys if name not in MODES), None):
        raise given.wrong(unknown, f"is not a mode: modes are {', '.join(MODES)}; off is always there")
    modes = {name: _mode(name, given.table(name), count, pue) for name in given.keys}
    if "normal" not in modes:
        modes["normal"] = _nominal(model, count, pue, fields)
    ordered = tuple(sorted(modes.values(), key=lambda mode: mode.power_mw))
    for low, high in pairwise(ordered):
        if not (low.power_mw < high.power_mw and low.hashrate_ph < high.hashrate_ph):
            raise given.wrong(high.name, f"must have more watts and more ths than {low.name}")
    return ordered


def _mode(name: str, fields: Fields, count: int, pue: float) -> Mode:
    ths, watts = fields.number("ths", 0, 1e5, open_low=True), fields.number("watts", 0, 1e6, open_low=True)
    fields.done()
    return Mode(name, count * ths / 1000, count * watts * pue / 1e6)


def _nominal(model: str, count: int, pue: float, fields: Fields) -> Mode:
    try:
        machine = asic(model)
    except InvalidSite as error:
        raise InvalidSite(
            f"model is not known: {error.message}", where=fields.where, hint=error.hint
        ) from None
    return Mode("normal", count * machine.ths / 1000, count * machine.watts * pue / 1e6)


def _ramp(fields: Fields) -> float | None:
    key = "ramp_mw_per_hour"
    return fields.number(key, 0, 1e5, open_low=True) if key in fields else None


def _budget(fields: Fields) -> int | None:
    key = "max_off_hours_per_month"
    return fields.whole(key, 0, 744) if key in fields else None


def _check_ramp(group: Machines, fields: Fields) -> None:
    """Raise if a mode lies beyond one hour's ramp from the mode below: the group could never reach it."""
    if group.ramp_mw_per_hour is None:
        return
    below = 0.0
    for mode in group.modes:
        if mode.power_mw - below > group.ramp_mw_per_hour * (1 + 1e-9):
            raise fields.wrong(
                "ramp_mw_per_hour",
                f"must be at least {mode.power_mw - below:g}, or mode {mode.name} is never reached",
            )
        below = mode.power_mw


def _check_budget(group: Machines, fields: Fields) -> None:
    budget = group.max_off_hours_per_month
    if budget is not None and 0 < budget < group.min_off_hours:
        raise fields.wrong(
            "max_off_hours_per_month",
            f"must be 0 or at least min_off_hours, {group.min_off_hours}, not {budget}",
        )
