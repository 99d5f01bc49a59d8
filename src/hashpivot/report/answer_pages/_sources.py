"""The page of sources: what was fetched, what failed and why, and the list of the ledger's sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hashpivot.core import Source

from ..shared import Link, PageBody, PageHead, TextTable, clean, render_body, source_link


@dataclass(frozen=True, slots=True)
class ListedSourceRow:
    """One source.

    Args:
        link: To where it can be looked up.
        source: The source.
        place: Its accession, if it has one.
        figures, text_facts: How many it gives.
        stored: Address of the stored file; empty if it is not in the store.
    """

    link: Link
    source: Source
    place: str
    figures: int
    text_facts: int
    stored: str


def sources_body(
    sources: Sequence[tuple[Source, int, int, str]],
    grades: Mapping[str, int],
    stored: Sequence[tuple[str, ...]],
    failed: Sequence[tuple[str, ...]],
    limits: Sequence[tuple[str, ...]],
) -> PageBody:
    """Render sources without a frame, to be served.

    Args:
        sources: Each with the number of its figures and statements, and the address of its stored file.
        grades: How many there are of each grade.
        stored: Service, documents, bytes and last fetch, in words.
        failed: Document, state, time and reason.
        limits: Service, requests a second, last request, and until when it is not asked.
    """
    counts = ", ".join(f"{count:,} of grade {grade}" for grade, count in grades.items())
    head = PageHead(
        page="Sources",
        name="Sources and health",
        title=f"{len(sources):,} sources: {counts}" if sources else "No source is known",
        meta=("A a filing", "B a company's release", "C a secondary page", "newest first"),
    )
    tables = (
        TextTable("Fetched", ("Service", "Documents", "On disk", "Last fetch, UTC"), _clean(stored), 1),
        TextTable("Not read, and why", ("Document", "State", "When, UTC", "Reason"), _clean(failed), 4),
        TextTable(
            "Rate limits", ("Service", "Requests a second", "Last asked, UTC", "Now"), _clean(limits), 1
        ),
    )
    rows = [_row(*row) for row in sources]
    return render_body("sources.html.j2", head, {"tables": tables, "rows": rows})


def _row(source: Source, figures: int, facts: int, stored: str) -> ListedSourceRow:
    return ListedSourceRow(source_link(source), source, clean(source.accession), figures, facts, stored)


def _clean(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(clean, row)) for row in rows)
