"""How a site buys its power: each kind of contract knows its price, its bill and its keys in a site's file.

A new kind is a subclass of `Power` under `@register_power`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from .base import Clock, Fields, Floats, Kinds

BASIS_COLUMN = "basis_usd_per_mwh"
"""Column of prices by which the price at the site lies above that of the hub."""
HUB_COLUMN = "hub_usd_per_mwh"
"""Column that keeps the hub's price where `rt_usd_per_mwh` is the price at the site."""
_HIGHEST_USD_PER_MWH = 100_000.0  # stands for a price that is never reached: above every price cap


@dataclass(frozen=True, slots=True)
class Power:
    """A contract: power bought ahead at the hub, the rest at the real-time price; the unused is sold back.

    The marginal price of power is therefore the real-time price plus the adder, whatever is bought ahead.

    Args:
        adder_usd_per_mwh: Retail and delivery charges on each MWh used.
        basis_usd_per_mwh: By how much the price at the site lies above that of the prices; None to take the
            column of that name.
    """

    kind: ClassVar[str] = ""
    adder_usd_per_mwh: float = 0.0
    basis_usd_per_mwh: float | None = 0.0

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read the keys of this kind from the `[power]` table.

        Raises:
            InvalidSite: If a key is missing or wrong.
        """
        raise NotImplementedError

    @property
    def ahead_mw(self) -> float:
        """Most power bought ahead at any time."""
        return 0.0

    @property
    def holds_price(self) -> bool:
        """Whether a MWh used costs something else than the real-time price."""
        return False

    def ahead_usd_per_mwh(self, da_usd_per_mwh: Floats) -> Floats:
        """Return the price of power bought ahead, shape (T,), given day-ahead prices of that shape."""
        return np.zeros_like(da_usd_per_mwh)

    def ahead(self, da_usd_per_mwh: Floats, clock: Clock) -> tuple[Floats, Floats]:
        """Return power bought ahead in MW and what it costs an hour, both of shape (T,)."""
        bought = np.full(len(clock.ts_utc), self.ahead_mw)
        return bought, bought * self.ahead_usd_per_mwh(da_usd_per_mwh)

    def paid_usd_per_mwh(self, rt_usd_per_mwh: Floats) -> Floats:
        """Return what a MWh used costs at real-time prices, adder, fees and taxes left out, same shape."""
        return rt_usd_per_mwh

    def reached_at(self, paid_usd_per_mwh: Floats) -> Floats:
        """Return the real-time price from which a MWh used costs more than so much, same shape."""
        return paid_usd_per_mwh

    def settled_usd(self, rt_usd_per_mwh: Floats) -> Floats:
        """Return what else the contract costs an hour, whatever is used, same shape."""
        return np.zeros_like(rt_usd_per_mwh)


POWER_CONTRACTS: Kinds[Power] = Kinds("power")
register_power = POWER_CONTRACTS.register


def read_place(fields: Fields) -> tuple[float, float | None]:
    """Read what every kind of contract has: `adder_usd_per_mwh` and the basis.

    Raises:
        InvalidSite: If a key is wrong.
    """
    adder = fields.number("adder_usd_per_mwh", -1000, 1000, 0.0)
    if fields.choice("basis", ("fixed", "column"), "fixed") == "fixed":
        return adder, fields.number("basis_usd_per_mwh", -1000, 1000, 0.0)
    if "basis_usd_per_mwh" in fields:
        raise fields.wrong("basis_usd_per_mwh", 'does not go with basis = "column"')
    return adder, None


@register_power
@dataclass(frozen=True, slots=True)
class IndexedPower(Power):
    """All power at the real-time price."""

    kind: ClassVar[str] = "indexed"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read `adder_usd_per_mwh` and the basis."""
        return cls(*read_place(fields))


@register_power
@dataclass(frozen=True, slots=True)
class BlockPower(Power):
    """A block of power at a fixed price.

    Args:
        block_mw: Its size.
        block_usd_per_mwh: Its price.
    """

    kind: ClassVar[str] = "block"
    block_mw: float = 0.0
    block_usd_per_mwh: float = 0.0

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read `block_mw`, `block_usd_per_mwh`, `adder_usd_per_mwh` and the basis."""
        block_mw = fields.number("block_mw", 0, 1e5)
        price = fields.number("block_usd_per_mwh", -1000, 10_000)
        return cls(*read_place(fields), block_mw, price)

    @property
    def ahead_mw(self) -> float:
        """Size of the block."""
        return self.block_mw

    def ahead_usd_per_mwh(self, da_usd_per_mwh: Floats) -> Floats:
        """Return the fixed price, shape (T,)."""
        return np.full_like(da_usd_per_mwh, self.block_usd_per_mwh)


@register_power
@dataclass(frozen=True, slots=True)
class DayAheadPower(Power):
    """A block of power bought hour by hour at the day-ahead price.

    Args:
        block_mw: Its size.
    """

    kind: ClassVar[str] = "day_ahead"
    block_mw: float = 0.0

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read `block_mw`, `adder_usd_per_mwh` and the basis."""
        block_mw = fields.number("block_mw", 0, 1e5)
        return cls(*read_place(fields), block_mw)

    @property
    def ahead_mw(self) -> float:
        """Size of the block."""
        return self.block_mw

    def ahead_usd_per_mwh(self, da_usd_per_mwh: Floats) -> Floats:
        """Return the day-ahead prices."""
        return da_usd_per_mwh


@register_power
@dataclass(frozen=True, slots=True)
class CollaredPower(Power):
    """Power at the real-time price, held between a floor and a cap.

    Without `collar_mw` the collar is on all power used, and a MWh costs no more than the cap. With it the
    collar is settled on that much power whatever is used: a MWh still costs the real-time price.

    Args:
        floor_usd_per_mwh: Lowest price; minus infinity for none.
        cap_usd_per_mwh: Highest price; infinity for none.
        collar_mw: Power it is settled on; None for what is used.
        premium_usd_per_mwh: What the collar costs on each MWh it is on.
    """

    kind: ClassVar[str] = "collar"
    floor_usd_per_mwh: float = -np.inf
    cap_usd_per_mwh: float = np.inf
    collar_mw: float | None = None
    premium_usd_per_mwh: float = 0.0

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read `floor_usd_per_mwh`, `cap_usd_per_mwh`, `collar_mw`, `premium_usd_per_mwh` and what all have.

        Raises:
            InvalidSite: If a key is wrong, neither floor nor cap is given, or the cap is below the floor.
        """
        floor = fields.number("floor_usd_per_mwh", -1000, 10_000, -np.inf)
        cap = fields.number("cap_usd_per_mwh", -1000, 10_000, np.inf)
        if floor == -np.inf and cap == np.inf:
            raise fields.wrong("cap_usd_per_mwh", "is missing: a collar has a cap, a floor or both")
        if cap < floor:
            raise fields.wrong("cap_usd_per_mwh", f"must not be below the floor: {cap:g} is below {floor:g}")
        collar_mw = fields.optional("collar_mw", 1e5)
        premium = fields.number("premium_usd_per_mwh", -1000, 1000, 0.0)
        return cls(*read_place(fields), floor, cap, collar_mw, premium)

    @property
    def holds_price(self) -> bool:
        """Whether the collar is on what is used."""
        return self.collar_mw is None

    def paid_usd_per_mwh(self, rt_usd_per_mwh: Floats) -> Floats:
        """Return the price held between floor and cap, premium added, if the collar is on what is used."""
        if not self.holds_price:
            return rt_usd_per_mwh
        return (
            np.clip(rt_usd_per_mwh, self.floor_usd_per_mwh, self.cap_usd_per_mwh) + self.premium_usd_per_mwh
        )

    def reached_at(self, paid_usd_per_mwh: Floats) -> Floats:
        """Return the real-time price itself between floor and cap; above the cap none is ever too high."""
        if not self.holds_price:
            return paid_usd_per_mwh
        at = paid_usd_per_mwh - self.premium_usd_per_mwh
        at = np.where(at >= self.cap_usd_per_mwh, _HIGHEST_USD_PER_MWH, at)
        return np.where(at < self.floor_usd_per_mwh, -_HIGHEST_USD_PER_MWH, at)

    def settled_usd(self, rt_usd_per_mwh: Floats) -> Floats:
        """Return what the collar on a fixed power costs an hour: negative above the cap."""
        if self.collar_mw is None:
            return np.zeros_like(rt_usd_per_mwh)
        held = np.clip(rt_usd_per_mwh, self.floor_usd_per_mwh, self.cap_usd_per_mwh)
        return self.collar_mw * (held - rt_usd_per_mwh + self.premium_usd_per_mwh)
