"""The page of a nowcast, and that of its track record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hashpivot.nowcast import Nowcast, ScoreSummary

from ..charts import nowcast_bridge_chart, nowcast_chart
from ..shared import Chart, PageBody, PageHead, clean, render_body
from ..terminal import nowcast_table, track_record_tables, track_record_words


def nowcast_body(nowcast: Nowcast, address_of: Callable[[str], str], notes: Sequence[str] = ()) -> PageBody:
    """Render a nowcast without a frame, to be served: of one company with the way from its last report.

    Args:
        nowcast: The nowcast.
        address_of: Address of a company's nowcast, by ticker.
        notes: What could not be used, one sentence each.
    """
    charts = nowcast_charts(nowcast)
    page = {
        "tables": (nowcast_table(nowcast),),
        "charts": list(charts.values()),
        "words": [
            *(f"{clean(ticker)}: {clean(why.reason)}" for ticker, why in nowcast.missing.items()),
            *map(clean, notes),
        ],
        "links": {ticker: address_of(ticker) for ticker in nowcast.companies},
    }
    return render_body("tables.html.j2", nowcast_head(nowcast), page, charts=charts)


def nowcast_head(nowcast: Nowcast) -> PageHead:
    """What stands at the top of the page of a nowcast."""
    reported = sum(company.reported is not None for company in nowcast.companies.values())
    return PageHead(
        page="Nowcast",
        name=f"Nowcast {nowcast.quarter}",
        title=f"Revenue of {nowcast.quarter} before it is reported, with an 80% interval",
        lede=clean(nowcast.note),
        meta=(
            f"as of {nowcast.as_of}",
            f"{len(nowcast.companies)} companies, {reported} of them have reported",
            "US dollars",
            "one that has reported: as of the day before",
        ),
    )


def track_record_body(summary: ScoreSummary) -> PageBody:
    """Render the scores of past nowcasts without a frame, to be served.

    Args:
        summary: The scores.
    """
    page = {"tables": track_record_tables(summary), "charts": [], "words": [], "links": {}}
    return render_body("tables.html.j2", track_record_head(summary), page)


def track_record_head(summary: ScoreSummary) -> PageHead:
    """What stands at the top of the page of a track record."""
    return PageHead(
        page="Nowcast",
        name="Track record of the nowcast",
        title="How well the nowcast has done, beside three simple rules",
        lede=track_record_words(summary),
    )


def nowcast_charts(nowcast: Nowcast) -> dict[str, Chart]:
    """The intervals of several companies; of one alone its bridge."""
    companies = list(nowcast.companies.values())
    bridge = nowcast_bridge_chart(companies[0]) if len(companies) == 1 else None
    if bridge:
        return {"bridge": bridge}
    return {"intervals": nowcast_chart(nowcast)} if companies else {}
