"""The figures a company's section shows, numbered by first use, each down to its source."""

from __future__ import annotations

import re
from collections.abc import Iterable
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


class EvidenceList:
    """The numbered figures of one company.

    Args:
        view: Where figures are traced.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        self._traces: dict[str, Trace] = {}
        self._numbers: dict[str, int] = {}

    def refs(self, figures: Iterable[Figure]) -> tuple[int, ...]:
        """The numbers of these figures, new ones added at the end."""
        return tuple(sorted({self._number(figure) for figure in figures}))

    def basis(self, figure: Figure) -> str:
        """`reported`, or `derived as` and the formula with values; with the figure's note."""
        self._number(figure)
        formula = spelled(self._traces[figure.id])
        said = f"{figure.kind} as {formula}" if formula else str(figure.kind)
        return f"{said} ({clean(figure.note)})" if figure.note else said

    def nodes(self) -> list[Node]:
        """All figures in order of their numbers, from 1."""
        return [self._node(trace) for trace in self._traces.values()]

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
