"""Numbers in sentences with their unit and the digits that can be trusted: `$12.3 million`, `612.5 BTC`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from hashpivot.core import HASH_RATE, hash_rate_shifts

_DIGITS = r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d,]*\d)"
_MONEY = re.compile(
    r"(?P<minus>negative |minus |[-−(] ?)?"
    r"(?P<currency>(?<![a-z])us ?\$|u\.s\. ?\$|(?<![a-z])usd ?\$?|(?<![a-z])[a-z]{0,3}\$"
    r"|(?<![a-z])(?:rmb|cny) ?|[€£¥] ?)"
    rf" ?(?P<inner>[(−-] ?)?{_DIGITS}\)?(?:[ -]?(?P<scale>thousand|million|billion|mm|bn|m|b|k)\b)?\)?"
)
_COUNT = re.compile(
    rf"(?<![\w$.,-]){_DIGITS} ?(?P<unit>(?P<btc>btc|bitcoins?)\b|(?P<mw>mw|megawatts?)\b|{HASH_RATE})"
)
_SCALES = {"thousand": 3, "k": 3, "million": 6, "mm": 6, "m": 6, "billion": 9, "bn": 9, "b": 9}
_DOLLARS = re.compile(r"us ?\$|u\.s\. ?\$|usd ?\$?|\$")
# Of an amount in full; `$5,000 million` is exact to the million.
_ROUND = re.compile(r",000(?=(?:,000)*$)")
_FULL = 1_000_000
"""A bare amount below may be given in thousands."""
_MOST_DIGITS = 18
"""No company has as many dollars, and decimal arithmetic keeps 28."""


@dataclass(frozen=True, slots=True)
class SaidNumber:
    """One number of a sentence.

    Args:
        value: With sign and scale.
        unit: `USD`, `BTC`, `ehs`, `mw`; empty for one in another currency, of uncertain scale, or with more
            digits than any amount has.
        decimals: Digits that can be trusted, from the digits written: -5 for `$12.3 million`, -3 for
            `$4,073,000`.
        text: As written.
    """

    value: Decimal
    unit: str
    decimals: int
    text: str


def numbers_in(text: str) -> Iterator[tuple[int, int, SaidNumber]]:
    """Begin, end and meaning of each number with a unit, in lower-case text."""
    for found in _MONEY.finditer(text):
        minus = found["minus"] or found["inner"]
        yield found.start(), found.end(), _money(found, -1 if minus else 1)
    for found in _COUNT.finditer(text):
        value = Decimal(found["digits"].replace(",", ""))
        unit = "BTC" if found["btc"] else "mw" if found["mw"] else "ehs"
        scale = min(hash_rate_shifts(found["unit"])) if unit == "ehs" else 0
        yield found.start(), found.end(), _said(value, unit, scale, found.group())


def _money(found: re.Match[str], sign: int) -> SaidNumber:
    value = sign * Decimal(found["digits"].replace(",", ""))
    scale = _SCALES.get(found["scale"] or "", 0)
    certain = scale or abs(value) >= _FULL
    unit = "USD" if certain and _DOLLARS.fullmatch(found["currency"].strip()) else ""
    said = _said(value, unit, scale, found.group())
    rounded = 0 if scale else 3 * len(_ROUND.findall(found["digits"]))
    return replace(said, decimals=said.decimals - rounded)


def _said(shown: Decimal, unit: str, scale: int, text: str) -> SaidNumber:
    places = max(0, -int(shown.as_tuple().exponent))
    value = shown.scaleb(scale)
    if len(shown.as_tuple().digits) > _MOST_DIGITS:
        return SaidNumber(shown, "", 0, text.strip())
    whole = value == value.to_integral_value()
    return SaidNumber(value.quantize(Decimal(1)) if whole else value, unit, places - scale, text.strip())
