"""The figures a company's section shows, numbered by first use, each down to its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from hashpivot.core import MEASURES, Figure, Source
from hashpivot.ledger import Trace, View

from .formats import Link, clean, format_figure, minus, source_link


@dataclass(frozen=True, slots=True)
class Node:
    """A figure as it is shown: what it is, its exact value, and where it was read or how it was derived.

    `number` is that of an operand which stands in the list itself, and is not spelled out again; else 0.
    """

    title: str
    address: str
    value: str
    kind: str
    known: str
    formula: str
    note: str
    label: str
    locator: str
    source: Link | None
    grade: str
    operands: tuple[Node, ...]
    number: int = 0


TraceAddress = Callable[[Sequence[Figure]], str]
"""From the figures a number rests on to the address of their trace."""


@dataclass(frozen=True, slots=True)
class Refs:
    """Where a number leads; false without any figure behind it.

    Args:
        links: Short words, each with its address: the figures' numbers in the list, or their trace.
    """

    links: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.links)

    @property
    def address(self) -> str:
        """Where the number itself leads; empty without any figure."""
        return self.links[0][1] if self.links else ""

    @property
    def title(self) -> str:
        """What is behind a number of several figures: `evidence 3, 4`; else empty."""
        return f"evidence {', '.join(words for words, _ in self.links)}" if len(self.links) > 1 else ""


class EvidenceList:
    """The numbered figures of one company.

    Args:
        view: Where figures are traced.
        anchor: Begins the ids of the list's items on the page: `e` for `e-1`.
        trace_of: Address of the trace of some figures, where numbers lead there; then no list is shown.
    """

    def __init__(self, view: View, anchor: str = "e", trace_of: TraceAddress | None = None) -> None:
        self._view = view
        self._anchor = anchor
        self._trace_of = trace_of
        self._traces: dict[str, Trace] = {}
        self._numbers: dict[str, int] = {}

    def refs(self, figures: Iterable[Figure]) -> Refs:
        """Where these figures lead, new ones added at the end of the list."""
        once = list({figure.id: figure for figure in figures}.values())
        numbers = sorted(self._number(figure) for figure in once)
        if self._trace_of:
            return Refs((("trace", self._trace_of(once)),) if once else ())
        return Refs(tuple((str(number), f"#{self._anchor}-{number}") for number in numbers))

    def basis(self, figure: Figure) -> str:
        """`reported`, or `derived as` and the formula with values; with the figure's note."""
        self._number(figure)
        formula = spelled(self._traces[figure.id])
        said = f"{figure.kind} as {formula}" if formula else str(figure.kind)
        return f"{said} ({clean(figure.note)})" if figure.note else said

    def nodes(self) -> list[Node]:
        """All figures in order of their numbers, from 1; none where numbers lead to traces."""
        return [] if self._trace_of else [self._node(trace) for trace in self._traces.values()]

    def sources(self) -> dict[str, Source]:
        """The sources of all figures, by key."""
        ends = (end for trace in self._traces.values() for end in trace.reported())
        return {end.source.key: end.source for end in ends if end.source}

    def _node(self, trace: Trace) -> Node:
        return _node(trace, tuple(self._operand(part) for part in trace.operands))

    def _operand(self, trace: Trace) -> Node:
        number = self._numbers.get(trace.figure.id, 0)
        return replace(_node(trace), number=number) if number else self._node(trace)

    def _number(self, figure: Figure) -> int:
        name = figure.id
        if name not in self._numbers:
            self._traces[name] = self._view.trace(name)
            self._numbers[name] = len(self._traces)
        return self._numbers[name]


def spelled(trace: Trace) -> str:
    """The formula with values in place of operand numbers: `$376,656,000 − $297,844,000`."""
    values = [format_figure(operand.figure) for operand in trace.operands]

    def value(found: re.Match[str]) -> str:
        position = int(found[1])
        return values[position] if position < len(values) else found[0]

    return re.sub(r"\{(\d{1,3})\}", value, minus(clean(trace.figure.formula)))


def figure_title(figure: Figure) -> str:
    """`Revenue, self-mining`."""
    measure = MEASURES.get(figure.measure)
    title = measure.title if measure else clean(figure.measure)
    return f"{title}, {figure.line.heading}" if figure.line else title


def _node(trace: Trace, operands: tuple[Node, ...] = ()) -> Node:
    figure, source = trace.figure, trace.source
    return Node(
        title=figure_title(figure),
        address=clean(figure.address),
        value=format_figure(figure),
        kind=figure.kind.value,
        known=figure.known.isoformat(),
        formula=spelled(trace),
        note=clean(figure.note),
        label=clean(figure.label),
        locator=clean(str(figure.locator)),
        source=source_link(source, figure.locator) if source else None,
        grade=source.grade if source else "",
        operands=operands,
    )
