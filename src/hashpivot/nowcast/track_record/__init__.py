"""The track record: cases, scores, and intervals calibrated on past errors."""

from ._cases import Horizon, NowcastCase, Subject, load_track_record, parse_track_record, write_track_record
from ._scores import BaselineScore, Score, Scored, ScoreRow, ScoreSummary, score, scored, summary
from ._widening import PRIOR_CASES, Widening, widening, widening_on

__all__ = [
    "PRIOR_CASES",
    "BaselineScore",
    "Horizon",
    "NowcastCase",
    "Score",
    "ScoreRow",
    "ScoreSummary",
    "Scored",
    "Subject",
    "Widening",
    "load_track_record",
    "parse_track_record",
    "score",
    "scored",
    "summary",
    "widening",
    "widening_on",
    "write_track_record",
]
