"""Whose revenue a number refers to: the company's, that of one line, or unclear."""

from __future__ import annotations

import re

from hashpivot.ledger import TOTAL

from ..words import Quantity, patterns

_BEFORE, _AFTER = 140, 60
_REVENUE = re.compile(
    r"\b(?P<words>(?:(?!(?:and|or|to)\b)[\w/&’'\-]+ ){0,5})(?<!cost of )(?:\brevenues?|\bARR|\brun[- ]rate)\b"
    r"(?P<behind>(?: (?:from|of|in|under|by|per|to|for) [^,.;$\d]{0,50})?)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\b(?:and|or) $", re.IGNORECASE)
_WHOLE = {
    "revenue": re.compile(r"\b(?:total|consolidated|company(?:[- ]wide)?|overall)\b", re.IGNORECASE),
    "annualised_revenue": re.compile(r"\b(?:total annual|consolidated|company[- ]?wide)", re.IGNORECASE),
}
_PLAIN = re.compile(
    r"\b(?:of|in|the|our|its|expect|expects|anticipate|anticipates|annual|quarterly|unaudited|preliminary|net|"
    r"generate|report|estimated|expected|that) $",
    re.IGNORECASE,
)
_TIME = r"(?!(?:the )?(?:range|first|second|third|fourth|full|quarter|year|fiscal|calendar|next|half)\b)"
_ELSEWHERE = re.compile(rf" (?:from|of|in|under|by|per|to|at|for) {_TIME}(?=[a-z])", re.IGNORECASE)


def scope_of(metric: str, quantity: Quantity, sentence: str) -> str:
    """Return `total`, a line such as `ai_cloud`, or empty if it is unclear or no revenue.

    An annualised rate is the company's only if the words say so: often a site or a contract is meant.
    """
    if metric not in _WHOLE:
        return ""
    first = max(0, quantity.start - _BEFORE)
    found = min(
        _REVENUE.finditer(sentence, first, quantity.end + _AFTER),
        key=lambda match: max(quantity.start - match.end(), match.start() - quantity.end),
        default=None,
    )
    if not found or _JOINED.search(sentence[: found.start()]):
        return ""
    behind = sentence[quantity.end : quantity.end + _AFTER].split(",")[0]
    named = f"{found.group()} | {behind if _ELSEWHERE.match(behind) else ''}"
    lines = {pattern.name for pattern in patterns("targets.toml")["line"] if pattern.search(named)}
    if lines:
        return lines.pop() if len(lines) == 1 else ""
    if _WHOLE[metric].search(found["words"]):
        return TOTAL
    elsewhere = _ELSEWHERE.match(found["behind"]) or (
        _ELSEWHERE.match(behind) and found.end() <= quantity.start
    )
    is_plain = not found["words"] or _PLAIN.search(found["words"])
    return TOTAL if metric == "revenue" and is_plain and not elsewhere else ""
