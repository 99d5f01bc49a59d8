"""What a question says besides companies and measures: its periods, and what is to be computed.

Ordinary English of people who ask for numbers; nothing here knows hashpivot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_LONG, _YEAR = r"(?:19|20)\d\d\b", r"(?:(?:19|20)\d\d|'?\d\d)\b"
_ORDINAL = r"(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th)"
_DAY = rf"(?:\d\d?\s+{_MONTH}|{_MONTH}\s+\d\d?(?:st|nd|rd|th)?,?)\s+{_LONG}"
_MONTH_OF = rf"{_MONTH}[\s-]+(?:of\s+)?(?:{_LONG}|'\d\d\b|\d\d\b)"
_WHEN = rf"(?:{_DAY}|{_MONTH_OF})"
_FISCAL = r"(?:(?:fiscal|calendar|fy|cy)\s+)?"
_QUARTER = (
    rf"{_FISCAL}(?:fq[1-4]|f?[1-4]q|q[1-4]|f[1-4]q)[\s-]*(?:of\s+)?(?:fy|fiscal)?\s*{_YEAR}"
    r"|(?:19|20)\d\d\s*-?\s*q[1-4]\b"
)
_HALF = rf"\b(?:h[12]|[12]h)[\s-]*(?:of\s+)?(?:fy|fiscal)?\s*{_YEAR}|\b(?:19|20)\d\d\s*-?\s*h[12]\b"
_PERIODS = [
    r"\b\d{4}-\d\d-\d\d\b",
    r"\b\d\d?/\d\d?/\d{4}\b",
    rf"\b(?:between\s+|from\s+)?{_MONTH}\s*(?:-|–|to|through|and)\s*{_MONTH}\s+{_LONG}",
    rf"\b(?:ytd|year[ -]to[ -]date)\s+(?:through\s+|to\s+)?(?:{_QUARTER}|{_WHEN})",
    rf"\b(?:{_ORDINAL}\s+)?(?:fiscal\s+)?(?:quarter|year|half)\s+(?:ended|ending|to)\s+{_WHEN}",
    rf"\b(?:first\s+)?(?:three|six|nine|twelve|3|6|9|12)\s+months\s+(?:ended|ending|to|through)\s+{_WHEN}",
    rf"\b(?:first\s+)?(?:six|nine|6|9)\s+months\s+of\s+{_FISCAL}{_YEAR}",
    rf"\b{_MONTH}\s+quarter\b[\s,(]*(?:of\s+)?(?:last year\s*)?\(?{_LONG}",
    rf"\b{_MONTH}\s+{_LONG}\s+quarter\b",
    rf"\b{_ORDINAL}\s+(?:(?:fiscal|calendar)\s+)?(?:quarter|half),?\s+(?:of\s+)?{_FISCAL}{_YEAR}",
    rf"\b{_LONG}\s+{_ORDINAL}\s+(?:quarter|half)\b",
    rf"\b(?:{_QUARTER})",
    _HALF,
    rf"\b{_DAY}",
    rf"\b{_MONTH_OF}",
    rf"\b{_MONTH}\s+end\s+{_LONG}",
    rf"\b(?:(?:fiscal|full|calendar)[\s-]+year|year[ -]end|fiscal|calendar|fy|cy)[\s-]*(?:{_YEAR})",
    rf"\b{_LONG}",
]  # fmt: skip
_JOINED = r"(?:to|and|v|vs|versus|on|over|less|minus|plus|against|compared (?:with|to))"
_YEARLESS = rf"\b(?:q[1-4]|{_MONTH})(?=\s+{_JOINED}\s+(?:the\s+)?(?:end\s+of\s+)?(\0+))"
_LEADING = (
    r"(?:\b(?:as\s+of|as\s+at|at|in|for|on|of|during|by)\s+)?(?:\bits\s+|\bthe\s+)?"
    r"(?:\ball\s+of\s+|\b(?:end|year)[ -](?:of\s+)?)?"
)


def take_periods(question: str) -> tuple[str, list[str]]:
    """Return the question with `|` for each period, and the periods in order."""
    spans: list[tuple[int, int, str]] = []
    masked = question
    for pattern in _PERIODS:
        for match in re.finditer(pattern, masked, flags=re.IGNORECASE):
            start, end = match.span()
            spans.append((start, end, question[start:end]))
            masked = masked[:start] + "\0" * (end - start) + masked[end:]
    for match in list(re.finditer(_YEARLESS, masked, flags=re.IGNORECASE)):
        later = next(words for start, _, words in spans if start == match.start(1))
        year = re.search(rf"{_YEAR}$", later)
        if year:
            start, end = match.span(0)
            spans.append((start, end, f"{match[0]} {year[0]}"))
            masked = masked[:start] + "\0" * (end - start) + masked[end:]
    spans.sort()
    text = re.sub(rf"{_LEADING}\0+", " | ", masked, flags=re.IGNORECASE)
    text = re.sub(r"^[^,]*\baside,", "", text)
    if len(spans) > 1:
        text = re.sub(r"\ba (?:year|quarter) (?:earlier|before|ago)\b", "", text, flags=re.IGNORECASE)
    if len(spans) == 1:  # over the year, not one year over another
        text = re.sub(r"\bover\s+\|", "|", text, flags=re.IGNORECASE)
    if re.search(rf"\b{_MONTH}\s+\|", text, flags=re.IGNORECASE):
        return text, []  # a month that was not understood would change the period
    return text, [re.sub(r"\(", "", words) for _, _, words in spans]


@dataclass(frozen=True)
class Operation:
    """What is to be computed from two numbers.

    Args:
        name: growth, ratio, sum, minus (of what is named first) or change.
        text: The question without the words that say so.
        turned: True if the second number is named first, as in `share of B that was A`, or a fall is meant.
        quarterly: True if growth is on the quarter before.
    """

    name: str
    text: str
    turned: bool = False
    quarterly: bool = False


_PART = r"(?:share|fraction|percentage|percent|per cent|pct|proportion|portion|part|%)"
_PERCENT = r"(?:%|\bpct\b|\bper ?cent\b|\bpercentage\b)"
_CHANGED = r"\b(?:grow|grew|grown|rise|rose|change|changed|increase|increased|up|dilution|drop|fall|fell)\b"
_WORDS = {
    "ratio": [
        rf"\b(?:as|in)\s+(?:an?\s+)?{_PART}(?:\s+share)?\s+of\b",
        rf"\b{_PART}\s+of\b(?!\s+r&d)|%\s+of\b",
        r"\bratio\b(?:\s+of\b)?|\bas\s+a\s+multiple\s+of\b|\brelative\s+to\b|\bby\s+what\s+factor\b",
        r"\bdivided?\b(?:\s+by\b)?",
        r"\bover\b(?!\s+the\b)",
    ],
    "growth": [
        r"\bgrowth\b(?:\s+of\b)?",
        r"\b(?:yoy|y/y|qoq|q/q)\b|\byear end on year end\b",
        r"\b(?:year|quarter)[ -](?:on|over)[ -](?:year|quarter)\b",
        r"\bdilution\b",
    ],
    "sum": [
        r"\bcombined\b|\btogether\b|\bsum\s+of\b|\bplus\b|\s\+\s",
        r"\badd(?:ed)?\s+up\b|\badded\b(?!\s+between)",
    ],
    "minus": [r"\bminus\b|\bless\b(?!\s+than)"],
    "change": [
        r"\bdifference\b|\bgap\b|\bswing\b|\bincrease\b|\bdecrease\b",
        r"\bhow\s+(?:many|much)\s+(?:more|larger|bigger|higher|smaller|fewer|less|lower)\b",
        r"\bby\s+how\s+(?:many|much)\b",
        r"\bvs\b\.?|\bversus\b|\bv\b|\bagainst\b|\bcompared\s+(?:to|with)\b|\badded\s+between\b",
        r"\bchanged?\b(?!\s+in\s+(?:the\s+)?fair)",
        r"\bhow\s+far\b|\|\s+to\s+\|",
    ],
}  # fmt: skip


def operation(text: str) -> Operation | None:
    """Return what is to be computed; None if one number is asked for."""
    names = [name for name, patterns in _WORDS.items() if any(_found(pattern, text) for pattern in patterns)]
    compared = "change" in names or _found(_CHANGED, text)
    if _found(_PERCENT, text) and compared and "ratio" not in names:
        names.insert(0, "growth")
    if not names:
        return None
    name = names[0]
    bare = re.sub(r".*\bdivide\b", "", text, flags=re.IGNORECASE)
    for pattern in [*(p for patterns in _WORDS.values() for p in patterns), _PERCENT]:
        bare = re.sub(pattern, " ; ", bare, flags=re.IGNORECASE)
    if name in ("growth", "change"):
        bare = re.sub(_CHANGED, " ; ", bare, flags=re.IGNORECASE)
    part_of = re.search(rf"(?<!as )(?<!as a )(?<!as an )\b{_PART}\s+of\b", text, flags=re.IGNORECASE)
    fall = _found(
        r"\bhow\s+(?:much|many)\s+(?:smaller|fewer|lower|less)\b|\b(?:decrease|drop|fall|decline)\b", text
    )
    turned = part_of is not None if name == "ratio" else fall
    return Operation(name, bare, turned, _found(r"\bqoq\b|\bq/q\b|\bquarter[ -](?:on|over)", text))


def before(period: str, *, quarter: bool) -> str:
    """The same period a year before, or the quarter before a quarter."""
    number = re.search(r"q([1-4])|([1-4])q", period, flags=re.IGNORECASE)
    if quarter and number:
        at = number.start(1) if number[1] else number.start(2)
        if int(period[at]) > 1:
            return f"{period[:at]}{int(period[at]) - 1}{period[at + 1 :]}"
        period = f"{period[:at]}4{period[at + 1 :]}"
    return re.sub(r"(?:19|20)\d\d|\d\d$", lambda year: str(int(year[0]) - 1), period, count=1)


def order(period: str) -> tuple[int, int]:
    """When a period is, to tell the earlier of two."""
    plain = period.casefold()
    year = re.search(r"(?:19|20)\d\d|\d\d$", plain)
    quarter = re.search(r"q([1-4])|([1-4])q", plain)
    month = next((n for n, name in enumerate(_MONTHS, 1) if name in plain), 0)
    number = int(quarter[1] or quarter[2]) if quarter else 0
    half = re.search(r"h([12])|([12])h", plain)
    last = month or 3 * number or (6 * int(half[1] or half[2]) if half else 12)
    return int(year[0]) % 100 if year else 0, last


def _found(pattern: str, text: str) -> bool:
    return re.search(pattern, text, flags=re.IGNORECASE) is not None
