"""The page of a comparison: how each company's answers moved from season to season."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hashpivot.season import Comparison

from ..shared import QUESTIONS, PageBody, PageHead, TraceAddress, render_body
from ..terminal import comparison_tables


def comparison_body(
    comparison: Comparison, address_of: Callable[[str], str], trace_of: TraceAddress
) -> PageBody:
    """Render a comparison without a frame, to be served.

    Args:
        comparison: The comparison.
        address_of: Address of a company's page, by ticker.
        trace_of: Address of the trace of the figures a number rests on.
    """
    tables = comparison_tables(comparison)
    page: dict[str, Any] = {
        "tables": tables,
        "trace": trace_of,
        "links": {row[0]: address_of(row[0]) for table in tables for row in table.rows},
    }
    return render_body("comparison.html.j2", comparison_head(comparison), page)


def comparison_head(comparison: Comparison) -> PageHead:
    """What stands at the top of the page of a comparison."""
    first, last = comparison.quarters[0], comparison.quarters[-1]
    return PageHead(
        page="Compare",
        name=f"{first} to {last}: how the answers moved",
        title=f"How the answers moved from {first} to {last}",
        lede=_lede(comparison),
        meta=(
            ", ".join(map(str, comparison.quarters)),
            f"{len(comparison.companies)} companies",
            "verdict, key metric, move since the quarter before",
        ),
    )


def _lede(comparison: Comparison) -> str:
    moves = {question: comparison.moves(question) for question in QUESTIONS}
    return (
        "; ".join(
            f"{question}: {counts.get('up', 0)} up, {counts.get('down', 0)} down"
            for question, counts in moves.items()
        ).capitalize()
        + "."
    )
