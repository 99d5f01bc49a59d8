"""Releases: tables on pages without tags, as dated columns and labelled numbers with units."""

from ._hash_rates import HASH_RATE, hash_rate_shifts
from ._period_header import read_period
from ._read_release import Release, read_release
from ._types import ReleaseColumn, ReleaseRow, ReleaseTable, ReleaseValue, UnreadCell

__all__ = [
    "HASH_RATE",
    "Release",
    "ReleaseColumn",
    "ReleaseRow",
    "ReleaseTable",
    "ReleaseValue",
    "UnreadCell",
    "hash_rate_shifts",
    "read_period",
    "read_release",
]
