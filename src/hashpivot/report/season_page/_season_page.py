"""The page of a season: message, first screen, league, companies, method and sources, ready to be written."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Source
from hashpivot.ledger import QuarterLines, View
from hashpivot.season import Season

from ..charts import STATES
from ..shared import (
    QUESTIONS,
    CheckRule,
    EvidenceList,
    Link,
    Meaning,
    PageHead,
    Quote,
    SeasonReport,
    Sentence,
    TraceAddress,
    clean,
    fiscal_name,
    league_order,
    meanings,
    newer_words,
    pivot_of,
    plain,
    rules,
    season_message,
    source_link,
    verdict_words,
)
from ._first_screen import Panel, panels
from ._league import LeagueRow, league_row
from ._member import Member
from ._nowcast_surprises import Surprises, surprises
from ._verdict_changes import VerdictChanges, verdict_changes
from .company import CompanyView, company_view, last_quarters

GRADES = {"A": "the company's filing", "B": "the company's own release", "C": "a secondary source"}

SECTIONS = ("summary", "nowcast", "method")
"""Parts of the page beside the companies."""


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
class SentencePart:
    """A piece of a sentence, with the address of its evidence if it is a number."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class SeasonPage:
    """Everything the page shows.

    Args:
        lede: The caveat.
        panels: The three charts of the first screen, each with its finding.
        findings: Their sentences.
        newer: Newer quarters with what is known of them; empty without any.
        absent: Companies that owed a report and have no figures.
        sections: Which of `SECTIONS` are shown beside the companies.
    """

    quarter: str
    lede: list[SentencePart]
    panels: list[Panel]
    findings: list[list[SentencePart]]
    league: list[LeagueRow]
    newer: str
    absent: list[str]
    companies: list[CompanyView]
    states: dict[str, str]
    changes: list[VerdictChanges]
    surprises: Surprises
    questions: dict[str, str]
    meanings: dict[str, list[Meaning]]
    checks: list[CheckRule]
    grades: dict[str, str]
    sources: list[SourceRow]
    sections: tuple[str, ...] = SECTIONS


def season_page(report: SeasonReport, trace_of: TraceAddress | None = None) -> tuple[PageHead, SeasonPage]:
    """Build the head and the page of a season from its report.

    Args:
        report: The report.
        trace_of: As `EvidenceList`.
    """
    season = report.season
    message = season_message(season)
    members = _members(season, trace_of)
    by_ticker = {member.company.ticker: member for member in members}
    changes = verdict_changes(report, by_ticker)
    quarters = {m.anchor: last_quarters(season.view, m.company.ticker, season.quarter) for m in members}
    shown = panels(members, message, season.quarter)
    lede, *findings = (_words(said, by_ticker) for said in (message.caveat, *message.findings))
    league = [_row(member, quarters[member.anchor], season.view) for member in members]
    views = [_view(member, quarters[member.anchor], season.view) for member in members]
    sources = _sources(views)
    head = PageHead(
        page="Season",
        name=f"Season {season.quarter}: bitcoin miners turning to AI and chips",
        title=message.title,
        lede=plain(message.caveat),
        meta=_meta(report, sources),
    )
    return head, SeasonPage(
        quarter=str(season.quarter),
        lede=lede,
        panels=shown,
        findings=findings,
        league=league,
        newer=newer_words(season.newer),
        absent=[clean(ticker) for ticker in report.without],
        companies=views,
        states={verdict_words(state): symbol for state, symbol in STATES.items()},
        changes=changes,
        surprises=surprises(report.nowcast),
        questions=QUESTIONS,
        meanings={name: [m for m in meanings() if m.question == name] for name in QUESTIONS},
        checks=rules(),
        grades=GRADES,
        sources=[_source_row(source) for source in sources],
    )


def first_screen(season: Season) -> tuple[list[Panel], list[tuple[Member, LeagueRow]]]:
    """The three panels of a season and its league table, those that have turned furthest first."""
    members = _members(season, None)
    rows = [
        _row(m, last_quarters(season.view, m.company.ticker, season.quarter), season.view) for m in members
    ]
    return panels(members, season_message(season), season.quarter), list(zip(members, rows, strict=True))


def _members(season: Season, trace_of: TraceAddress | None) -> list[Member]:
    """The companies in the order of the league."""
    pairs = [(company, pivot_of(company, season.view)) for company in season.companies]
    return [
        Member(company, pivot, EvidenceList(season.view, f"c{n}", trace_of), f"c{n}")
        for n, (company, pivot) in enumerate(sorted(pairs, key=league_order), 1)
    ]


def _row(member: Member, quarters: list[QuarterLines], view: View) -> LeagueRow:
    fiscal = fiscal_name(member.company, view)
    return league_row(member.company, member.pivot, quarters, fiscal, member.anchor, member.evidence)


def _view(member: Member, quarters: list[QuarterLines], view: View) -> CompanyView:
    fiscal = fiscal_name(member.company, view)
    return company_view(member.company, view, quarters, fiscal, member.anchor, member.evidence)


def _words(sentence: Sentence, members: dict[str, Member]) -> list[SentencePart]:
    """A sentence whose numbers lead to their evidence."""
    return [_quoted(part, members) if isinstance(part, Quote) else SentencePart(part) for part in sentence]


def _quoted(quote: Quote, members: dict[str, Member]) -> SentencePart:
    member = members[quote.ticker]
    return SentencePart(quote.text, member.address(*quote.figures) or member.signed_at)


def _meta(report: SeasonReport, sources: list[Source]) -> tuple[str, ...]:
    season = report.season
    known = len(season.companies)
    newest = max((source.known for source in sources), default=None)
    day = season.view.as_of
    return (
        f"Season {season.quarter}",
        f"{known} chosen companies"
        if season.chosen
        else f"{known} of {known + len(report.without)} miners that owed a report are in the ledger",
        *((f"newest source {newest}",) if newest else ()),
        f"as known on {day}" if day else "latest known figures",
        "US dollars",
        "every number opens its source",
    )


def _sources(views: list[CompanyView]) -> list[Source]:
    sources = {key: source for view in views for key, source in view.sources.items()}
    return sorted(sources.values(), key=lambda s: (s.ticker, s.known, s.key))


def _source_row(source: Source) -> SourceRow:
    return SourceRow(
        ticker=clean(source.ticker) or "several",
        link=source_link(source),
        form=clean(source.form) or "release or page",
        grade=clean(source.grade),
        known=source.known.isoformat(),
        basis=clean(source.known_basis),
    )
