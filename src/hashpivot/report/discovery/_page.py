"""The page of a look through the SEC's data sets: who is pivoting, with the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from hashpivot.core import write_text
from hashpivot.discover import Discovery, Filer

from ..shared import PageHead, render_page
from ._tables import contract_tables, discovery_notes, discovery_words, evidence_tables, filer_tables

_MOST_NAMES = 6


def write_discovery(
    discovery: Discovery, filers: Sequence[Filer], left_out: Mapping[str, int], path: str | Path
) -> Path:
    """Write the page of the filers found, whole or not at all.

    Args:
        discovery: All that was found.
        filers: Those to show.
        left_out: How many others there are of each category.
        path: Where.

    Raises:
        UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
    """
    names = [one.name for one in discovery.sets]
    rows = sum(one.rows for one in discovery.sets)
    head = PageHead(
        page="Discover",
        name="Discover: who is pivoting",
        title=discovery_words(discovery, filers),
        meta=(
            ", ".join(names[:_MOST_NAMES]) + (" and more" if len(names) > _MOST_NAMES else ""),
            f"{rows:,} tagged numbers",
            f"{discovery.candidates:,} filers read line by line",
        ),
    )
    page = {
        "tables": (*filer_tables(filers), *evidence_tables(filers), *contract_tables(filers)),
        "links": {filer.cik: filer.url for filer in filers},
        "charts": [],
        "words": discovery_notes(discovery, filers, left_out),
    }
    return write_text(render_page("discovery.html.j2", head, page), Path(path))
