"""Where a number comes from."""

from __future__ import annotations

from collections.abc import Iterator

from hashpivot.core import Figure, LabelLocator
from hashpivot.ledger import Trace

from ..shared import clean, figure_title, format_figure, source_link, spelled
from ..trace_page import locator_words
from ._fragment import Fragment, FragmentCell, FragmentTable, Titled

_HEADER = ("", "Value", "Formula or source", "Place", "Grade", "Known on")
_STEP = "  "
"""What a figure's operands are set in by: spaces that HTML keeps."""


def trace_fragment(trace: Trace) -> Fragment:
    """The figure and its operands, a row each, down to the place in each source."""
    figure = trace.figure
    return Fragment(
        title=f"{format_figure(figure)}: {clean(figure.ticker)} {figure.period} {figure_title(figure)}",
        meta=(figure.kind.value, f"known on {figure.known}", clean(figure.id)),
        tables=(FragmentTable(_HEADER, tuple(_rows(trace)), left=len(_HEADER) - 1),),
        notes=(
            clean(figure.note),
            *(f"Successor of {clean(a.id)}: {clean(a.reason)}." for a in trace.aliases),
        ),
    )


def _rows(trace: Trace, depth: int = 0) -> Iterator[tuple[FragmentCell, ...]]:
    figure, source = trace.figure, trace.source
    read: FragmentCell = source_link(source, figure.locator) if source else spelled(trace)
    yield (
        Titled(f"{_STEP * depth}{figure_title(figure)}", figure.period),
        format_figure(figure),
        read,
        _place(figure) if source else "",
        source.grade if source else "",
        figure.known.isoformat(),
    )
    for operand in trace.operands:
        yield from _rows(operand, depth + 1)


def _place(figure: Figure) -> str:
    """Where it stands in its source, beside the label of its row."""
    place = locator_words(figure.locator)
    if isinstance(figure.locator, LabelLocator) or not figure.label:
        return place
    return f"“{clean(figure.label)}”, {place}"
