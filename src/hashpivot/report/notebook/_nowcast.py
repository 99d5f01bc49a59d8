"""A nowcast, and the track record of nowcasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hashpivot.nowcast import CompanyNowcast, Nowcast, ScoreSummary

from ..answer_pages import nowcast_charts, nowcast_head, track_record_head
from ..shared import TextTable, clean
from ..terminal import nowcast_details, nowcast_table, track_record_tables
from ._fragment import Fragment, Picture


def nowcast_fragment(nowcast: Nowcast, notes: Sequence[str]) -> Fragment:
    """Each company's revenue with its interval, drawn and as a table; who has none, and why.

    Args:
        nowcast: The nowcast.
        notes: What could not be used, one sentence each.
    """
    head, companies = nowcast_head(nowcast), list(nowcast.companies.values())
    return Fragment(
        title=head.title,
        lede=head.lede,
        meta=head.meta,
        pictures=tuple(map(Picture, nowcast_charts(nowcast).values())),
        tables=(nowcast_table(nowcast), *map(_details, companies if len(companies) == 1 else ())),
        notes=(
            *(f"{clean(ticker)}: {clean(why.reason)}" for ticker, why in nowcast.missing.items()),
            *map(clean, notes),
        ),
    )


def _details(company: CompanyNowcast) -> TextTable:
    """A company by line, its amounts in the columns of numbers and what they rest on last."""
    table = nowcast_details(company)
    return replace(table, title="By line", left=len(table.header))


def track_record_fragment(summary: ScoreSummary) -> Fragment:
    """The scores of past nowcasts."""
    head = track_record_head(summary)
    return Fragment(title=head.title, lede=head.lede, tables=track_record_tables(summary))
