"""Units of operating numbers: which one a row or cell names, and the power of ten to the measure's own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hashpivot.core import HASH_RATE, hash_rate_shifts

_PER = r"\s*(?:/|\bper\s)\s*"
_KWH = r"(?:kwh|kilowatt[\s-]?hours?)\b"
_MWH = r"(?:mwh|megawatt[\s-]?hours?)\b"
_CENTS = r"(?:¢|\bcents?\b|\bc\b|\$?\s?cents?\b)"
_DOLLARS = r"(?:\$|\busd\b|\bus\$|\bdollars?\b)"

_UNITS: dict[str, tuple[tuple[int, re.Pattern[str]], ...]] = {
    "usd_per_mwh": (
        (1, re.compile(_CENTS + _PER + _KWH)),
        (3, re.compile(_DOLLARS + _PER + _KWH)),
        (0, re.compile(_DOLLARS + _PER + _MWH)),
    ),
    "j_per_th": ((0, re.compile(r"\b[jw]/th\b|\bjoules?" + _PER + r"tera[\s-]?hash\b")),),
    "usd": (
        (3, re.compile(r"\bthousands?\b|\$\s?k\b|\b000s?\b|^k$")),
        (6, re.compile(r"\bmillions?\b|\$\s?mm?\b|^mm?$|\busd mm?\b")),
        (9, re.compile(r"\bbillions?\b|\$\s?bn?\b|^bn$")),
    ),
    "btc": (),
    "blocks": (),
}
_HASH_RATE = re.compile(HASH_RATE)
_PLAIN = frozenset({"btc", "blocks"})
_ANY_PER = re.compile(_PER + rf"(?={_KWH}|{_MWH})")
_CENT_WORDS = ("¢", "c", "cent", "cents")
_LABEL_UNITS = re.compile(
    r"\(?\b(?:in )?(?:us ?)?\$?\s?(?:thousands|millions|billions)\b(?: of)?(?: us)?(?: ?dollars)?\)?"
    r"|\(\$[^()]{0,12}\)|\bus\$|\$\s?(?:mm?|k|bn?)\b|\$|\busd\b"
)


def unit_shift(unit: str, texts: Iterable[str]) -> int | None:
    """Power of ten from the number shown to a measure's unit, by the first text that names a unit for it.

    Args:
        unit: Of the measure.
        texts: Nearest first: what follows the number in its cell, the label, the heading, the column.

    Returns:
        None if no text names one and the measure's unit does not go without saying (bitcoin and blocks do,
        and dollars, to which the caller gives the table's scale), or if one text names several.
    """
    for text in texts:
        named = _named(unit, text.lower())
        if named:
            return named.pop() if len(named) == 1 else None
    return 0 if unit in _PLAIN else None


def _named(unit: str, text: str) -> set[int]:
    """The powers of ten of all units that a text in lower case names."""
    if unit == "ehs":
        return hash_rate_shifts(text)
    return {shift for shift, pattern in _UNITS[unit] if pattern.search(text)}


def rate_text(text: str, mark: str, word: str) -> str:
    """A text that says `per kWh` with the money its cell names, by a mark or by cents after the number."""
    money = "$" if mark else "cents" if word in _CENT_WORDS else ""
    lower = text.lower()
    if not money or unit_shift("usd_per_mwh", [lower]) is not None:
        return lower
    return _ANY_PER.sub(f" {money}/", lower)


def counts_money(text: str) -> bool:
    """True if a label names money: a dollar sign, dollars, thousands or millions."""
    return bool(_LABEL_UNITS.search(text.lower()))


def without_units(label: str) -> str:
    """A label in lower case without the units it names."""
    label = _HASH_RATE.sub(" ", label)
    for unit in ("usd_per_mwh", "j_per_th"):
        for _, pattern in _UNITS[unit]:
            label = pattern.sub(" ", label)
    return _LABEL_UNITS.sub(" ", label)
