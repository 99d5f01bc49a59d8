"""Day-ahead prices: the committee of linear, boosted and neural members."""

from ._committee import DayAheadCommittee, DayAheadWalk, Member
from ._panel import DailyPanel

__all__ = [
    "DailyPanel",
    "DayAheadCommittee",
    "DayAheadWalk",
    "Member",
]
