"""From an address, or the id of one exact figure, to the figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hashpivot.core import MEASURES, Figure, InvalidInput, Line, Missing, Quarter, UnknownFigure, months_in

from ._choose import choose

if TYPE_CHECKING:
    from ._view import View

_HINT = "write it like RIOT/2024Q4/revenue/self_mining"


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of `TICKER/PERIOD/MEASURE/LINE`, with `@xxxxxxxx` for exactly one figure.

    Args:
        text: As written, ticker in upper case.
        quarter: If the period is one.
        start, end: If the period is a range; an instant has only `end`.
        line: None for the whole company.
        exact: True if `text` is a full id.
    """

    text: str
    ticker: str
    quarter: Quarter | None
    start: date | None
    end: date | None
    measure: str
    line: Line | None
    exact: bool

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read an address.

        Raises:
            UnknownFigure: If it cannot be one.
        """
        body, at, code = text.strip().partition("@")
        words = body.split("/")
        words += ["total"] if len(words) == 3 else []
        if len(words) != 4:
            raise UnknownFigure(f"{text!r} is not the address of a figure", hint=_HINT)
        ticker, period, measure, line = words[0].upper(), *words[1:]
        if measure not in MEASURES:
            raise UnknownFigure(f"no measure is called {measure!r}", hint=_near(measure, list(MEASURES)))
        if line != "total" and line not in set(Line):
            raise UnknownFigure(f"no line is called {line!r}", hint=_near(line, [*Line, "total"]))
        quarter, start, end = _period(period)
        name = f"{ticker}/{period}/{measure}/{line}{at}{code}"
        business = None if line == "total" else Line(line)
        return cls(name, ticker, quarter, start, end, measure, business, bool(at))


def resolve(view: View, address: Address) -> Figure:
    """The one figure of an address in a view.

    Raises:
        UnknownFigure: If there is none.
    """
    if address.exact:
        found = next((f for f in _candidates(view, address) if f.id == address.text), None)
        return found or _unknown(view, address, "it may belong to a view of another day or vintage")
    best = _best(view, address)
    return best if isinstance(best, Figure) else _unknown(view, address, best.reason)


def _best(view: View, address: Address) -> Figure | Missing:
    book, measure, line = view.book(address.ticker), address.measure, address.line
    nothing = Missing("nothing is known about it")
    if address.quarter:
        return _of_quarter(view, address, address.quarter)
    if address.start and address.end:
        there = [s for s in book.statements(measure) if (s.start, s.end) == (address.start, address.end)]
        best = choose((s for s in there if line in s.figures), book.order)
        return best.figures[line] if best else nothing
    return (book.moment(measure, address.end) if address.end else None) or nothing


def _of_quarter(view: View, address: Address, quarter: Quarter) -> Figure | Missing:
    line, measure = address.line, address.measure
    if line is None:
        return view.company_measure(address.ticker, quarter, measure)
    lines = view.quarter_lines(address.ticker, quarter)
    tables: dict[str, Mapping[Line, Figure | Missing]] = {
        "revenue": lines.revenue,
        "cost_of_revenue": lines.cost,
        "gross_profit": lines.gross_profit,
        "segment_gross_profit": lines.segment,
    }
    found = tables.get(measure, {}).get(line)
    if found is not None:
        return found
    return lines.missing.get(measure, Missing(f"no {line.heading.lower()} line is known"))


def _candidates(view: View, address: Address) -> Iterator[Figure]:
    """Every figure that might have the address: reported ones, sums within statements, the best answer."""
    same = (f for f in view.figures(address.ticker, address.measure) if f.line == address.line)
    wanted = address.text.partition("@")[0]
    yield from (f for f in same if f.address == wanted)
    for statement in view.book(address.ticker).statements(address.measure):
        figure = statement.figures.get(address.line)
        if figure and figure.formula and figure.address == wanted:
            yield figure
    best = _best(view, address)
    if isinstance(best, Figure):
        yield best
    if address.quarter and MEASURES[address.measure].flow:
        found = view.book(address.ticker).quarter(address.measure, address.quarter)
        if not isinstance(found, Missing) and address.line in found.figures:
            yield found.figures[address.line]


def _unknown(view: View, address: Address, why: str) -> Figure:
    raise UnknownFigure(f"no figure {address.text!r}: {why}", hint=_advice(view, address))


def _advice(view: View, address: Address) -> str:
    if address.ticker not in view.tickers():
        return _near(address.ticker, view.tickers())
    known = {f.address for f in view.figures(address.ticker)}
    known |= {f.address for f in view.lines(address.ticker)}
    return _near(address.text.partition("@")[0], sorted(known))


def _near(word: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=3, cutoff=0.5)
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
