"""The way from a shown number back to the rows it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hashpivot.core import Figure, Source, Tabular, terminal_line

from ..store import BASIS, Alias, is_record_key
from ._resolve import Resolved


@dataclass(frozen=True, repr=False)
class Trace(Tabular):
    """A figure with where it comes from.

    Args:
        figure: The figure.
        source: Its source if it was reported.
        operands: The traces of its operands if it was derived.
        aliases: Those that led from the id asked for to this figure's; none where it has that id.
    """

    figure: Figure
    source: Source | None
    operands: tuple[Trace, ...]
    aliases: tuple[Alias, ...] = ()

    def __repr__(self) -> str:
        end = self.source.title if self.source else f"{len(self.operands)} operands"
        figure = self.figure
        return terminal_line(f"Trace({figure.id} = {figure.value:,f} {figure.unit}, from {end})")

    def records(self) -> list[dict[str, Any]]:
        """One row a reported figure at the ends: value, unit, source and where in it."""
        return [
            {
                "figure": end.figure.id,
                "value": float(end.figure.value),
                "unit": end.figure.unit,
                "label": end.figure.label,
                "locator": str(end.figure.locator),
                "source": end.source.title if end.source else "",
                "url": end.source.url if end.source else "",
            }
            for end in self.reported()
        ]

    @property
    def grade(self) -> str:
        """Worst grade among the sources at the ends; empty if none is known."""
        return max((end.source.grade for end in self.reported() if end.source), default="")

    def reported(self) -> Iterator[Trace]:
        """Yield the traces of the reported figures at the ends."""
        if not self.operands:
            yield self
        for operand in self.operands:
            yield from operand.reported()

    def to_dict(self) -> dict[str, object]:
        """Return the tree with stable keys; values as decimal text, dates ISO, absent things null.

        The key `successor_of` is there only where an old id led to this figure: that id and the reason.
        """
        figure, source = self.figure, self.source
        aliases = {"successor_of": self._successor_of()} if self.aliases else {}
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
            "locator": str(figure.locator) or None,
            "formula": figure.formula or None,
            "note": figure.note or None,
            "source": _source(source) if source else None,
            "operands": [operand.to_dict() for operand in self.operands],
            **aliases,
        }

    def _successor_of(self) -> dict[str, str]:
        reasons = dict.fromkeys(alias.reason for alias in self.aliases)
        return {"figure": self.aliases[0].id, "reason": "; ".join(reasons)}

    def __str__(self) -> str:
        return "\n".join(map(terminal_line, self._text("")))

    def _assumed(self) -> str:
        """What to say of a day that no source states."""
        assumed = self.source is not None and self.source.known_basis == "deadline"
        return ", assumed from the filing deadline" if assumed else ""

    def _text(self, indent: str) -> Iterator[str]:
        figure = self.figure
        known = f"known {figure.known}{self._assumed()}"
        yield f"{indent}{figure.id} = {figure.value:,} {figure.unit}  ({figure.kind}, {known})"
        if figure.formula:
            yield f"{indent}  = {figure.formula}"
        if self.source:
            yield f"{indent}  {self.source.title}, grade {self.source.grade}: {_where(self.source)}"
            yield f"{indent}  {figure.label!r} at {figure.locator}"
        if figure.note:
            yield f"{indent}  note: {figure.note}"
        if self.aliases:
            old = self._successor_of()
            yield f"{indent}  note: it succeeds {old['figure']}: {old['reason']}"
        for operand in self.operands:
            yield from operand._text(indent + "    ")


def trace(asked: str, find: Callable[[str], Resolved], sources: Mapping[str, Source]) -> Trace:
    """Return the trace of a figure.

    Args:
        asked: Its address or id.
        find: The figure of an address or id.
        sources: Sources by key.
    """
    resolved = find(asked)
    figure = resolved.figure
    operands = tuple(trace(operand, find, sources) for operand in figure.operands)
    return Trace(figure, sources.get(figure.source), operands, resolved.aliases)


def _where(source: Source) -> str:
    """Where a reader finds a source, and what of it was recorded by hand."""
    where = source.url or source.accession or source.name or source.key
    if is_record_key(source.key):
        named = f"{source.name}, " if source.name not in ("", where) else ""
        return f"{named}{where} (recorded by hand)"
    return f"{where} (filing date recorded by hand)" if source.known_basis == BASIS else where


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
