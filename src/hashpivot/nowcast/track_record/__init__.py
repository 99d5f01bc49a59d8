"""The track record: cases, scores, and intervals calibrated on past errors."""

from ._cases import Horizon, NowcastCase, Subject, load_track_record, parse_track_record, write_track_record
from ._ebitda_scores import EbitdaScore
from ._learning import PRIOR_CASES, Correction, Learned, learned_on, nothing_learned
from ._scores import BaselineScore, Score, Scored, ScoreRow, ScoreSummary, score, scored, summary

__all__ = [
    "PRIOR_CASES",
    "BaselineScore",
    "Correction",
    "EbitdaScore",
    "Horizon",
    "Learned",
    "NowcastCase",
    "Score",
    "ScoreRow",
    "ScoreSummary",
    "Scored",
    "Subject",
    "learned_on",
    "load_track_record",
    "nothing_learned",
    "parse_track_record",
    "score",
    "scored",
    "summary",
    "write_track_record",
]
