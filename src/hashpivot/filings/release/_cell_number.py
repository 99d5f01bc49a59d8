"""Numbers of a table's row, whose `$`, digits, `)` and `%` may be in separate cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ._unit_note import is_thousands

_MARK = r"(?:[A-Z]{1,3} ?\$|\$|RMB|CNY|USD|CAD|CDN|AUD|HKD|EUR|GBP|[€£¥₩₽₹])"
_FOOT = r"(?:\s*(?:\(\d{1,2}\)|\[\w{1,2}\]|\*+|†))?"
_WORD = (
    r"(?i:(?P<word>millions?|billions?|thousands?|bn|mm?|k|[kmgtpez]h\s?/\s?s(?:ec(?:onds?)?)?|[gpez]h"
    r"|(?:giga|tera|peta|exa|zetta)-?hash(?:es)?(?: per second)?|btc|bitcoins?|[jw]/th"
    r"|(?:[¢c]|cents?)?\s*(?:/|per\s)\s*[km]wh|¢|cents?))"
)
_SHORT_WORD = re.compile(r"mm?|k|bn")
_NUMBER = re.compile(
    rf"(?:(?P<minus>[-–—−])|\+(?=\d))?\s*(?P<open>\()?\s*(?P<mark>{_MARK})?\s*(?P<open2>\()?\s*(?P<minus2>[-–—−])?"
    r"\s*(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    rf"\s*(?:(?P<unit>%|x|bps|pp)|{_WORD})?\s*(?P<close>\))?\s*(?P<unit2>%|x)?{_FOOT}"
)
_DASH = re.compile(
    rf"(?P<mark>{_MARK})?\s*\(?\s*(?:[-–—−]|--|nil)\s*(?P<unit>%)?\s*\)?\s*(?P<unit2>%)?{_FOOT}"
)
_SPELT = re.compile(
    r"(?:\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|and)\b[\s-]*)+",
    re.IGNORECASE,
)
_PREFIX = re.compile(rf"(?P<mark>{_MARK})?\s*(?P<open>\()?")
_SUFFIX = re.compile(r"(?P<close>\))?\s*(?P<unit>%)?\s*(?P<close2>\))?")
_FOOTNOTE = re.compile(r"\(\d{1,2}\)")
_MARKS = re.compile(r"(?:[(\[]\w{1,3}[)\]][\s,]*)+")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹⁽⁾\s,]+")
"""As `VisibleText` writes what is all raised."""

_LONGEST = 40
_FAR = 20  # times another number of its row: no company's amounts change so from one column to the next
_NEAR = 3  # times: amounts of one row usually do not differ more

Text = tuple[int, str]
"""Grid column and text of a cell."""

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


def row_numbers(cells: Iterable[Text]) -> tuple[list[Number], list[Text]]:
    """The numbers of a row, and its cells with digits, or numbers in words, that show no plain number.

    Args:
        cells: `(grid column, text)` of its non-empty cells after the label, from the left.

    Words such as `N/A` or `NM` give no number; dashes are zero. Footnote marks in a cell of their own are
    neither.
    """
    numbers: list[Number] = []
    unread: list[Text] = []
    mark, opened = "", False
    for column, text in cells:
        if is_thousands(text):
            mark, opened = "", False
            continue
        prefix = _PREFIX.fullmatch(text)
        if numbers and _SUFFIX.fullmatch(text):
            _close(numbers[-1], text)
        elif prefix:
            mark, opened = prefix["mark"] or mark, bool(prefix["open"]) or opened
        else:
            number = _number(column, text, mark, opened) if len(text) <= _LONGEST else None
            if number:
                numbers.append(number)
            elif (any(map(str.isdigit, text)) and not _MARKS.fullmatch(text)) or _SPELT.fullmatch(text):
                unread.append((column, text))
            mark, opened = "", False
    doubtful = [number for number in numbers if _point_may_part_thousands(number, numbers)]
    unread += [(number.column, number.text) for number in doubtful]
    return [number for number in numbers if number not in doubtful], unread


def is_raised_mark(text: str) -> bool:
    """True for a raised footnote mark in a cell of its own."""
    return _RAISED.fullmatch(text) is not None


def is_mark(text: str) -> bool:
    """True for footnote marks in a cell of their own."""
    return is_raised_mark(text) or _MARKS.fullmatch(text) is not None


def _point_may_part_thousands(number: Number, row: list[Number]) -> bool:
    """True for `5.16` or `1.516` in a row whose other numbers are whole and as large as its digits."""
    if number.places < 2 or number.percent or not number.value:
        return False
    others = [abs(other.value) for other in row if other is not number and not other.percent and other.value]
    whole = all(other.places == 0 for other in row if other is not number)
    digits = abs(number.value).scaleb(number.places)
    return (
        whole
        and bool(others)
        and min(others) > _FAR * abs(number.value)
        and any(digits < _NEAR * other and other < _NEAR * digits for other in others)
    )


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
