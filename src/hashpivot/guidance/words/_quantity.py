"""Quantities in a sentence: numbers with a unit that says what they measure, and ranges of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_MILLION, _BILLION = 10**6, 10**9
_SCALES = {
    "thousand": 1000, "million": _MILLION, "mm": _MILLION, "m": _MILLION,
    "billion": _BILLION, "bn": _BILLION, "b": _BILLION,
}  # fmt: skip
_RANGE = (
    rf"(?:(?P<low>{_NUMBER})(?: ?[\-–—] ?| to )\$?|"
    rf"(?<=between )(?P<least>{_NUMBER}) and \$?|(?<=between \$)(?P<least_usd>{_NUMBER}) and \$?)?"
)
_HIGH = rf"{_RANGE}(?P<high>{_NUMBER})(?P<more>\+?)"
_SPELT = rf"{_RANGE}(?P<high>{_NUMBER}|{'|'.join(_WORDS)})"
_NOUN = r"(?:(?:of (?:these|the|our|its) )?(?:(?!and |to |in |of |for |or )[\w/.+\-]+ ){0,4}?)"
_SCALE = r"[ \-]?(?P<scale>thousand|million|billion|mm|bn|[MB])?"
_DOLLAR = r"(?<!CAD )(?:(?<![A-Za-z])|(?<=US))\$ ?"
_UNITS = (
    ("hash_rate", "ehs", rf"{_HIGH} ?(?:EH/s|EHs|EH|exahash(?:es)?)\b"),
    ("power", "mw", rf"{_SPELT}[ \-]?(?P<giga>GW|gigawatts?|MW|megawatts?)(?P<more>\+?)(?!\w)"),
    ("efficiency", "j_per_th", rf"{_HIGH} ?(?:J/TH|W/TH|joules per terahash)\b"),
    ("gpus", "gpus", rf"{_HIGH} {_NOUN}GPUs?\b"),
    (
        "machines_or_chips",
        "machines",
        rf"{_HIGH} {_NOUN}(?:miners|machines|ASICs|rigs|chips|units|servers)\b",
    ),
    ("margin", "pure", rf"{_HIGH} ?(?:%|percent)"),
    ("money", "usd", rf"{_DOLLAR}{_HIGH}{_SCALE}\b"),
)
_NO_BEFORE = {"money": r"(?<![\d.,])"}
_FINDERS = tuple(
    (kind, unit, re.compile(_NO_BEFORE.get(kind, r"(?<![\w.,$])") + form, re.IGNORECASE))
    for kind, unit, form in _UNITS
)
_AT_MOST = re.compile(
    r"(?:up to|below|under|as much as|(?:a )?maximum of|no more than|less than)"
    r"(?: (?:an? )?(?:additional|total|approximately|of))*\s*$",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"(?:at least|(?:a )?minimum (?:\w+ ){0,2}of|more than|(?<!hand )over|above|in excess of|"
    r"exceed(?:s|ing)?)(?: approximately)?\s*$",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"\b(?:add(?:ing|s|itional)?|incremental|further|extra|another|remaining|next)\b[^.;,$\d]{0,25}$",
    re.IGNORECASE,
)
_MORE = re.compile(r"\s+(?:of )?(?:additional|incremental|further|or more|expansion)\b", re.IGNORECASE)
_NAME = re.compile(r",? (?:LLC|Inc|JV|L\.P)\b")
_LIST = re.compile(
    r"[^.;]{0,40}?(?:,|\band|\bor)(?: and| or)?(?: (?:about|approximately|another|an additional))* \$?"
    r"|[^.;]{0,60}?\bfor (?:a )?total (?:\w+ ){0,2}of (?:about |approximately )?"
)
_YEAR = re.compile(r"20\d\d")
_FEW_DOLLARS = 1_000_000


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    Args:
        kind: `hash_rate`, `power`, `efficiency`, `gpus`, `machines_or_chips`, `margin` or `money`.
        low, high: Range in `unit`; equal for a single number, None where it is open.
        unit: `ehs`, `mw`, `j_per_th`, `gpus`, `machines`, `pure` or `usd`.
        start, end: Where it stands.
        added: True if it comes on top of what there is.
    """

    kind: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    start: int
    end: int
    added: bool = False


def find_quantities(sentence: str, *, bare_dollar: int = 1) -> list[Quantity]:
    """The quantities of a sentence, in order.

    Dollars count only with their scale (`$5 million`) or written in full from a million up: a bare `$5,000`
    may stand for thousands. Where it is known to (`bare_dollar` 1000), bare ones from 1,000 to 999,999 count.
    Of a rise `from A to B` only B is kept.
    """
    found: list[Quantity] = []
    for kind, unit, finder in _FINDERS:
        for match in finder.finditer(sentence):
            if not any(match.start() < q.end and q.start < match.end() for q in found):
                found.extend(_quantities(kind, unit, match, sentence, bare_dollar))
    return list(_merged(sorted(found, key=lambda q: q.start), sentence))


def _quantities(
    kind: str, unit: str, match: re.Match[str], sentence: str, bare_dollar: int
) -> Iterator[Quantity]:
    words = match.groupdict()
    digits = words["high"]
    if (unit in ("gpus", "machines") and _YEAR.fullmatch(digits)) or _NAME.match(sentence, match.end()):
        return
    factor = _factor(words)
    high = _number(digits) * factor
    lower = words["low"] or words["least"] or words["least_usd"]
    low = _number(lower) * factor if lower else high
    if kind == "money" and not words["scale"]:
        if (high < _FEW_DOLLARS) == (bare_dollar == 1) or "." in digits or high < 1000:
            return
        low, high = low * bare_dollar, high * bare_dollar
    if kind == "margin":
        low, high = low / 100, high / 100
    yield _bounded(
        Quantity(kind, min(low, high), high, unit, match.start(), match.end()), words["more"], sentence
    )


def _number(digits: str) -> Decimal:
    return Decimal(_WORDS.get(digits.lower()) or digits.replace(",", ""))


def _factor(words: dict[str, str | None]) -> int:
    if (words.get("giga") or "").lower().startswith("g"):
        return 1000
    return _SCALES.get((words.get("scale") or "").lower(), 1)


def _bounded(quantity: Quantity, more: str | None, sentence: str) -> Quantity:
    before, after = sentence[max(0, quantity.start - 60) : quantity.start], sentence[quantity.end :][:25]
    added = bool(_ADDED.search(before) or _MORE.match(after))
    if _AT_MOST.search(before):
        return replace(quantity, low=None, added=added)
    if more or _AT_LEAST.search(before) or after.startswith(" or more"):
        return replace(quantity, high=None, added=added)
    return replace(quantity, added=added)


def _merged(quantities: list[Quantity], sentence: str) -> Iterator[Quantity]:
    """Two numbers of one kind with `to` between them are a range, or a rise if `from` leads to them."""
    waiting: Quantity | None = None
    for quantity in quantities:
        if waiting and waiting.unit == quantity.unit and _is_range(waiting, quantity, sentence):
            rise = re.search(r"\bfrom (?:approximately |about )?$", sentence[: waiting.start])
            waiting = quantity if rise else replace(quantity, low=waiting.low, start=waiting.start)
            continue
        if waiting:
            yield waiting
        waiting = quantity
    if waiting:
        yield waiting


def _is_range(first: Quantity, second: Quantity, sentence: str) -> bool:
    between = sentence[first.end : second.start]
    if re.fullmatch(r"\s*(?:[\-–—]|to)\s*(?:approximately |about )?", between):
        return True
    return (
        between == " and "
        and re.search(r"\bbetween (?:approximately )?$", sentence[: first.start]) is not None
    )


def are_listed(first: Quantity, second: Quantity, sentence: str) -> bool:
    """True if two quantities are members of a list: `40 MW in May and 60 MW`."""
    return _LIST.fullmatch(sentence[first.end : second.start]) is not None
