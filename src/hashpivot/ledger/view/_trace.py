"""The way from a shown number back to the rows it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from hashpivot.core import Figure, Source


@dataclass(frozen=True)
class Trace:
    """A figure, its source if it was reported, and the traces of its operands if it was derived."""

    figure: Figure
    source: Source | None
    operands: tuple[Trace, ...]

    def reported(self) -> Iterator[Trace]:
        """The traces of the reported figures at the ends."""
        if not self.operands:
            yield self
        for operand in self.operands:
            yield from operand.reported()

    def to_dict(self) -> dict[str, object]:
        """The tree with stable keys; values as decimal text, dates ISO, absent things null."""
        figure, source = self.figure, self.source
        return {
            "figure": figure.id,
            "address": figure.address,
            "start": figure.start.isoformat() if figure.start else None,
            "end": figure.end.isoformat(),
            "value": figure.text,
            "unit": figure.unit,
            "kind": str(figure.kind),
            "known": figure.known.isoformat(),
            "label": figure.label or None,
            "locator": figure.locator or None,
            "formula": figure.formula or None,
            "note": figure.note or None,
            "source": _source(source) if source else None,
            "operands": [operand.to_dict() for operand in self.operands],
        }

    def __str__(self) -> str:
        return "\n".join(self._text(""))

    def _text(self, indent: str) -> Iterator[str]:
        figure = self.figure
        yield f"{indent}{figure.id} = {figure.value:,} {figure.unit}  ({figure.kind}, known {figure.known})"
        if figure.formula:
            yield f"{indent}  = {figure.formula}"
        if self.source:
            where = self.source.url or self.source.accession or self.source.name or self.source.key
            yield f"{indent}  {self.source.title}, grade {self.source.grade}: {where}"
            yield f"{indent}  {figure.label!r} at {figure.locator}"
        if figure.note:
            yield f"{indent}  note: {figure.note}"
        for operand in self.operands:
            yield from operand._text(indent + "    ")


def trace(figure: Figure, find: Callable[[str], Figure], sources: Mapping[str, Source]) -> Trace:
    """The trace of a figure.

    Args:
        find: The figure of an operand's id.
        sources: Sources by key.
    """
    operands = tuple(trace(find(operand), find, sources) for operand in figure.operands)
    return Trace(figure, sources.get(figure.source), operands)


def _source(source: Source) -> dict[str, object]:
    return {
        "title": source.title,
        "key": source.key,
        "form": source.form,
        "grade": source.grade,
        "known": source.known.isoformat(),
        "known_basis": source.known_basis,
        "accession": source.accession or None,
        "url": source.url or None,
        "sha256": source.sha256 or None,
        "name": source.name or None,
    }
