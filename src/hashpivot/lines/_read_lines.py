"""Read a filing into lines of business."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hashpivot.core import Companies, Company, Source, UnreadableFiling, collector_paused, filing_deadline
from hashpivot.filings import Fact, Filing, read_filing

from ._currency import read_amounts
from ._reader_version import READER_VERSION
from .rules import LineRules, default_rules, local_name
from .tagged import (
    CandidateRows,
    Parts,
    PeriodReading,
    Reading,
    Reported,
    Span,
    StatementFacts,
    Total,
    Vocabulary,
    cost_parts,
    debt_instruments,
    depreciation_note,
    doubts,
    larger_total,
    measures_of,
    revenue_parts,
    segment_profit,
    share_counts,
    split_ratios,
    total_cost,
    total_revenue,
)

if TYPE_CHECKING:
    from .release import ReleaseDocument


def read(
    path: str | Path,
    *,
    filed: date | None = None,
    companies: Companies | None = None,
    rules: LineRules | None = None,
) -> Reading:
    """Read one filing, `.gz` or not: inline XBRL, an XBRL instance, a full submission or a release's page.

    Where no amount over a period is tagged (an 8-K tags only its cover page), the pages' tables are read, and
    where no table gives a result, the sentences that state it.

    Args:
        path: The file.
        filed: Day it was filed, if the file does not say; else the SEC deadline of its form is assumed.
        companies: Known companies (default: the shipped table and the user's).
        rules: Line rules (default: the shipped table).

    Returns:
        The reading. Nothing is stored.

    Raises:
        UnreadableFile: If the file is missing, a directory, empty, too large or damaged.
        UnreadableFiling: If it holds neither XBRL facts nor a table of numbers with dated columns, nor
            results in sentences; unless it is a full submission about an event or an offering.
    """
    return read_facts(_open(path, companies), filed=filed, companies=companies, rules=rules)


def _open(path: str | Path, companies: Companies | None) -> Filing | ReleaseDocument:
    """The filing if it tags amounts over a period, else the release, else whatever is tagged."""
    try:
        filing = read_filing(path)
    except UnreadableFiling:
        return _release(path, companies, None)
    if any(len(fact.unit) == 3 and fact.start is not None for fact in filing.facts):
        return filing
    try:
        return _release(path, companies, filing)
    except UnreadableFiling:
        return filing


def _release(path: str | Path, companies: Companies | None, filing: Filing | None) -> ReleaseDocument:
    from hashpivot.filings import read_release

    from .release import ReleaseDocument
    from .sentences import results_of

    release = read_release(path, companies=companies, needs_tables=False)
    results = results_of(path, release, companies)
    return ReleaseDocument(release, filing, results)


@collector_paused()
def read_facts(
    filing: Filing | ReleaseDocument,
    *,
    filed: date | None = None,
    companies: Companies | None = None,
    rules: LineRules | None = None,
) -> Reading:
    """The reading of a filing whose facts are already at hand; arguments as for `read`."""
    known = companies or Companies.load()
    company = known.by_cik(filing.cik) or known.get(filing.ticker.upper())
    amounts = read_amounts(filing.facts)
    stated = frozenset() if isinstance(filing, Filing) else filing.stated
    statements = StatementFacts(amounts.facts, amounts.currency, stated)
    spoken = Vocabulary.of(statements, filing.company_name, known=company is not None)
    table = CandidateRows(statements, rules or default_rules(), spoken)
    spans = statements.spans if statements.currency == "USD" else ()
    totals = {span: total_revenue(statements.amounts(span)) for span in spans}
    periods = tuple(
        _period(table, statements, span, total.fact)
        for span, total in totals.items()
        if total.fact is not None
    )
    reported = (*measures_of(statements), *share_counts(statements), *split_ratios(statements))
    contradicted: list[str] = []
    if not isinstance(filing, Filing) and filing.said:
        from .sentences import SentenceStatements, with_sentences

        said = SentenceStatements(filing.said)
        spoken = Vocabulary.of(said, filing.company_name, known=company is not None)
        spoken = replace(spoken, does_else=True)  # the text speaks of more than what was read of it
        rows = CandidateRows(said, rules or default_rules(), spoken)
        periods, reported, contradicted = with_sentences(periods, reported, said, rows)
    source = _source(filing, company, filed)
    return Reading(
        source=source,
        company={
            "name": company.name if company else filing.company_name,
            "cik": filing.cik,
            "ticker": source.ticker,
        },
        document_period_end=filing.period_end,
        periods=periods,
        reported=reported,
        warnings=(
            *filing.warnings,
            *contradicted,
            *_translation(amounts.translated_from),
            *_undated(filing, source),
            *_warnings(filing, statements, periods, totals, reported, company),
            *doubts(statements, periods, reported, filing.period_end),
        ),
        debt=debt_instruments((*filing.facts, *filing.texts), filing.period_end)
        if isinstance(filing, Filing)
        else (),
        file=filing.name,
    )


def _period(table: CandidateRows, statements: StatementFacts, span: Span, total: Fact) -> PeriodReading:
    revenue = revenue_parts(table, span, total)
    cost = cost_parts(table, span, total_cost(table.undivided("cost", span)), revenue)
    note = depreciation_note(statements, cost.rows) if cost else ""
    return PeriodReading(*span, revenue, cost, segment_profit(table, span), note)


def _source(filing: Filing | ReleaseDocument, company: Company | None, filed: date | None) -> Source:
    end = filing.period_end
    stated = filed or filing.filed
    days = (fact.context.end for fact in filing.facts if fact.context.end != date.max)  # "forever"
    last = end or max(days, default=date.max)
    return Source(
        key=filing.sha256,
        ticker=company.ticker if company else filing.ticker.upper(),
        form=filing.form,
        known=stated or filing_deadline(filing.form, last),
        known_basis="filed" if stated else "deadline",
        grade=filing.grade,
        accession=filing.accession,
        url=filing.url,
        sha256=filing.sha256,
        name=Path(filing.name).name,
        period_end=end,
        reader=READER_VERSION,
    )


def _translation(currency: str) -> list[str]:
    read = "the dollars tagged beside it, a convenience translation, were read"
    return [f"the statements are in {currency}: {read}"] if currency else []


def _undated(filing: Filing | ReleaseDocument, source: Source) -> list[str]:
    """What is wrong with the days of a filing as a whole."""
    found = []
    stated = filing.cover.get("DocumentPeriodEndDate", "") if isinstance(filing, Filing) else ""
    if stated and filing.period_end is None:
        found.append(f"the period end on its cover is no day of a report: {stated[:40]!r}")
    if source.known == date.max:
        found.append("it does not say when it became public: name the day it was filed")
    return found


def _warnings(
    filing: Filing | ReleaseDocument,
    statements: StatementFacts,
    periods: tuple[PeriodReading, ...],
    totals: dict[Span, Total],
    reported: tuple[Reported, ...],
    company: Company | None,
) -> list[str]:
    found = []
    if company is None:
        found.append(f"{filing.company_name or 'the company'} is not in the table of companies")
        found += [filing.symbol_question] if filing.symbol_question else []
    if statements.currency != "USD":
        read = "only amounts also given in USD were read" if periods else "no amounts were read"
        found.append(f"the statements are in {statements.currency}: {read}")
    if not periods and not any(number.operating for number in reported):
        found.append("no income statement with total revenue was found")
    for (start, end), total in totals.items():
        if total.doubt or (periods and total.fact is None):
            reason = total.doubt or "the income statement shows this period without a total revenue"
            found.append(f"{start}..{end}: {reason}")
    for period in periods:
        where = f"{period.start}..{period.end}"
        if not period.revenue.ties:
            found.append(f"{where}: {_untied(period.revenue)}")
        found += [
            f"{where}: {row.label!r} is left out, it repeats other rows" for row in period.revenue.repeated
        ]
        found += _negative(where, "total revenue", period.revenue)
        found += _larger(where, period.revenue, statements)
        found += [
            f"{where}: {row.label!r} is {row.value:,} USD at {row.fact.locator}, "
            f"{'more' if row.value > period.total_revenue else 'less'} than the total, which is used"
            for row in period.revenue.denied
        ]
        found += _negative(where, "cost of revenue", period.cost) if period.cost else []
        if period.cost and not period.cost.ties:
            found.append(f"{where}: cost of revenue: {_untied(period.cost)}")
    return found


def _larger(where: str, parts: Parts, statements: StatementFacts) -> list[str]:
    """A total tagged elsewhere that is more than the row that was taken for it."""
    other = larger_total(parts.total.fact, statements.facts) if parts.total else None
    if other is None:
        return []
    name = local_name(other.concept)
    return [f"{where}: {name} is {other.value:,} at {other.locator}, more than the total read"]


def _negative(where: str, name: str, parts: Parts) -> list[str]:
    """A sum that hardly any company has: more likely a sign or parentheses gone wrong."""
    total = parts.total
    return [f"{where}: {name} is negative: {total.value:,} USD"] if total and total.value < 0 else []


def _untied(parts: Parts) -> str:
    labels = ", ".join(f"{row.label!r}" for row in parts.unplaced)
    return f"{parts.unattributed:,} USD is attributed to no line" + (f" ({labels})" if labels else "")
