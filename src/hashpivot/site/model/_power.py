"""How a site buys its power: each kind of contract knows its price, its bill and its keys in a site's file.

A new kind is a subclass of `Power` under `@register_power`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from .base import Fields, Floats, Kinds


@dataclass(frozen=True, slots=True)
class Power:
    """A contract: power bought ahead, the rest at the real-time price; what is not used is sold back at it.

    The marginal price of power is therefore the real-time price plus the adder, whatever is bought ahead.

    Args:
        adder_usd_per_mwh: Retail and delivery charges on each MWh used.
    """

    kind: ClassVar[str] = ""
    adder_usd_per_mwh: float = 0.0

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read the keys of this kind from the `[power]` table.

        Raises:
            InvalidSite: If a key is missing or wrong.
        """
        raise NotImplementedError

    @property
    def ahead_mw(self) -> float:
        """Power bought ahead."""
        return 0.0

    def ahead_usd_per_mwh(self, da_usd_per_mwh: Floats) -> Floats:
        """Return the price of power bought ahead, shape (T,), given day-ahead prices of that shape."""
        return np.zeros_like(da_usd_per_mwh)

    def bought_usd(self, drawn_mw: Floats, rt_usd_per_mwh: Floats, da_usd_per_mwh: Floats) -> Floats:
        """Return what power costs in dollars an hour, adder included; every array has shape (T,)."""
        ahead = self.ahead_mw * self.ahead_usd_per_mwh(da_usd_per_mwh)
        bought = ahead + np.maximum(drawn_mw - self.ahead_mw, 0.0) * rt_usd_per_mwh
        return bought + self.adder_usd_per_mwh * drawn_mw

    def resold_usd(self, drawn_mw: Floats, rt_usd_per_mwh: Floats) -> Floats:
        """Return what selling unused power brings an hour at the real-time price; all of shape (T,)."""
        return np.maximum(self.ahead_mw - drawn_mw, 0.0) * rt_usd_per_mwh


POWER_CONTRACTS: Kinds[Power] = Kinds("power")
register_power = POWER_CONTRACTS.register


def _adder(fields: Fields) -> float:
    return fields.number("adder_usd_per_mwh", -1000, 1000, 0.0)


@register_power
@dataclass(frozen=True, slots=True)
class IndexedPower(Power):
    """All power at the real-time price."""

    kind: ClassVar[str] = "indexed"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read `adder_usd_per_mwh`."""
        return cls(_adder(fields))


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
        """Read `block_mw`, `block_usd_per_mwh` and `adder_usd_per_mwh`."""
        block_mw = fields.number("block_mw", 0, 1e5)
        price = fields.number("block_usd_per_mwh", -1000, 10_000)
        return cls(_adder(fields), block_mw, price)

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
        """Read `block_mw` and `adder_usd_per_mwh`."""
        block_mw = fields.number("block_mw", 0, 1e5)
        return cls(_adder(fields), block_mw)

    @property
    def ahead_mw(self) -> float:
        """Size of the block."""
        return self.block_mw

    def ahead_usd_per_mwh(self, da_usd_per_mwh: Floats) -> Floats:
        """Return the day-ahead prices."""
        return da_usd_per_mwh
