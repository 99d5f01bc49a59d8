"""Unit of a row of a release: money, shares, per-share amounts, percentages, bitcoin, hash rate."""

from __future__ import annotations

import re
from decimal import Decimal

from hashpivot.core import HASH_RATES

from ._cell_number import PERCENT, Number
from ._unit_note import UnitNote, read_unit_note, word_scale

_PER_SHARE = re.compile(r"\bper (?:\w+ )?share\b|\bper (?:ads|unit)\b|\beps\b|/share\b", re.IGNORECASE)
_RATE = re.compile(
    r"\bper (?:k?mwh|kwh|bitcoin|btc|coin|th|ph|eh|kw|mw|day|petahash|terahash|kilowatt\w*|megawatt\w*)\b"
    r"|\$/|/k?mwh|/btc\b",
    re.IGNORECASE,
)
_SHARES = re.compile(
    r"\bshares? (?:issued|outstanding)|\bweighted[- ]average\b|\bnumber of (?:\w+ )?shares\b"
    r"|^(?:basic|diluted)\b|\bordinary shares outstanding|\bshare count\b",
    re.IGNORECASE,
)
_BASIC = re.compile(r"^(?:basic|diluted)\b", re.IGNORECASE)
_PERCENT_ROW = re.compile(r"%\)?$|\bpercent(?:age)?\b|\(%\)", re.IGNORECASE)
_MONEY = re.compile(
    r"\brevenue|\bcost\b|\bcosts\b|\bvalue\b|\bprice\b|\bproceeds\b|\bgain|\bloss|\bimpair|\bfees?\b|\bexpense|\$",
    re.IGNORECASE,
)
_PHYSICAL = (
    *((name, pattern) for name, _, pattern in HASH_RATES),
    ("J/TH", re.compile(r"\bj/th\b|\bjoules? per terahash|\bw/th\b", re.IGNORECASE)),
    ("MWh", re.compile(r"\bmwh\b|\bmegawatt[- ]hours?\b", re.IGNORECASE)),
    ("MW", re.compile(r"\bmw\b|\bmegawatts?\b", re.IGNORECASE)),
    ("BTC", re.compile(r"\bbitcoins?\b|\bbtc\b", re.IGNORECASE)),
)
QUANTITIES = frozenset(unit for unit, _ in _PHYSICAL)
"""Units of what is no money: bitcoin, hash rate, power, energy, efficiency."""

_COUNTED = re.compile(
    r"\bmined\b|\bproduced\b|\bproduction\b|\bearned\b|\bsold\b|\bheld\b|\bholdings?\b|\bbalance\b"
    r"|\bhash ?rate\b|\bcapacity\b|\befficiency\b|^number of\b|\benergized\b|\bdeployed\b|\bself-mined\b"
    r"|^(?:bitcoins?|btc)$",
    re.IGNORECASE,
)


def row_unit(
    label: str, heading: str, number: Number, marked: bool, currency: str, note: UnitNote
) -> tuple[str, int]:
    """Unit of a number, as `ReleaseValue` has it, and the power of ten to apply.

    Args:
        label: Of its row.
        heading: Above the row; tells what `Basic` and `Diluted` count.
        number: As shown.
        marked: True if the row shows a currency mark anywhere.
        currency: Of its column.
        note: The table's unit note; a unit in the label's parentheses counts before it.
    """
    own = read_unit_note(label).scale if "(" in label else None
    scale = (note.scale or 0) if own is None else own
    if number.word:
        return _word_unit(number.word, currency)
    if number.percent or (_PERCENT_ROW.search(label) and not marked):
        return PERCENT, 0
    if _BASIC.search(label):
        label = f"{label}, {heading}"
    if _PER_SHARE.search(label):
        return f"{currency}/shares", 0
    if _RATE.search(label):
        return f"{currency}/unit", 0
    if marked:
        return currency, scale
    if _SHARES.search(label):
        return "shares", note.of_shares
    if _COUNTED.search(label) and not _MONEY.search(label):
        physical = next((unit for unit, pattern in _PHYSICAL if pattern.search(label)), "")
        if physical:
            return physical, 0
    if label.lower().startswith("number of"):
        return "pure", 0
    return currency, scale


def _word_unit(word: str, currency: str) -> tuple[str, int]:
    """Unit and power of ten of a number whose cell names them."""
    scale = word_scale(word)
    if scale:
        return currency, scale
    physical = next((unit for unit, pattern in _PHYSICAL if pattern.search(word)), "")
    return physical or f"{currency}/unit", 0


def scaled(value: Decimal, scale: int) -> Decimal:
    """The value with the scale applied, written without exponent."""
    moved = value.scaleb(scale)
    return Decimal(int(moved)) if moved == moved.to_integral_value() else moved
