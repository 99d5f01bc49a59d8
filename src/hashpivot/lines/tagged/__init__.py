"""Tagged filings: from facts to rows that add up to the total, and a reading of each period."""

from ._attribute import Parts, cost_parts, depreciation_note, revenue_parts, segment_profit
from ._candidate_rows import CandidateRow, CandidateRows
from ._concepts import kind_of
from ._debt_instruments import debt_instruments
from ._doubts import doubts
from ._locate import is_of_income
from ._measures import Reported, measures_of
from ._reading import PeriodReading, Reading
from ._share_counts import share_counts, split_ratios
from ._statement_facts import Span, StatementFacts
from ._total import Total, larger_total, total_cost, total_revenue
from ._vocabulary import Vocabulary, names_ai_hosting, names_bitcoin_mining, names_mining, speaks_of_the_field

__all__ = [
    "CandidateRow",
    "CandidateRows",
    "Parts",
    "PeriodReading",
    "Reading",
    "Reported",
    "Span",
    "StatementFacts",
    "Total",
    "Vocabulary",
    "cost_parts",
    "debt_instruments",
    "depreciation_note",
    "doubts",
    "is_of_income",
    "kind_of",
    "larger_total",
    "measures_of",
    "names_ai_hosting",
    "names_bitcoin_mining",
    "names_mining",
    "revenue_parts",
    "segment_profit",
    "share_counts",
    "speaks_of_the_field",
    "split_ratios",
    "total_cost",
    "total_revenue",
]
