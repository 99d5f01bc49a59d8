"""How a table writes amounts of a unit: scaled to what one reads, the unit in the header."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ._format import MINUS, clean


@dataclass(frozen=True, slots=True)
class UnitScale:
    """How amounts of a unit are written in a table.

    Args:
        words: The unit as the header writes it: `$m`.
        divisor: What an amount is divided by.
        digits: Decimals.
    """

    words: str
    divisor: int
    digits: int

    def write(self, value: Decimal | float) -> str:
        """The amount without its unit: `−52.3`; what would round to zero keeps a digit."""
        scaled = abs(float(value)) / self.divisor
        digits = self.digits
        while scaled and round(scaled, digits) == 0 and digits < self.digits + 3:
            digits += 1
        return f"{MINUS if value < 0 else ''}{scaled:,.{digits}f}"


_SCALES = {
    "usd": UnitScale("$m", 1_000_000, 1),
    "shares": UnitScale("m shares", 1_000_000, 1),
    "btc": UnitScale("BTC", 1, 0),
    "ehs": UnitScale("EH/s", 1, 1),
    "mw": UnitScale("MW", 1, 0),
    "j_per_th": UnitScale("J/TH", 1, 1),
    "usd_per_btc": UnitScale("$ per BTC", 1, 0),
    "usd_per_mwh": UnitScale("$ per MWh", 1, 1),
    "blocks": UnitScale("blocks", 1, 0),
}


def unit_scale(unit: str) -> UnitScale:
    """How amounts of a unit are written; an unknown unit is written as it is, to two decimals."""
    return _SCALES.get(unit) or UnitScale(clean(unit.replace("_", " ")), 1, 2)


def format_change(value: Decimal | float) -> str:
    """A change as whole per cent: `+12%`, `−35%`, `+1,190%`; with a decimal where it is small."""
    size = abs(float(value))
    sign = "" if round(size, 3) == 0 else MINUS if value < 0 else "+"
    return f"{sign}{size:,.{1 if size < 0.1 else 0}%}"


def compact_money(value: Decimal | float) -> str:
    """US dollars in the fewest letters: `$3.1bn`, `$164.2m`, `$0.4m`."""
    size, sign = abs(float(value)), MINUS if value < 0 else ""
    if size >= 999.95e6:
        return f"{sign}${size / 1e9:,.1f}bn"
    return f"{sign}${size / 1e6:,.{1 if size >= 50_000 else 3}f}m"
