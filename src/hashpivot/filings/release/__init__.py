"""Releases: tables on pages without tags, as dated columns and labelled numbers with units."""

from ._pages import is_page, may_hold_tables, parse_page
from ._period_header import read_period
from ._read_release import Release, read_release
from ._types import ReleaseColumn, ReleaseRow, ReleaseTable, ReleaseValue, UnreadCell

__all__ = [
    "Release",
    "ReleaseColumn",
    "ReleaseRow",
    "ReleaseTable",
    "ReleaseValue",
    "UnreadCell",
    "is_page",
    "may_hold_tables",
    "parse_page",
    "read_period",
    "read_release",
]
