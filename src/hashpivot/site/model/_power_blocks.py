"""Blocks of power with shapes: several, each with its size by month and its times of the week."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Self

import numpy as np

from ._power import Power, read_place, register_power
from .base import Clock, Fields, Floats
from .tariffs import TimeWindow


@dataclass(frozen=True, slots=True)
class PowerBlock:
    """Power bought ahead for some hours, delivered at the hub.

    Args:
        name: How it is called.
        start: First day, market local time.
        end: Last day.
        monthly_mw: Its size in January to December.
        usd_per_mwh: Its price; None for the day-ahead price of each hour.
        window: Months, weekdays and hours it covers.
    """

    name: str
    start: date
    end: date
    monthly_mw: tuple[float, ...]
    usd_per_mwh: float | None = None
    window: TimeWindow = field(default_factory=TimeWindow)

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read a `[[power.blocks]]` table.

        Raises:
            InvalidSite: If a key is missing, wrong or unknown.
        """
        price = fields.choice("price", ("fixed", "day_ahead"), "fixed")
        if price == "day_ahead" and "usd_per_mwh" in fields:
            raise fields.wrong("usd_per_mwh", 'does not go with price = "day_ahead"')
        block = cls(
            fields.text("name"),
            **fields.span(),
            monthly_mw=_monthly(fields),
            usd_per_mwh=fields.number("usd_per_mwh", -1000, 10_000) if price == "fixed" else None,
            window=TimeWindow.read(fields),
        )
        fields.done()
        return block

    @property
    def shape(self) -> Floats:
        """Its size by month, weekday and hour, shape (12, 7, 24)."""
        size = np.zeros((12, 7, 24))
        cells = (np.array(c) for c in (self.window.months, self.window.weekdays, self.window.hours))
        month, weekday, hour = np.ix_(*cells)
        size[month - 1, weekday - 1, hour] = np.array(self.monthly_mw)[month - 1]
        return size

    def mw(self, clock: Clock) -> Floats:
        """Return its size, 0 where it is not in force, shape (T,)."""
        covered = clock.between(self.start, self.end) & self.window.inside(clock)
        return np.where(covered, np.array(self.monthly_mw)[clock.month_of_year - 1], 0.0)


def _monthly(fields: Fields) -> tuple[float, ...]:
    if "monthly_mw" not in fields:
        return (fields.number("mw", 0, 1e5),) * 12
    if "mw" in fields:
        raise fields.wrong("mw", "does not go with monthly_mw")
    sizes = fields.numbers("monthly_mw", 0, 1e5)
    if len(sizes) != 12:
        raise fields.wrong("monthly_mw", f"must be 12 numbers, January to December, not {len(sizes)}")
    return sizes


@register_power
@dataclass(frozen=True, slots=True)
class BlocksPower(Power):
    """Several blocks of power, the rest at the real-time price.

    Args:
        blocks: The blocks; those in force together add up.
    """

    kind: ClassVar[str] = "blocks"
    blocks: tuple[PowerBlock, ...] = ()

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read `[[power.blocks]]`, `adder_usd_per_mwh` and the basis.

        Raises:
            InvalidSite: If there is no block, or a key is missing, wrong or unknown.
        """
        blocks = tuple(map(PowerBlock.read, fields.tables("blocks")))
        if not blocks:
            raise fields.wrong("blocks", "is missing: write [[power.blocks]]")
        return cls(*read_place(fields), blocks)

    @property
    def ahead_mw(self) -> float:
        """Size of all blocks together at the time of year and week at which it is largest."""
        in_force = (
            [b for b in self.blocks if b.start <= day <= b.end] for day in {b.start for b in self.blocks}
        )
        return max(float(np.sum([block.shape for block in some], axis=0).max()) for some in in_force)

    def ahead(self, da_usd_per_mwh: Floats, clock: Clock) -> tuple[Floats, Floats]:
        """Return power bought ahead in MW and what it costs an hour, both of shape (T,)."""
        bought, usd = np.zeros(len(clock.ts_utc)), np.zeros(len(clock.ts_utc))
        for block in self.blocks:
            size = block.mw(clock)
            bought += size
            usd += size * (da_usd_per_mwh if block.usd_per_mwh is None else block.usd_per_mwh)
        return bought, usd
