"""The page of a nowcast, and that of its track record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hashpivot.core import write_text
from hashpivot.nowcast import CompanyNowcast, Nowcast, NowcastInput, ScoreSummary

from ..charts import nowcast_bridge_chart, nowcast_chart
from ..outlook import OriginPart, TraceOfId, origin_parts
from ..shared import (
    Chart,
    PageBody,
    PageHead,
    TextTable,
    TraceAddress,
    clean,
    format_money,
    format_share,
    render_body,
    render_page,
)
from ..terminal import (
    nowcast_details,
    nowcast_table,
    of_lines_alone,
    track_record_tables,
    track_record_words,
)

_UNIT = re.compile(r"_(usd|ehs|btc|btc_per_block)$")


@dataclass(frozen=True, slots=True)
class _UsedInput:
    """One input of a nowcast as the page shows it."""

    name: str
    value: str
    source: tuple[OriginPart, ...]


@dataclass(frozen=True, slots=True)
class _CompanyPart:
    """A company on the page: its lines, the way from its last report, and what that stands on."""

    ticker: str
    table: TextTable
    bridge: Chart | None
    inputs: tuple[_UsedInput, ...]


def nowcast_body(
    nowcast: Nowcast,
    address_of: Callable[[str], str],
    trace_of: TraceAddress,
    notes: Sequence[str] = (),
    trace_of_id: TraceOfId | None = None,
) -> PageBody:
    """Render a nowcast without a frame, to be served: of one company with the way from its last report.

    Args:
        nowcast: The nowcast.
        address_of: Address of a company's nowcast, by ticker.
        trace_of: Address of the trace of what was reported.
        notes: What could not be used, one sentence each.
        trace_of_id: Address of a figure's trace, by its id.
    """
    links = {ticker: address_of(ticker) for ticker in nowcast.companies}
    traces = {
        (company.ticker, name): trace_of([figure])
        for company in nowcast.companies.values()
        for name, figure in (("Last report", company.last), ("Reported", company.reported))
        if figure
    }
    page = _page(nowcast, notes, links, traces, trace_of_id, all_companies=len(nowcast.companies) == 1)
    return render_body("nowcast.html.j2", nowcast_head(nowcast), page, charts=nowcast_charts(nowcast))


def write_nowcast(nowcast: Nowcast, path: Path, notes: Sequence[str] = ()) -> Path:
    """Write the page of a nowcast, every company with the way from its last report and its inputs.

    Args:
        nowcast: The nowcast.
        path: Where.
        notes: What could not be used, one sentence each.

    Raises:
        UnwritableFile: If it cannot be written; what `path` held before is untouched.
    """
    page = _page(nowcast, notes, {}, {}, None, all_companies=True)
    return write_text(render_page("nowcast.html.j2", nowcast_head(nowcast), page), path)


def _page(
    nowcast: Nowcast,
    notes: Sequence[str],
    links: Mapping[str, str],
    traces: Mapping[tuple[str, str], str],
    trace_of_id: TraceOfId | None,
    *,
    all_companies: bool,
) -> Mapping[str, object]:
    several = len(nowcast.companies) > 1
    parts = [_company_part(company, trace_of_id) for company in nowcast.companies.values()]
    return {
        "tables": (nowcast_table(nowcast),),
        "charts": [nowcast_chart(nowcast)] if several else [],
        "words": [
            *(f"{clean(ticker)}: {clean(why.reason)}" for ticker, why in nowcast.missing.items()),
            *map(clean, of_lines_alone(nowcast)),
            *map(clean, notes),
        ],
        "links": links,
        "traces": traces,
        "companies": parts if all_companies else [],
    }


def _company_part(company: CompanyNowcast, trace_of_id: TraceOfId | None) -> _CompanyPart:
    def used(each: NowcastInput) -> _UsedInput:
        source = tuple(origin_parts(each.source, trace_of_id))
        return _UsedInput(clean(_input_name(each.name)), _input_value(each), source)

    bridge, inputs = nowcast_bridge_chart(company), tuple(map(used, company.inputs))
    return _CompanyPart(clean(company.ticker), nowcast_details(company), bridge, inputs)


def _input_name(name: str) -> str:
    """`last_self_mining_revenue_usd` as `last self mining revenue`."""
    return _UNIT.sub("", name).replace("_", " ").removesuffix(" ")


def _input_value(each: NowcastInput) -> str:
    if isinstance(each.value, str):
        return clean(each.value)
    if each.name.endswith("_usd") or each.name.startswith("contract_"):
        return format_money(each.value)
    return f"{each.value:,.0f}" if abs(each.value) >= 1000 else f"{each.value:.4g}"


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
    """`2026Q3, 18 companies before they report: WYFI rises most against its last report (+8%), …`."""
    changes = {
        company.ticker: company.total.median_usd / float(company.last.value) - 1
        for company in nowcast.companies.values()
        if company.last and float(company.last.value) > 0 and not company.reported and not company.turnover
    }
    if len(changes) < 2:
        return f"Revenue of {nowcast.quarter} before it is reported, with an 80% interval"
    most, least = max(changes, key=lambda each: changes[each]), min(changes, key=lambda each: changes[each])
    return (
        f"{nowcast.quarter}, {len(changes)} companies before they report: {clean(most)} rises most against "
        f"its last report ({format_share(changes[most], signed=True)}), {clean(least)} least "
        f"({format_share(changes[least], signed=True)})"
    )


def _message(company: CompanyNowcast) -> str:
    """`RIOT 2024Q4: revenue of $150.1m before it is reported, 80% between $136.3m and $204.3m`."""
    total = company.total
    median, low, high = map(format_money, (total.median_usd, total.p10_usd, total.p90_usd))
    of = "revenue of its lines, turnover of trading apart," if company.turnover else "revenue"
    when = "before it was reported" if company.reported else "before it is reported"
    return f"{clean(company.ticker)} {company.quarter}: {of} of {median} {when}, 80% between {low} and {high}"


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
