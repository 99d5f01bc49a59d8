"""A nowcast, and the track record of nowcasts."""

from __future__ import annotations

from collections.abc import Sequence

from hashpivot.nowcast import Nowcast, ScoreSummary

from ..answer_pages import nowcast_charts, nowcast_head, track_record_head
from ..shared import clean
from ..terminal import nowcast_table, track_record_tables
from ._fragment import Fragment, Picture


def nowcast_fragment(nowcast: Nowcast, notes: Sequence[str]) -> Fragment:
    """Each company's revenue with its interval, drawn and as a table; who has none, and why.

    Args:
        nowcast: The nowcast.
        notes: What could not be used, one sentence each.
    """
    head = nowcast_head(nowcast)
    return Fragment(
        title=head.title,
        lede=head.lede,
        meta=head.meta,
        pictures=tuple(map(Picture, nowcast_charts(nowcast).values())),
        tables=(nowcast_table(nowcast),),
        notes=(
            *(f"{clean(ticker)}: {clean(why.reason)}" for ticker, why in nowcast.missing.items()),
            *map(clean, notes),
        ),
    )


def track_record_fragment(summary: ScoreSummary) -> Fragment:
    """The scores of past nowcasts."""
    head = track_record_head(summary)
    return Fragment(title=head.title, lede=head.lede, tables=track_record_tables(summary))
