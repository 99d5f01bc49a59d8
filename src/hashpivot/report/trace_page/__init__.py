"""The page of a trace: a figure's formula, and the stored filing at the place each operand was read from."""

from ._page import ROOT, render_trace
from ._trace_view import (
    BoxedPlace,
    Succession,
    TracedLeaf,
    TraceView,
    fetch_command,
    is_transcribed,
    locator_words,
    trace_view,
)

__all__ = [
    "ROOT",
    "BoxedPlace",
    "Succession",
    "TraceView",
    "TracedLeaf",
    "fetch_command",
    "is_transcribed",
    "locator_words",
    "render_trace",
    "trace_view",
]
