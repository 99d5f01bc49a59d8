"""The page of a trace: a figure's formula, and the stored filing at the place each operand was read from."""

from ._page import ROOT, ServedTrace, render_trace, trace_body
from ._quote import quote_of
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
    "ServedTrace",
    "Succession",
    "TraceView",
    "TracedLeaf",
    "fetch_command",
    "is_transcribed",
    "locator_words",
    "quote_of",
    "render_trace",
    "trace_body",
    "trace_view",
]
