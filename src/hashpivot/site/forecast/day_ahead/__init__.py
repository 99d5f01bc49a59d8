"""Day-ahead prices: the committee of linear, boosted and neural members."""

from ._committee import CommitteeMember, DayAheadCommittee, DayAheadWalk
from ._panel import DailyPanel

__all__ = [
    "CommitteeMember",
    "DailyPanel",
    "DayAheadCommittee",
    "DayAheadWalk",
]
