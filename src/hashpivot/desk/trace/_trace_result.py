"""A trace, as a desk hands it out."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.ledger import Trace


@dataclass(frozen=True, repr=False)
class TraceResult(Trace):
    """A figure with where it comes from, that shows itself in a notebook as other results do."""

    def _repr_html_(self) -> str:
        """What a notebook shows: the figure and its operands, down to the place in each source."""
        from hashpivot.report import render_fragment, trace_fragment

        return render_fragment(trace_fragment(self), (".to_frame()", ".to_dict()", "print(trace)"))
