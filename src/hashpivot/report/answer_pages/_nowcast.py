"""The page of a nowcast, and that of its track record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hashpivot.nowcast import CompanyNowcast, Nowcast, ScoreSummary

from ..charts import nowcast_bridge_chart, nowcast_chart
from ..shared import Chart, PageBody, PageHead, TraceAddress, clean, format_money, render_body
from ..terminal import nowcast_table, track_record_tables, track_record_words


def nowcast_body(
    nowcast: Nowcast, address_of: Callable[[str], str], trace_of: TraceAddress, notes: Sequence[str] = ()
) -> PageBody:
    """Render a nowcast without a frame, to be served: of one company with the way from its last report.

    Args:
        nowcast: The nowcast.
        address_of: Address of a company's nowcast, by ticker.
        trace_of: Address of the trace of what was reported.
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
        "traces": {
            (company.ticker, name): trace_of([figure])
            for company in nowcast.companies.values()
            for name, figure in (("Last report", company.last), ("Reported", company.reported))
            if figure
        },
    }
    return render_body("tables.html.j2", nowcast_head(nowcast), page, charts=charts)


def nowcast_head(nowcast: Nowcast) -> PageHead:
    """What stands at the top of the page of a nowcast; of one company its message is the number."""
    companies = list(nowcast.companies.values())
    reported = sum(company.reported is not None for company in companies)
    counts = f"{len(companies)} companies, {reported} of them have reported" if len(companies) > 1 else ""
    before = "one that has reported: as of the day before" if reported else ""
    return PageHead(
        page="Nowcast",
        name=f"Nowcast {nowcast.quarter}",
        title=_message(companies[0]) if len(companies) == 1 else _question(nowcast),
        lede=clean(nowcast.note),
        meta=tuple(filter(None, (f"as of {nowcast.as_of}", counts, "US dollars", before))),
    )


def _question(nowcast: Nowcast) -> str:
    return f"Revenue of {nowcast.quarter} before it is reported, with an 80% interval"


def _message(company: CompanyNowcast) -> str:
    """`RIOT 2024Q4: revenue of $150.1m before it is reported, 80% between $136.3m and $204.3m`."""
    total = company.total
    median, low, high = map(format_money, (total.median_usd, total.p10_usd, total.p90_usd))
    when = "before it was reported" if company.reported else "before it is reported"
    return (
        f"{clean(company.ticker)} {company.quarter}: revenue of {median} {when}, 80% between {low} and {high}"
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
