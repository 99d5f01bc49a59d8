"""The page of a season: summary, league table, companies, method and sources, ready to be written."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import GROUPS, Source
from hashpivot.season import Season

from ..charts import STATES
from ..shared import (
    QUESTIONS,
    STRENGTHS,
    SYMBOLS,
    TITLES,
    UNSPLIT,
    CheckRule,
    Link,
    Meaning,
    SeasonReport,
    clean,
    meanings,
    rules,
    source_link,
    summary,
    verdict_words,
)
from ._nowcast_surprises import Surprises, surprises
from ._verdict_changes import VerdictChanges, verdict_changes
from .company import CompanyView, company_view

GRADES = {"A": "the company's filing", "B": "the company's own release", "C": "a secondary source"}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source in the list at the end."""

    ticker: str
    link: Link
    form: str
    grade: str
    known: str
    basis: str


@dataclass(frozen=True, slots=True)
class SeasonPage:
    """Everything the page shows."""

    quarter: str
    summary: str
    as_of: str
    companies: list[CompanyView]
    legend: dict[str, str]
    symbols: dict[str, str]
    states: dict[str, str]
    changes: list[VerdictChanges]
    surprises: Surprises
    questions: dict[str, str]
    meanings: dict[str, list[Meaning]]
    checks: list[CheckRule]
    grades: dict[str, str]
    sources: list[SourceRow]


def season_page(report: SeasonReport) -> SeasonPage:
    """Build the page of a season from its report."""
    season = report.season
    anchors = {company.ticker: f"c{n}" for n, company in enumerate(season.companies, 1)}
    views = [company_view(season, company, anchors[company.ticker]) for company in season.companies]
    sources = {key: source for view in views for key, source in view.sources.items()}
    ordered = sorted(sources.values(), key=lambda s: (s.ticker, s.known, s.key))
    return SeasonPage(
        quarter=str(season.quarter),
        summary=summary(season),
        as_of=_as_of(season, ordered),
        companies=views,
        legend={**{group: TITLES[group] for group in GROUPS}, UNSPLIT: "not by line"},
        symbols={SYMBOLS[strength]: words for strength, words in STRENGTHS.items()},
        states={verdict_words(state): symbol for state, symbol in STATES.items()},
        changes=verdict_changes(report, anchors),
        surprises=surprises(report.nowcast),
        questions=QUESTIONS,
        meanings={name: [m for m in meanings() if m.question == name] for name in QUESTIONS},
        checks=rules(),
        grades=GRADES,
        sources=[_source_row(source) for source in ordered],
    )


def _as_of(season: Season, sources: list[Source]) -> str:
    if season.view.as_of:
        return f"Figures as known on {season.view.as_of}."
    newest = max((source.known for source in sources), default=None)
    return f"Latest known figures; the newest source became public by {newest}." if newest else ""


def _source_row(source: Source) -> SourceRow:
    return SourceRow(
        ticker=clean(source.ticker) or "several",
        link=source_link(source),
        form=clean(source.form) or "release or page",
        grade=clean(source.grade),
        known=source.known.isoformat(),
        basis=clean(source.known_basis),
    )
