"""The page of a company: everything its template shows, ready to be written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hashpivot.company import DEFINITIONS, CompanyProfile, short_name
from hashpivot.core import Figure, Missing, Source

from ..charts import TargetsView
from ..company_words import company_title, key_text
from ..season_page.company import AnswerView, answer_view
from ..shared import Cell, Chart, EvidenceList, Link, Node, PageHead, TraceAddress, clean, source_link
from ._absence_view import AbsenceKind, absence_kinds
from ._contract_rows import ContractLine, contract_lines
from ._debt_rows import DebtView, debt_view
from ._event_rows import EventLine, event_lines
from ._line_multiples import line_multiples
from ._megawatt_chart import megawatt_chart
from ._quarter_rows import (
    QuarterRow,
    QuarterTableView,
    line_rows,
    measure_rows,
    quarter_cell,
    share_rows,
)
from ._target_table import target_table

BASES = {
    "filed": "day it was filed",
    "signed": "day it was signed",
    "dated": "day it, or a page about it, gives",
    "url": "day its address names",
    "deadline": "assumed: the deadline for filing",
    "added": "day it was added",
}
"""How the day a source became known was found."""


@dataclass(frozen=True, slots=True)
class KeyTile:
    """A number at the top.

    Args:
        text: As it is written.
        cell: Its evidence, or why there is none.
        caption: What it is.
        stands_on: The list it was counted from, where it stands on no figure: `contracts`; else empty.
    """

    text: str
    cell: Cell
    caption: str
    stands_on: str


@dataclass(frozen=True, slots=True)
class CompanySourceRow:
    """A source of the page's numbers."""

    link: Link
    form: str
    grade: str
    known: str
    basis: str


@dataclass(frozen=True, slots=True)
class CompanyPageView:
    """Everything the page shows."""

    ticker: str
    tiles: list[KeyTile]
    answers: list[AnswerView]
    no_answers: str
    multiples: dict[str, Chart]
    lines: QuarterTableView
    megawatts: Chart | None
    no_megawatts: list[str]
    definitions: dict[str, str]
    debt: DebtView
    statements: list[QuarterTableView]
    splits: list[str]
    contracts: list[ContractLine]
    events: list[EventLine]
    targets: TargetsView | None
    absences: list[AbsenceKind]
    sources: list[CompanySourceRow]
    evidence: list[Node]

    @property
    def charts(self) -> dict[str, Chart]:
        """Its drawings by name."""
        return self.multiples | ({"megawatts": self.megawatts} if self.megawatts else {})


def page_head(profile: CompanyProfile) -> PageHead:
    """Return what stands at the top of the page."""
    name = clean(short_name(profile.company.name))
    return PageHead(
        page="Company",
        name=f"{clean(profile.ticker)}: {name}",
        title=company_title(profile),
        lede=clean(profile.message.caveat),
        meta=tuple(filter(None, _meta(profile))),
    )


def _meta(profile: CompanyProfile) -> list[str]:
    newest = profile.newest
    quarter = "" if isinstance(newest, Missing) else f"newest quarter {newest} ({profile.label(newest)})"
    balance = f"debt at {profile.debt.day}" if isinstance(profile.debt.total, Figure) else ""
    return [
        f"{clean(profile.company.name)}, {clean(profile.ticker)}",
        quarter,
        _latest(profile),
        balance,
        f"as known on {profile.day}",
        "US dollars",
    ]


def _latest(profile: CompanyProfile) -> str:
    """The newest source of the figures shown."""
    if not profile.sources:
        return "no source in the ledger"
    newest = profile.sources[0]
    public = f"public {newest.known} ({BASES.get(newest.known_basis, newest.known_basis)})"
    return f"newest source {clean(newest.title, 60)}, {public}, grade {newest.grade}"


def company_page(profile: CompanyProfile, trace_of: TraceAddress | None = None) -> CompanyPageView:
    """Build the page of a company.

    Args:
        profile: The company.
        trace_of: As `EvidenceList`.
    """
    evidence = EvidenceList(profile.view, trace_of=trace_of)
    tiles = _tiles(profile, evidence)
    quarters = {str(quarter): profile.label(quarter) for quarter in profile.quarters}
    lines = QuarterTableView("Lines by quarter", quarters, line_rows(profile.lines, evidence), [])
    return CompanyPageView(
        ticker=clean(profile.ticker),
        tiles=tiles,
        answers=_answers(profile, evidence),
        no_answers=clean(profile.season.reason) if isinstance(profile.season, Missing) else "",
        multiples={_chart_name(chart): chart for chart in line_multiples(profile)},
        lines=lines,
        megawatts=megawatt_chart(profile.megawatts),
        no_megawatts=[clean(why.reason) for why in profile.megawatts.absent().values()],
        definitions=DEFINITIONS,
        debt=debt_view(profile.debt, evidence),
        statements=_statements(profile, quarters, evidence),
        splits=[f"{split.day}: {split.ratio.normalize():f} for one" for split in profile.shares.splits],
        contracts=contract_lines(profile.contracts),
        events=event_lines(profile),
        targets=target_table(profile.targets, evidence),
        absences=absence_kinds(profile.absences),
        sources=[_source_row(source) for source in profile.sources],
        evidence=evidence.nodes(),
    )


def _chart_name(chart: Chart) -> str:
    """What the drawing of a line is called: `ai_colocation`."""
    return re.sub(r"\W+", "_", chart.title.lower())


def _answers(profile: CompanyProfile, evidence: EvidenceList) -> list[AnswerView]:
    """The four answers of the newest quarter as cards; none if there are none."""
    if isinstance(profile.season, Missing):
        return []
    return [answer_view(answer, evidence) for answer in profile.season.answers]


def _tiles(profile: CompanyProfile, evidence: EvidenceList) -> list[KeyTile]:
    return [
        KeyTile(
            key_text(number),
            quarter_cell(number.amount, lambda _: key_text(number), evidence).cell,  # noqa: B023
            clean(number.caption),
            "contracts" if number.name == "contracted_mw" else "",
        )
        for number in profile.key_numbers
    ]


def _statements(
    profile: CompanyProfile, quarters: dict[str, str], evidence: EvidenceList
) -> list[QuarterTableView]:
    """The statements, shares beside the balance sheet, and operating data; those without any value too."""
    views = []
    for table in (*profile.statements, profile.operating):
        rows = measure_rows(table, evidence)
        if table.section.value == "balance_sheet":
            rows = [row for row in rows if row.title != "Shares outstanding"] + _shares(profile, evidence)
        silent = [row.measure.title for row in table.rows if not row.known]
        views.append(QuarterTableView(table.section.heading, quarters, rows, silent))
    return views


def _shares(profile: CompanyProfile, evidence: EvidenceList) -> list[QuarterRow]:
    return share_rows(profile.shares, evidence)


def _source_row(source: Source) -> CompanySourceRow:
    return CompanySourceRow(
        source_link(source),
        clean(source.form) or "release or page",
        clean(source.grade),
        source.known.isoformat(),
        BASES.get(source.known_basis, clean(source.known_basis)),
    )
