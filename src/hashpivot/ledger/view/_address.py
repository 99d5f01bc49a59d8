"""Addresses of figures, as users write and quote them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hashpivot.core import MEASURES, QUALIFIERS, InvalidInput, Line, Quarter, UnknownFigure, months_in

_LINES = frozenset(Line)
_HINT = "write it like RIOT/2024Q4/revenue/self_mining"


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of `TICKER/PERIOD/MEASURE/LINE`, with `@xxxxxxxx` for exactly one figure.

    Args:
        text: As written, ticker in upper case.
        quarter: If the period is one.
        start, end: If the period is a range; an instant has only `end`.
        line: None for the whole company.
        qualifier: The part of the line, such as `fit_out`; empty for the whole line.
        exact: True if `text` is a full id.
    """

    text: str
    ticker: str
    quarter: Quarter | None
    start: date | None
    end: date | None
    measure: str
    line: Line | None
    qualifier: str
    exact: bool

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read an address.

        Raises:
            UnknownFigure: If it cannot be one.
        """
        body, at, code = text.strip().partition("@")
        words = body.split("/")
        words += ["total"] if words[-1] in MEASURES else []
        if len(words) < 4:
            raise UnknownFigure(f"{text!r} is not the address of a figure", hint=_HINT)
        ticker = "/".join(words[:-3]).upper()  # 0.1 kept BRK/B as it stood
        period, measure, slot = words[-3:]
        line, colon, qualifier = slot.partition(":")
        if measure not in MEASURES:
            raise UnknownFigure(f"no measure is called {measure!r}", hint=near_hint(measure, list(MEASURES)))
        if line != "total" and line not in _LINES:
            raise UnknownFigure(f"no line is called {line!r}", hint=near_hint(line, [*Line, "total"]))
        if colon and (line == "total" or qualifier not in QUALIFIERS):
            hint = f"a line's parts are {', '.join(QUALIFIERS)}"
            raise UnknownFigure(f"no part of a line is called {qualifier!r}", hint=hint)
        quarter, start, end = _period(period)
        name = f"{ticker}/{period}/{measure}/{slot}{at}{code}"
        business = None if line == "total" else Line(line)
        return cls(name, ticker, quarter, start, end, measure, business, qualifier, bool(at))

    @property
    def question(self) -> str:
        """The address without `@` and what follows it."""
        return self.text.partition("@")[0]


def near_hint(word: str, options: Sequence[str]) -> str:
    """Suggest the nearest of several words, or say how an address is written if none is near."""
    from difflib import get_close_matches  # only errors need it

    near = get_close_matches(word, options, n=3, cutoff=0.5)
    return f"did you mean {' or '.join(near)}?" if near else _HINT


def _period(text: str) -> tuple[Quarter | None, date | None, date | None]:
    first, dots, last = text.partition("..")
    try:
        if dots:
            start, end = date.fromisoformat(first), date.fromisoformat(last)
            return (Quarter.of_period_end(end) if months_in(start, end) == 3 else None), start, end
        if "q" in text.lower():
            return Quarter.parse(text), None, None
        return None, None, date.fromisoformat(text)
    except (ValueError, InvalidInput):
        raise UnknownFigure(f"{text!r} is not a period", hint=_HINT) from None
