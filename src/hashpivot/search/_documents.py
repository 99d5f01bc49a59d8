"""What can be found: one document a company, line of business, figure, statement of a text, and source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from hashpivot.core import (
    MEASURES,
    Company,
    Figure,
    FiscalCalendar,
    Line,
    Missing,
    Source,
    TextFact,
    line_words,
    measure_words,
)
from hashpivot.ledger import CompanyEvent, Contract, RiskFlag, Target, View

from ._hit import Hit, HitKind

_MILLION = Decimal(10) ** 6
_RANKS = {name: rank for rank, name in enumerate(("total_revenue", *MEASURES))} | {"total_revenue": 0}
"""Of figures that match alike the total revenue comes first, then the order of the measures."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A hit with the words it is found by.

    Args:
        hit: The hit.
        named: Words that name it.
        said: What it says.
        also: Other words for the same.
    """

    hit: Hit
    named: str
    said: str
    also: str


def search_documents(view: View, companies: Mapping[str, Company]) -> Iterator[SearchDocument]:
    """Yield all that can be found.

    Args:
        view: What is known.
        companies: By ticker.
    """
    known = {ticker: companies.get(ticker) or Company(ticker, ticker) for ticker in view.tickers()}
    for company in ({**companies} | known).values():
        yield _company(company)
    for company in known.values():
        names = " ".join((company.ticker, *company.names))
        yield from _figures(view, company, names)
        yield from _statements(view, company, names)
    for source in view.sources.values():
        if view.as_of is None or source.known <= view.as_of:
            yield _source(source, companies.get(source.ticker))


def _company(company: Company) -> SearchDocument:
    hit = Hit(
        HitKind.COMPANY,
        company.ticker,
        f"{company.ticker} {company.name}",
        f"before: {', '.join(company.earlier_names)}" if company.earlier_names else "",
        company.ticker,
    )
    return SearchDocument(
        hit, f"{company.ticker} {company.name}", " ".join(company.earlier_names), company.cik
    )


def _figures(view: View, company: Company, names: str) -> Iterator[SearchDocument]:
    """A document an address, of the figure that the ledger answers with, and one a line."""
    answers = {figure.address: figure for figure in view.lines(company.ticker)}
    keys = {address: address for address in answers}
    for address, figures in view.figures_by_address(company.ticker).items():
        if address not in answers:
            best = view.amount(address)
            newest = max(reversed(figures), key=lambda figure: figure.known)  # of equally new ones the last
            answers[address] = newest if isinstance(best, Missing) else best
            keys[address] = newest.id if isinstance(best, Missing) else address
    of_line: dict[Line, list[Figure]] = defaultdict(list)
    for figure in sorted(answers.values(), key=lambda figure: _RANKS[figure.measure]):
        yield _figure(figure, keys[figure.address], company.calendar, names)
        if figure.line and figure.measure == "revenue" and figure.quarter:
            of_line[figure.line].append(figure)
    for line, figures in of_line.items():
        yield _line(company.ticker, line, figures, names)


def _figure(figure: Figure, key: str, calendar: FiscalCalendar, names: str) -> SearchDocument:
    line = figure.line.heading if figure.line else ""
    measure = MEASURES[figure.measure].title
    title = ", ".join(filter(None, (measure, line, figure.qualifier.replace("_", " "), figure.period)))
    hit = Hit(HitKind.FIGURE, figure.ticker, title, figure.label, key, figure.known, figure)
    words = (*_called(figure.measure, figure.line), figure.measure.replace("_", " "), *_numbers(figure.value))
    periods = _periods(figure, calendar)
    return SearchDocument(hit, f"{title} {' '.join(periods)} {names}", figure.label, " ".join(words))


@cache
def _called(measure: str, line: Line | None) -> tuple[str, ...]:
    words = (*measure_words(measure), *(line_words(line) if line else ()))
    return tuple(dict.fromkeys(word for text in words for word in text.split()))


def _periods(figure: Figure, calendar: FiscalCalendar) -> Iterator[str]:
    """What a period is called besides: `Q4 2024`, `FQ1 2025`, `FY2024 fiscal year 2024`."""
    if figure.quarter:
        yield f"Q{figure.quarter.number} {figure.quarter.year}"
    if figure.start:
        label = calendar.label(figure.start, figure.end)
        yield label
        if label.startswith("FY"):
            yield f"fiscal year {label[2:]}"


def _numbers(value: Decimal) -> Iterator[str]:
    """A value as people write it: whole, in thousands, in millions."""
    for unit in (1, 1000, _MILLION):
        number = abs(value) / unit
        if number >= 1 or unit == 1:
            text = f"{number:f}"
            yield text.rstrip("0").rstrip(".") if "." in text else text


def _line(ticker: str, line: Line, figures: Iterable[Figure], names: str) -> SearchDocument:
    quarters = sorted({figure.quarter for figure in figures if figure.quarter})
    labels = sorted({figure.label for figure in figures if figure.label})
    newest = max(figure.known for figure in figures)
    hit = Hit(
        HitKind.LINE,
        ticker,
        f"{line.heading} of {ticker}",
        f"{len(quarters)} quarters with revenue, {quarters[0]} to {quarters[-1]}"
        if quarters[1:]
        else f"revenue in {quarters[0]}",
        f"{ticker}/{line}",
        newest,
    )
    return SearchDocument(hit, f"{line.heading} {names}", " ".join(labels), " ".join(line_words(line)))


def _statements(view: View, company: Company, names: str) -> Iterator[SearchDocument]:
    ticker = company.ticker
    for contract in view.contracts(ticker):
        yield _contract(contract, names)
    for event in view.events(ticker):
        yield _event(event, names)
    for target in (*view.targets(ticker), *view.withdrawals(ticker)):
        yield _target(target, names)
    sentences = {(fact.source, str(fact.locator)): fact for fact in view.remarks(ticker, "flag")}
    for flag in view.risk_flags(ticker):
        if flag.kind:
            yield _risk(flag, sentences, names)


def _contract(contract: Contract, names: str) -> SearchDocument:
    size = f"{contract.mw_critical_it:g} MW of machines" if contract.mw_critical_it else ""
    term = f"{contract.term_years:g} years" if contract.term_years else ""
    value = contract.contract_value_usd
    worth = f"${value / _MILLION:,.0f}m" if value else ""
    hit = Hit(
        HitKind.CONTRACT,
        contract.ticker,
        f"{contract.counterparty}, announced {contract.announced}",
        ", ".join(filter(None, (contract.kind, size, term, worth))),
        f"{contract.ticker}/{contract.announced}/{contract.counterparty}",
        contract.known,
    )
    numbers = " ".join(_numbers(value)) if value else ""
    return SearchDocument(hit, f"{hit.title} {names}", hit.text, f"contract AI HPC lease {numbers}")


def _event(event: CompanyEvent, names: str) -> SearchDocument:
    line = f", {event.line.heading}" if event.line else ""
    hit = Hit(
        HitKind.EVENT,
        event.ticker,
        f"{event.kind.words[:1].upper()}{event.kind.words[1:]}{line}, effective {event.effective}",
        ": ".join(filter(None, (event.counterparty, event.note))),
        f"{event.source}#{event.locator}",
        event.known,
    )
    return SearchDocument(hit, f"{hit.title} {names}", hit.text, "event")


def _target(target: Target, names: str) -> SearchDocument:
    due = f", due {target.due or target.due_text}" if target.due or target.due_text else ""
    metric = target.metric.replace("_", " ")
    hit = Hit(
        HitKind.TARGET,
        target.ticker,
        f"{metric[:1].upper()}{metric[1:]} {_range(target)}, {target.stance}, said {target.said_on}{due}",
        target.excerpt,
        target.place,
        target.said_on,
    )
    numbers = " ".join(_numbers(target.threshold)) if target.threshold is not None else ""
    also = f"target guidance {numbers}"
    return SearchDocument(hit, f"{metric} {target.stance} {names}", target.excerpt, also)


def _range(target: Target) -> str:
    """`31.5 to 38.4 ehs`, `at least 1,000 mw`, `up to 3 gpus`."""
    low, high = (None if bound is None else f"{bound:,f}" for bound in (target.low, target.high))
    if low is None or high is None:
        return f"up to {high} {target.unit}" if low is None else f"at least {low} {target.unit}"
    return f"{low} {target.unit}" if low == high else f"{low} to {high} {target.unit}"


def _risk(flag: RiskFlag, facts: Mapping[tuple[str, str], TextFact], names: str) -> SearchDocument:
    kind = flag.kind.replace("_", " ")
    hit = Hit(
        HitKind.RISK,
        flag.ticker,
        f"{kind[:1].upper()}{kind[1:]}, {flag.form} of {flag.said_on}",
        _sentence(facts.get((flag.source, flag.locator))) or flag.name.replace("_", " "),
        f"{flag.source}#{flag.locator}",
        flag.said_on,
    )
    return SearchDocument(hit, f"{kind} {flag.form} {names}", hit.text, f"risk {flag.name}")


def _sentence(fact: TextFact | None) -> str:
    from json import loads

    return str(loads(fact.data).get("excerpt", "")) if fact else ""


def _source(source: Source, company: Company | None) -> SearchDocument:
    place = source.accession or source.name or source.url or source.key
    hit = Hit(
        HitKind.SOURCE,
        source.ticker,
        source.title,
        f"grade {source.grade}, {place}",
        source.key,
        source.known,
    )
    also = f"{source.form.replace('-', '')} {source.accession.replace('-', '')} {source.url} {source.key}"
    names = " ".join(company.names) if company else ""
    return SearchDocument(hit, f"{source.title} {names}", f"{source.name} {source.accession}", also)
