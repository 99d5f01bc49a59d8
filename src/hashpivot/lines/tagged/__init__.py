"""Tagged filings: from facts to rows that add up to the total, and a reading of each period."""

from ._attribute import Parts, cost_parts, depreciation_note, revenue_parts, segment_profit
from ._measures import Reported, measures_of
from ._reading import PeriodReading, Reading, number
from ._rows import Table
from ._statements import Span, Statements

__all__ = [
    "Parts",
    "PeriodReading",
    "Reading",
    "Reported",
    "Span",
    "Statements",
    "Table",
    "cost_parts",
    "depreciation_note",
    "measures_of",
    "number",
    "revenue_parts",
    "segment_profit",
]
