"""A nowcast on the terminal, and its track record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hashpivot.core import Missing
from hashpivot.nowcast import CompanyNowcast, Estimate, Nowcast, Score, ScoreRow, ScoreSummary

from ..charts import step_words, surprise_words
from ..shared import TextTable, format_money
from ._console import DASH, print_fitting_table, print_line, print_sentences, print_text_table

if TYPE_CHECKING:
    from rich.console import Console

_SMALLEST_STEP_USD = 500
"""Steps of a bridge below this are rounding: amounts are shown in thousands."""

_HARDLY_KNOWN = 20
"""Judged: a median between ends that are so many times apart is a guess."""

_HEADER = (
    "Company",
    "Revenue",
    "80% interval",
    "Last report",
    "Known",
    "As of",
    "Mining",
    "AI",
    "Reported",
    "Surprise",
)
_BASELINES = ("last_quarter", "seasonal", "network_scaled")
_SCORES = ("n", "MAPE", "Median", "Bias", "In 80%", "Width", "Last", "Year ago", "Scaled")


def print_nowcast(nowcast: Nowcast, console: Console, *, detailed: bool = False) -> None:
    """Print one row a company: revenue with its interval, and what was reported.

    Args:
        nowcast: The nowcast.
        console: Where.
        detailed: The first company by line and step too.
    """
    print_fitting_table(console, nowcast_table(nowcast))
    print_sentences(console, *(f"{ticker}: {why}" for ticker, why in nowcast.missing.items()))
    print_sentences(console, *of_lines_alone(nowcast))
    if detailed and nowcast.companies:
        _print_details(next(iter(nowcast.companies.values())), console)
    print_sentences(
        console,
        *filter(None, (nowcast.note,)),
        "Known: updates = bitcoin mined of the quarter, hashrate = its hash rate, network = nothing since "
        "the last report. Hardly known: an 80% interval whose ends are over 20-fold apart. How well this "
        "does: hashpivot nowcast --backtest",
    )


def nowcast_table(nowcast: Nowcast) -> TextTable:
    """One row a company: revenue with its interval, and what was reported."""
    rows = tuple(_row(company) for company in nowcast.companies.values())
    return TextTable(f"Nowcast {nowcast.quarter}, as of {nowcast.as_of}", _HEADER, rows)


def of_lines_alone(nowcast: Nowcast) -> list[str]:
    """One sentence for every company whose reported total is of another kind than its lines."""
    return [
        f"{c.ticker}: the nowcast is of {c.total_basis}" for c in nowcast.companies.values() if c.turnover
    ]


def print_track_record(summary: ScoreSummary, console: Console) -> None:
    """Print the scores of past nowcasts beside those of three baselines."""
    print_line(console, track_record_words(summary), "")
    for table in track_record_tables(summary):
        print_text_table(console, table)


def track_record_words(summary: ScoreSummary) -> str:
    """How many nowcasts were scored, and how."""
    return (
        f"{summary.cases} nowcasts of past quarters, {summary.test_cases} of them of {summary.first_quarter} "
        "or later. Errors are shares of what was first reported."
    )


def track_record_tables(summary: ScoreSummary) -> tuple[TextTable, ...]:
    """The scores of past nowcasts beside those of three baselines."""
    baselines = (
        "Baselines: mean absolute error of the last quarter, the same quarter a year before, and the last",
        "quarter times the change in network revenue per hash; in brackets the model on the same cases.",
    )
    return (
        _scores("Mining revenue by what was known", ("level", "horizon"), summary.by_level),
        _scores("Mining revenue by year", ("year", "horizon"), summary.by_year),
        _scores("Total revenue", ("horizon",), summary.total, baselines),
        _intervals("Intervals at the quarter's end by what was known", "level", summary.by_group_level),
        _intervals(
            "Intervals at the quarter's end by quarters since the last report",
            "age",
            summary.by_group_age,
            ("Score: width of the interval of log revenue, and ten times how far outcomes lay outside.",),
        ),
        _ebitda_scores(summary),
    )


def _row(company: CompanyNowcast) -> tuple[str, ...]:
    return (
        company.ticker,
        format_money(company.total.median_usd),
        _interval(company.total),
        str(company.last.quarter) if company.last else "none",
        company.level,
        company.as_of.isoformat(),
        _group(company, "mining"),
        _group(company, "ai"),
        format_money(company.reported.value) if company.reported else "",
        surprise_words(company) if company.reported else "",
    )


def _interval(estimate: Estimate) -> str:
    """`$58.8m to $228.4m`; an interval so wide that its ends say nothing is called so."""
    low, high = estimate.p10_usd, estimate.p90_usd
    if 0 < low < high / _HARDLY_KNOWN:
        return f"hardly known, {high / low:,.0f}-fold"
    return f"{format_money(low)} to {format_money(high)}"


def _group(company: CompanyNowcast, group: str) -> str:
    medians = [line.estimate.median_usd for line in company.lines if line.line.group == group]
    return format_money(sum(medians)) if medians else ""


def _print_details(company: CompanyNowcast, console: Console) -> None:
    print_fitting_table(console, nowcast_details(company))
    print_sentences(console, *_reasons(company), "")
    if company.bridge:
        print_fitting_table(console, nowcast_steps(company))
    print_sentences(console, *(f"Not used: {each.figure.id}: {each.reason}" for each in company.excluded), "")


def nowcast_steps(company: CompanyNowcast) -> TextTable:
    """The way from the last report to the nowcast."""
    rows = tuple(
        (step_words(company, step), format_money(step.usd))
        for step in company.bridge
        if abs(step.usd) >= _SMALLEST_STEP_USD
    )
    return TextTable("From the last report to the nowcast", ("Step", "USD"), rows)


def nowcast_details(company: CompanyNowcast) -> TextTable:
    """One company by line, its profit, and what it rests on."""
    rows = [_detail(line.line.heading, line.estimate, line.basis) for line in company.lines]
    rows += [_detail(*profit) for profit in _profits(company)]
    return TextTable(f"{company.ticker} by line", ("", "Median", "80% interval", "Basis"), tuple(rows))


def _profits(company: CompanyNowcast) -> tuple[tuple[str, Estimate | Missing, str], ...]:
    """What is nowcast beside revenue: name, value and basis."""
    return (
        ("Gross profit", company.total_gross_profit, ""),
        ("Adjusted EBITDA", company.adjusted_ebitda, company.ebitda_basis),
        ("Fair value of bitcoin", company.fair_value_change, "change over the quarter, not revenue"),
    )


def _reasons(company: CompanyNowcast) -> list[str]:
    """Why a profit is absent, or whose definition it goes by: narrow terminals leave out the basis."""
    reasons = ((name, v.reason if isinstance(v, Missing) else basis) for name, v, basis in _profits(company))
    return [f"{name}: {reason}." for name, reason in reasons if reason]


def _detail(name: str, value: Estimate | Missing, basis: str = "") -> tuple[str, str, str, str]:
    if isinstance(value, Missing):
        return name, DASH, "", value.reason
    return name, format_money(value.median_usd), _interval(value), basis


def _scores(
    title: str, names: tuple[str, ...], rows: Sequence[ScoreRow], notes: tuple[str, ...] = ()
) -> TextTable:
    cells = tuple(
        (
            *(row.group[name].replace("_", " ") for name in names),
            str(row.score.n),
            *(f"{share:.1%}" for share in _shares(row.score)),
            *(_against(row.score, name) for name in _BASELINES),
        )
        for row in rows
    )
    header = (*(name.capitalize() for name in names), *_SCORES)
    return TextTable(title, header, cells, len(names), notes)


def _intervals(title: str, name: str, rows: Sequence[ScoreRow], notes: tuple[str, ...] = ()) -> TextTable:
    cells = tuple(
        (
            row.group["group"],
            row.group[name],
            str(row.score.n),
            f"{row.score.mape:.1%}",
            f"{row.score.coverage80:.1%}",
            f"{row.score.width80:.1%}",
            f"{row.score.interval_score80:.2f}",
        )
        for row in rows
    )
    header = ("Lines", name.capitalize(), "n", "MAPE", "In 80%", "Width", "Score")
    return TextTable(title, header, cells, 2, notes)


def _ebitda_scores(summary: ScoreSummary) -> TextTable:
    cells = tuple(
        (
            row.horizon.replace("_", " "),
            str(row.n),
            f"{row.mean_error:.1%}",
            f"{row.median_error:.1%}",
            f"{row.bias:.1%}",
            f"{row.coverage80:.1%}",
            f"{row.last_quarter_mean_error:.1%} ({row.last_quarter_median_error:.1%})",
        )
        for row in summary.adjusted_ebitda
    )
    header = ("Horizon", "n", "Mean", "Median", "Bias", "In 80%", "Last quarter")
    notes = ("Errors are shares of the quarter's revenue; of the last quarter the mean (median).",)
    return TextTable("Adjusted EBITDA", header, cells, 1, notes)


def _shares(score: Score) -> tuple[float, ...]:
    return score.mape, score.median_ape, score.bias, score.coverage80, score.width80


def _against(score: Score, name: str) -> str:
    baseline = score.baselines.get(name)
    return f"{baseline.mape:.1%} ({baseline.model_mape:.1%})" if baseline else ""
