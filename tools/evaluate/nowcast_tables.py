"""The tables on the nowcast's track record.

python -m tools write nowcast-tables
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp
from statistics import median
from typing import Any

from hashpivot.bitcoin import NetworkHistory
from hashpivot.ledger import View, bundled
from hashpivot.nowcast import (
    EvidenceKind,
    Horizon,
    NowcastCase,
    Scored,
    Subject,
    days_known,
    evidence_of,
    parse_track_record,
    score,
    scored,
    summary,
)

from ..parts import Made
from .nowcast_record import TABLE

BASELINES = ("last_quarter", "seasonal", "network_scaled")
FIRST_TEST_YEAR, LAST_YEAR = 2024, 2026
FAR = 0.02  # of a hash rate: more than the variance of found blocks explains


def make() -> Made:
    """The section of the page."""
    return {"nowcast-tables": tables(parse_track_record(TABLE.read_text(encoding="utf-8")))}


def tables(cases: Sequence[NowcastCase]) -> str:
    """The generated part of the page."""
    found = summary(cases).to_dict()
    head = (
        f"{found['cases']} nowcasts in all, {found['test_cases']} of them of quarters from {found['from']} "
        f"on, which these tables are about. Of {found['overall']['n']} mining nowcasts "
        f"{found['overall']['coverage80']:.1%} lay in their 80% interval.\n"
    )
    parts = (
        ("Mining revenue, by what was known and when", ("level", "horizon"), found["by_level"]),
        ("Mining revenue, by year", ("year", "horizon"), found["by_year"]),
        ("Mining revenue just before the report, by company", ("ticker",), eve(found["by_company"])),
        ("Other lines just before the report", ("line",), eve(found["other_lines"])),
        ("Total revenue", ("horizon",), found["total"]),
        ("Total revenue by what was known, quarter's end", ("level",), at_end(cases, Subject.TOTAL, "level")),
        (
            "2026 alone, quarter's end",
            ("subject", "level"),
            at_end(cases, None, "subject", "level", first=LAST_YEAR),
        ),
        (
            "By quarters since the last report, quarter's end",
            ("subject", "age"),
            at_end(cases, None, "subject", "age"),
        ),
        ("By line group and level, quarter's end", ("group", "level"), found["by_group_level"]),
        ("By line group and age, quarter's end", ("group", "age"), found["by_group_age"]),
        (
            "Learned from other companies only, quarter's end",
            ("subject", "level"),
            at_end(cases, None, "subject", "level", apart=True),
        ),
    )
    ebitda = ebitda_table(found["adjusted_ebitda"])
    return "\n".join([agreement(), head, *(table(*part) for part in parts), ebitda]) + "\n"


def ebitda_table(rows: Sequence[dict[str, Any]]) -> str:
    """Adjusted EBITDA by moment, beside its last known quarter."""
    lines = [
        "**Adjusted EBITDA, errors as shares of the quarter's revenue**\n",
        "| horizon | n | mean error | median | bias | in 80% | last quarter: mean | median |",
        "|" + "---|" * 8,
    ]
    keys = ("mean_error", "median_error", "bias", "coverage80")
    baseline = ("last_quarter_mean_error", "last_quarter_median_error")
    for row in rows:
        shares = " | ".join(f"{row[key]:.1%}" for key in (*keys, *baseline))
        lines.append(f"| {row['horizon'].replace('_', ' ')} | {row['n']} | {shares} |")
    return "\n".join(lines) + "\n"


def at_end(
    cases: Sequence[NowcastCase],
    subject: Subject | None,
    *names: str,
    first: int = FIRST_TEST_YEAR,
    apart: bool = False,
) -> list[dict[str, Any]]:
    """Rows of scores at the quarter's end; `apart` leaves a company's own past out of what is learned."""
    rows: dict[tuple[str, ...], list[Scored]] = {}
    for each in without_own(cases) if apart else scored(cases):
        case = each.case
        if case.horizon is Horizon.END and case.quarter.year >= first and subject in (None, case.subject):
            rows.setdefault(tuple(_named(case, name) for name in names), []).append(each)
    return [{**dict(zip(names, key, strict=True)), **score(rows[key]).to_dict()} for key in sorted(rows)]


def without_own(cases: Sequence[NowcastCase]) -> list[Scored]:
    """Cases corrected by what other companies' outcomes teach."""
    return [
        each
        for ticker in sorted({case.ticker for case in cases})
        for each in scored(
            [case for case in cases if case.ticker == ticker],
            [case for case in cases if case.ticker != ticker],
        )
    ]


def _named(case: NowcastCase, name: str) -> str:
    return str(getattr(case, name))


def agreement() -> str:
    """How closely bitcoin mined and mining revenue of one period show one hash rate."""
    view, history = View(bundled()), NetworkHistory.load()
    days = days_known(history, history.last_day)
    gaps = []
    for ticker in view.tickers():
        evidence = evidence_of(view, ticker, days)[0]
        mined = {(e.start, e.end): e.log_ehs for e in evidence if e.kind is EvidenceKind.BITCOIN}
        earned = [e for e in evidence if e.kind is EvidenceKind.REVENUE and (e.start, e.end) in mined]
        gaps += [abs(exp(e.log_ehs - mined[e.start, e.end]) - 1) for e in earned]
    far = sum(gap > FAR for gap in gaps)
    return (
        f"Bitcoin mined and mining revenue of the same quarter, {len(gaps)} cases, show effective hash rates "
        f"{median(gaps):.2%} apart in the median, {far} of them more than {FAR:.0%}.\n"
    )


def eve(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the moment before the report."""
    return [row for row in rows if row["horizon"] == "report_eve"]


def table(title: str, names: tuple[str, ...], rows: Sequence[dict[str, Any]]) -> str:
    """A Markdown table; baselines with the model on the same cases in brackets."""
    header = [
        *names,
        "n",
        "MAPE",
        "median",
        "bias",
        "in 80%",
        "width",
        "interval score",
        *(b.replace("_", " ") for b in BASELINES),
    ]
    lines = [f"**{title}**\n", f"| {' | '.join(header)} |", "|" + "---|" * len(header)]
    for row in rows:
        measured = (f"{row[key]:.1%}" for key in ("mape", "median_ape", "bias", "coverage80", "width80"))
        cells = [*(str(row[n]).replace("_", " ") for n in names), str(row["n"]), *measured]
        cells.append(f"{row['interval_score80']:.2f}")
        cells += [against(row, name) for name in BASELINES]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def against(row: dict[str, Any], name: str) -> str:
    """The error of a baseline, with that of the model on the same cases in brackets."""
    if name not in row["baseline_mape"]:
        return ""
    return f"{row['baseline_mape'][name]:.1%} ({row['model_on_baseline_cases'][name]:.1%})"
