"""The outlook's HTML page: the message, three charts, statements by year, and every input with its origin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from hashpivot.core import Missing, write_text
from hashpivot.outlook import (
    SCENARIOS,
    Calibration,
    ListedContract,
    Outlook,
    OutlookSummary,
    PastQuarter,
    RevenueReconciliation,
    ScenarioBridge,
    Swings,
    Tornado,
    YearResults,
    no_contracts,
)

from ..charts import decides_words, swings_chart
from ..shared import Chart, PageBody, PageHead, TextTable, clean, render_body, render_page
from ._answers import outlook_answers
from ._contract_table import ContractView, contract_header, contract_views
from ._first_charts import (
    CaseRow,
    case_rows,
    cases_together,
    cash_ahead,
    market_charts,
    maturities_ahead,
    maturity_words,
    revenue_ahead,
    revenue_multiples,
)
from ._input_names import case_label
from ._inputs_view import InputGroup, TraceOfId, assumed_words, input_groups
from ._message import least_paid, outlook_headline, outlook_lede, start_words
from ._solvency import DASH, assume_option, solvency_missing, solvency_needs, solvency_reasons
from ._tables import (
    beside_table,
    leaning_table,
    lines_table,
    outlooks_table,
    quarters_table,
    scenario_bridge_table,
    tornado_table,
    why_chart,
    why_tables,
)
from ._yearly_table import yearly_table

_SAID_SWINGS = 6
_LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True)
class OutlookStudies:
    """What is shown beside an outlook.

    Args:
        history: Quarters before its first.
        years: Its calendar years.
        swings: What each input does on its own.
        tornado: What inputs do when all vary at once, if that was asked for.
        bridge: From the base case to the scenario, if that was asked for.
        beside: Other cases on the same random numbers.
        why: From the last reported quarter to the first projected one, or why not; None to leave it out.
        contracts: Its AI contracts.
    """

    history: Sequence[PastQuarter]
    years: Sequence[YearResults]
    swings: Swings
    tornado: Tornado | None = None
    bridge: ScenarioBridge | None = None
    beside: Sequence[OutlookSummary] = ()
    why: RevenueReconciliation | Missing | None = None
    contracts: Sequence[ListedContract] = ()


@dataclass(frozen=True, slots=True)
class _CashPanel:
    """What is missing for a chart of cash and why, what would allow it, and the option to assume it."""

    missing: str
    reasons: Sequence[str]
    needs: Sequence[str]
    option: str


@dataclass(frozen=True, slots=True)
class OutlookPage:
    """Everything the page shows."""

    revenue: Chart
    cash: Chart | None
    maturities: Chart | None
    no_maturity: str
    no_cash: _CashPanel
    decides: Chart
    decides_words: list[str]
    outcome: str
    cases: list[CaseRow]
    tables: list[TextTable]
    why: Chart | None
    why_tables: list[TextTable]
    contracts: list[ContractView]
    contract_header: tuple[str, ...]
    contract_note: str
    details: list[TextTable]
    answers: list[str]
    remarks: list[str]
    market: list[Chart]
    groups: list[InputGroup]
    assumed: str


def render_outlook(found: Outlook, calibration: Calibration, studies: OutlookStudies) -> str:
    """The page of an outlook, as text; it needs no script and loads nothing.

    Args:
        found: The outlook.
        calibration: Where its inputs came from.
        studies: What is shown beside it.
    """
    page = _page(found, calibration, studies)
    return render_page("outlook.html.j2", _head(found.summary, found), page)


def outlook_body(
    found: Outlook, calibration: Calibration, studies: OutlookStudies, trace_of: TraceOfId | None = None
) -> PageBody:
    """Render an outlook without a frame, to be served.

    Args:
        found, calibration, studies: As `render_outlook`.
        trace_of: Address of a figure's trace, by its id.
    """
    page = _page(found, calibration, studies, trace_of)
    charts = {"revenue": page.revenue, "decides": page.decides}
    charts |= {name: chart for name, chart in (("cash", page.cash), ("why", page.why)) if chart}
    return render_body("outlook.html.j2", _head(found.summary, found), page, charts=charts)


def write_outlook(
    found: Outlook, calibration: Calibration, path: str | Path, studies: OutlookStudies
) -> Path:
    """Write the page, whole or not at all, and return its path; the other arguments as `render_outlook`.

    Raises:
        UnwritableFile: If it cannot be written; what `path` held before is untouched.
    """
    return write_text(render_outlook(found, calibration, studies), Path(path))


def outlooks_body(
    summaries: Sequence[OutlookSummary],
    absent: Mapping[str, str],
    names: Mapping[str, str],
    address_of: Callable[[str], str],
    histories: Mapping[str, Sequence[PastQuarter]],
) -> PageBody:
    """Render the outlooks of several companies without a frame, to be served.

    Args:
        summaries: One a company.
        absent: Why a company has none, by ticker.
        names: Names of companies by ticker.
        address_of: Address of a company's outlook, by ticker.
        histories: The quarters before, by ticker.
    """
    links = {summary.ticker: address_of(summary.ticker) for summary in summaries}
    page = _outlooks_page(summaries, absent, names, links, histories)
    return render_body("tables.html.j2", _outlooks_head(summaries), page)


def render_outlooks(
    summaries: Sequence[OutlookSummary],
    absent: Mapping[str, str],
    names: Mapping[str, str],
    histories: Mapping[str, Sequence[PastQuarter]],
) -> str:
    """The page of the outlooks of several companies, as text; the arguments as `outlooks_body`."""
    page = _outlooks_page(summaries, absent, names, {}, histories)
    return render_page("tables.html.j2", _outlooks_head(summaries), page)


def _outlooks_page(
    summaries: Sequence[OutlookSummary],
    absent: Mapping[str, str],
    names: Mapping[str, str],
    links: Mapping[str, str],
    histories: Mapping[str, Sequence[PastQuarter]],
) -> Mapping[str, object]:
    reasons = [f"{clean(ticker)}: {clean(reason)}" for ticker, reason in absent.items()]
    table = outlooks_table(summaries, names)
    places = {row[0]: number for number, row in enumerate(table.rows)}
    ordered = sorted(summaries, key=lambda summary: places[summary.ticker])
    charts = revenue_multiples(ordered, histories)
    keys = [chart.key for _, chart in charts]
    return {
        "tables": (table,),
        "charts": [],
        "panels": charts,
        "panels_title": "Revenue by line, USD million a quarter, all on one scale",
        "panels_what": "Bars reported, pale nowcast; ahead the median, split by mean shares, and 80% band",
        "panels_key": {kind: title for key in keys for kind, title in key.items()},
        "messages": [(summary.ticker, clean(_message_of(summary))) for summary in ordered],
        "words": [*reasons, *_not_judged(summaries)],
        "links": links,
    }


def _message_of(summary: OutlookSummary) -> str:
    return summary.carrier.sentence.removeprefix(f"{summary.ticker}: ")


def _not_judged(summaries: Sequence[OutlookSummary]) -> list[str]:
    """`Solvency needs the 10-Q for 2026Q2: CORZ, RIOT`: by filing, the companies that lack it."""
    waiting: dict[str, list[str]] = {}
    for summary in summaries:
        for need in solvency_needs(summary)[:1]:
            waiting.setdefault(need.partition(" (")[0], []).append(summary.ticker)
    return [
        clean(f"Cash and debt are not projected without the {need}: {', '.join(tickers)}")
        for need, tickers in sorted(waiting.items())
    ]


def _outlooks_head(summaries: Sequence[OutlookSummary]) -> PageHead:
    first = summaries[0] if summaries else None
    said = (
        (f"scenario: {clean(case_label(first.scenario))}", f"{first.paths:,} paths", f"seed {first.seed}")
        if first
        else ()
    )
    return PageHead(
        page="Outlook",
        name="Outlook",
        title=_outlooks_title(summaries),
        lede=least_paid(summaries) if summaries else "",
        meta=tuple(said),
    )


def _outlooks_title(summaries: Sequence[OutlookSummary]) -> str:
    """`AI and chips bring most of revenue at 10 of 23 companies by 2029Q3; they pay overheads at 3, …`."""
    if not summaries:
        return "No company has an outlook"
    last = summaries[0].quarters[-1].quarter
    lasts = [s.carrier.last for s in summaries if s.quarters[-1].p_ai_chips_majority > 0.5]
    pays = sum((each.ebitda_usd or -1.0) >= 0 for each in lasts)
    unknown = sum(each.ebitda_usd is None for each in lasts)
    said = f"AI and chips bring most of revenue at {len(lasts)} of {len(summaries)} companies by {last}"
    if not lasts:
        return said
    rest = f"; overheads are paid at {pays} of them"
    return said + rest + (f", at {unknown} that is not known" if unknown else "")


def _head(summary: OutlookSummary, found: Outlook) -> PageHead:
    says = [SCENARIOS[name].brief for name in summary.scenario.split("+") if name in SCENARIOS]
    title, more = outlook_headline(summary)
    return PageHead(
        page="Outlook",
        name=clean(f"Outlook {summary.ticker}, {case_label(summary.scenario)}"),
        title=clean(title, _LONGEST_TITLE),
        lede=f"{clean(more, _LONGEST_TITLE)} {outlook_lede(summary)}".strip(),
        meta=(
            f"Scenario: {clean(case_label(summary.scenario))}",
            *says,
            f"{summary.paths:,} paths",
            f"seed {summary.seed}",
            f"starts {found.case.start.as_of + timedelta(days=1)}",
            "US dollars",
        ),
    )


def _page(
    found: Outlook, calibration: Calibration, studies: OutlookStudies, trace_of: TraceOfId | None = None
) -> OutlookPage:
    summary, history = found.summary, studies.history
    groups = input_groups(found.case, calibration, trace_of)
    cases = (summary, *studies.beside)
    header, note = contract_header(studies.contracts)
    none_known = no_contracts(summary.ticker)
    tables = [beside_table(cases)] if studies.beside else []
    tables += [scenario_bridge_table(studies.bridge)] if studies.bridge else []
    tables += [tornado_table(studies.tornado)] if studies.tornado else []
    return OutlookPage(
        revenue=revenue_ahead(summary, history),
        cash=cash_ahead(summary, history),
        maturities=maturities_ahead(summary),
        no_maturity=maturity_words(summary),
        no_cash=_CashPanel(
            solvency_missing(summary),
            solvency_reasons(summary),
            solvency_needs(summary),
            assume_option(summary),
        ),
        decides=swings_chart(studies.swings),
        decides_words=decides_words(studies.swings, _SAID_SWINGS),
        outcome=studies.swings.outcome,
        cases=[cases_together(cases, history), *case_rows(cases, history)] if studies.beside else [],
        tables=[*tables, yearly_table(studies.years, history)],
        why=why_chart(studies.why),
        why_tables=why_tables(studies.why),
        contracts=contract_views(studies.contracts),
        contract_header=header,
        contract_note=note if studies.contracts else clean(none_known),
        details=[quarters_table(summary), leaning_table(summary), lines_table(summary)],
        answers=[words for words in outlook_answers(summary) if words and words != DASH],
        remarks=[clean(each) for each in (start_words(summary), *summary.remarks) if each != none_known],
        market=market_charts(summary, history),
        groups=groups,
        assumed=assumed_words(groups),
    )
