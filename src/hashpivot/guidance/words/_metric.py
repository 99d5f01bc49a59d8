"""Which metric a quantity measures, from the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ._cues import Cue
from ._patterns import Pattern, patterns
from ._quantity import Quantity

_BEFORE, _AFTER = 110, 70
_BEHIND = 25
_MARGIN = re.compile(r"margin", re.IGNORECASE)
_MOVED = re.compile(
    r"deliver|deploy|purchase|receiv|ship|order|install|replac|acquir|produc|batch|contract", re.IGNORECASE
)
_EARNED = re.compile(r"revenue|\bARR\b|run[- ]rate", re.IGNORECASE)
_OTHER = re.compile(r"[MG]W of .*\band ", re.IGNORECASE)
_RESTATED = re.compile(r"\$ ?\d[\d.,]*[^.;$]{0,40}, or (?:(?:about|approximately|a total of) )*$")
_PLAIN = {"hash_rate", "gpus", "efficiency"}


def metric_of(quantity: Quantity, sentence: str, cue: Cue | None = None) -> str | None:
    """Return the metric of a number, None if it measures none; `cue` governs the number, if known."""
    if quantity.kind in _PLAIN:
        return quantity.kind
    if quantity.kind == "machines_or_chips":
        return quantity.kind if _MOVED.search(sentence) else None
    if quantity.kind == "margin":
        return "margin" if _MARGIN.search(sentence[max(0, quantity.start - 40) : quantity.end + 20]) else None
    if quantity.kind == "power":
        return _power(quantity, sentence, cue)
    metric = _money(quantity, sentence)
    if metric == "annualised_revenue" and not _EARNED.search(sentence):
        return None
    return None if metric == "none" else metric


def _money(quantity: Quantity, sentence: str) -> str | None:
    """Of `$48 million a year, or $480 million over the term` each amount is what its own words say."""
    table = patterns("targets.toml")["money"]
    restated = _RESTATED.search(sentence, max(0, quantity.start - _BEFORE), quantity.start)
    own = _nearest(quantity, sentence, table, 0, _AFTER) if restated else None
    return own or _nearest(quantity, sentence, table, _BEFORE, _AFTER)


def _power(quantity: Quantity, sentence: str, cue: Cue | None) -> str:
    """Gross unless the words around it, or what is said of it behind it, tell otherwise."""
    table = patterns("targets.toml")["power"]
    other = _OTHER.search(sentence, max(0, quantity.start - 45), quantity.start)
    before = quantity.start - other.end() if other else 45
    metric = _nearest(quantity, sentence, table, before, 30)
    if metric is None and cue and cue.start >= quantity.end:
        behind = max(cue.end + 40 - quantity.end, 30)
        metric = _nearest(quantity, sentence, table, before, behind)
    return metric or "power_gross"


def _nearest(
    quantity: Quantity, sentence: str, table: tuple[Pattern, ...], before: int, after: int
) -> str | None:
    """The metric whose words stand nearest; words behind the number count as farther away."""
    found = sorted(_distances(quantity, sentence, table, before, after), key=lambda pair: pair[0])
    return found[0][1] if found else None


def _distances(
    quantity: Quantity, sentence: str, table: tuple[Pattern, ...], before: int, after: int
) -> Iterator[tuple[int, str]]:
    for pattern in table:
        for match in pattern.regex.finditer(sentence, max(0, quantity.start - before), quantity.end + after):
            if match.end() <= quantity.start:
                yield quantity.start - match.end(), pattern.name
            elif match.start() >= quantity.end:
                yield match.start() - quantity.end + _BEHIND, pattern.name
