"""Numbers of a table's row, whose `$`, digits, `)` and `%` may be in separate cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_MARK = r"(?:[A-Z]{1,3} ?\$|\$|RMB|CNY|USD|CAD|CDN|AUD|HKD|EUR|GBP|[€£¥₩₽₹])"
_FOOT = r"(?:\s*(?:\(\d{1,2}\)|\[\w{1,2}\]|\*+|†))?"
_WORD = (
    r"(?i:(?P<word>millions?|billions?|thousands?|bn|mm?|k|[kmgtpez]h\s?/\s?s(?:ec(?:onds?)?)?|[gpez]h|(?:giga|tera|peta|exa|zetta)-?hash(?:es)?(?: per second)?|btc|bitcoins?|[jw]/th"
    r"|(?:[¢c]|cents?)?\s*(?:/|per\s)\s*[km]wh|¢|cents?))"
)
_SHORT_WORD = re.compile(r"mm?|k|bn")
_NUMBER = re.compile(
    rf"(?P<minus>[-–—−])?\s*(?P<open>\()?\s*(?P<mark>{_MARK})?\s*(?P<open2>\()?\s*(?P<minus2>[-–—−])?"
    r"\s*(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    rf"\s*(?:(?P<unit>%|x|bps|pp)|{_WORD})?\s*(?P<close>\))?\s*(?P<unit2>%|x)?{_FOOT}"
)
_DASH = re.compile(
    rf"(?P<mark>{_MARK})?\s*\(?\s*(?:[-–—−]|--|nil)\s*(?P<unit>%)?\s*\)?\s*(?P<unit2>%)?{_FOOT}"
)
_PREFIX = re.compile(rf"(?P<mark>{_MARK})?\s*(?P<open>\()?")
_SUFFIX = re.compile(r"(?P<close>\))?\s*(?P<unit>%)?\s*(?P<close2>\))?")
_FOOTNOTE = re.compile(r"\(\d{1,2}\)")
_LONGEST = 40

PERCENT = "percent"


@dataclass(slots=True)
class Number:
    """One number of a row.

    Args:
        column: Grid column of the cell with its digits.
        value: As shown, sign applied, scale not.
        places: Digits after the point.
        mark: Currency mark before it, such as `$` or `RMB`.
        percent: True for percentages, multiples and basis points.
        text: As shown.
        opened: True while its parenthesis is open.
        stray: True if a parenthesis closes that was never opened.
        word: Unit that follows it in its cell, lower case: `million`, `eh/s`, `/kwh`; usually empty.
    """

    column: int
    value: Decimal
    places: int
    mark: str
    percent: bool
    text: str
    opened: bool = False
    stray: bool = False
    word: str = ""

    @property
    def may_be_footnote(self) -> bool:
        """True for `(1)`, which is minus one or a footnote mark."""
        return bool(_FOOTNOTE.fullmatch(self.text))

    @property
    def may_be_year(self) -> bool:
        """True for a bare `2025`."""
        return len(self.text) == 4 and self.text.isdecimal() and 1980 <= self.value < 2100


def row_numbers(cells: Iterable[tuple[int, str]]) -> list[Number]:
    """The numbers of a row.

    Args:
        cells: `(grid column, text)` of its non-empty cells after the label, from the left.

    Words such as `N/A` or `NM` give no number; dashes are zero.
    """
    numbers: list[Number] = []
    mark, opened = "", False
    for column, text in cells:
        if len(text) > _LONGEST:
            mark, opened = "", False
            continue
        if numbers and _SUFFIX.fullmatch(text):
            _close(numbers[-1], text)
            continue
        prefix = _PREFIX.fullmatch(text)
        if prefix:
            mark, opened = prefix["mark"] or mark, bool(prefix["open"]) or opened
            continue
        number = _number(column, text, mark, opened)
        if number:
            numbers.append(number)
        mark, opened = "", False
    return numbers


def _number(column: int, text: str, mark: str, opened: bool) -> Number | None:
    found = _NUMBER.fullmatch(text)
    if not found:
        dash = _DASH.fullmatch(text)
        if not dash:
            return None
        percent = bool(dash["unit"] or dash["unit2"])
        return Number(column, Decimal(0), 0, dash["mark"] or mark, percent, text)
    word = (found["word"] or "").lower()
    mark = found["mark"] or mark
    if _SHORT_WORD.fullmatch(word) and not mark:  # 6M is six months
        return None
    opens = opened or bool(found["open"] or found["open2"])
    negative = opens or bool(found["minus"] or found["minus2"])
    digits = found["digits"].replace(",", "")
    value = Decimal(digits)
    return Number(
        column,
        -value if negative and value else value,
        len(digits.partition(".")[2]),
        mark,
        bool(found["unit"] or found["unit2"]),
        text,
        opened=opens and not found["close"],
        stray=bool(found["close"]) and not opens,
        word=word,
    )


def _close(number: Number, text: str) -> None:
    if ")" in text:
        number.stray = not number.opened
        number.opened = False
    if "%" in text:
        number.percent = True
