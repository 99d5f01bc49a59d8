"""The track record: cases, scores, and intervals calibrated on past errors."""

from ._calibrate import PRIOR_CASES, Widening, widening, widening_by
from ._record import Case, Horizon, Subject, parse_record, record, write_record
from ._score import Score, Scored, score, scored, summary

__all__ = [
    "PRIOR_CASES",
    "Case",
    "Horizon",
    "Score",
    "Scored",
    "Subject",
    "Widening",
    "parse_record",
    "record",
    "score",
    "scored",
    "summary",
    "widening",
    "widening_by",
    "write_record",
]
