"""The track record: what became of each target."""

from ._judge import TrackRecord, judge_targets, track_record
from ._judged import TOLERANCE, Judged, Verdict

__all__ = [
    "TOLERANCE",
    "Judged",
    "TrackRecord",
    "Verdict",
    "judge_targets",
    "track_record",
]
