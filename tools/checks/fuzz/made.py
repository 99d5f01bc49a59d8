"""Made-up documents of every kind a reader takes, drawn at random, each with what it says."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hashpivot.testing.pages import (
    RELEASE_LAYOUTS,
    Dims,
    FactPeriod,
    InlineDocument,
    product,
    release_page,
    release_table,
    segment,
)

from .of_pages import wrapped

Key = tuple[str, str, date | None, date]
"""Measure, line or "", first day, last day."""
Truth = dict[Key, Decimal]

_COMPANIES = (
    ("RIOT", "1167419", "Riot Platforms, Inc.", "CASTLE ROCK, Colo."),
    ("BTBT", "1710350", "Bit Digital, Inc.", "NEW YORK"),
    ("EXMP", "1", "Example Mining Inc.", "AUSTIN, Texas"),
)
_LINES = (
    ("Bitcoin mining", "self_mining", "BitcoinMining"),
    ("Cryptocurrency mining", "self_mining", "CryptocurrencyMining"),
    ("Engineering", "engineering", "Engineering"),
    ("Data center hosting", "hosting", "DataCenterHosting"),
    ("AI cloud services", "ai_cloud", "AICloudServices"),
    ("High performance computing colocation", "ai_colocation", "HighPerformanceComputingColocation"),
)
_TOTALS = ("Total revenue", "Total revenues", "Total revenues, net", "Revenues")
_TALK = (
    "We expect to reach 40 EH/s of deployed hash rate by the end of 2026.",
    "The company plans to energize 300 MW at its Corsicana site in the second half of 2026.",
    "We signed a ten-year lease with a hyperscale tenant for 120 MW of critical IT load, with contract "
    "revenue of approximately $1.8 billion.",
    "AI cloud revenue is expected to reach an annualized run rate of $100 million by Q4 2026.",
    "Our power credits were $12.3 million, compared to $8.1 million in the same quarter of 2018.",
    "There is substantial doubt about our ability to continue as a going concern.",
    "One customer accounted for 62% of our revenue.",
    "The energization of Building 2 is delayed to the first quarter of 2026.",
    "Total revenue for the third quarter of 2019 was $14.7 million, compared to $12.1 million in the third "
    "quarter of 2018.",
    "We withdraw our previously issued guidance for 2025.",
    "Net loss was $9.4 million for the three months ended September 30, 2019.",
    "We raised approximately $162 million under our at-the-market program during the quarter.",
    "A 1-for-10 reverse stock split took effect on August 5, 2025.",
    "We expect capital expenditures of $250 million to $300 million in 2026.",
)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_UNITS = (
    (1000, "(in thousands)"),
    (1000, "(in thousands, except per share data)"),
    (1000, "(Amounts in thousands of U.S. dollars)"),
    (1000, "($ in thousands)"),
    (1_000_000, "(in millions)"),
    (1_000_000, "(dollars in millions, except per share amounts)"),
    (1, "(in U.S. dollars)"),
)
_LABEL_ENDS = ("", "", "", "", "<sup>1</sup>", " (1)", ":")
_SPEAKERS = ("Jason Les", "Operator", "Analyst")
_COUNTS = {3: "Three", 6: "Six", 9: "Nine", 12: "Twelve"}


@dataclass(frozen=True)
class Made:
    """A made-up document.

    Args:
        kind: What it is.
        data: Its bytes.
        truth: The figures it gives of the measures that are asked of it.
    """

    kind: str
    data: bytes
    truth: Truth


@dataclass(frozen=True)
class _Statement:
    """An income statement in thousands: rows of label, concept, dimension, measure, line, amounts."""

    periods: tuple[tuple[date, date], ...]
    rows: tuple[tuple[str, str, Dims, str, str, tuple[int, ...]], ...]

    def truth(self, unit: int) -> Truth:
        """Its figures, in units of so many dollars."""
        return {
            (measure, line, *period): Decimal(amount * unit)
            for _, _, _, measure, line, amounts in self.rows
            if measure
            for period, amount in zip(self.periods, amounts, strict=True)
        }


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _periods(rng: random.Random) -> tuple[tuple[date, date], ...]:
    """A quarter and that of the year before; with half-years or a year at times."""
    year, quarter = rng.choice((2023, 2024, 2025)), rng.choice((1, 2, 3, 4))
    lengths = (
        rng.choice(((3,), (3,), (3, 3 * quarter))) if quarter in (2, 3) else ((12,) if quarter == 4 else (3,))
    )
    return tuple(
        (date(each, 3 * quarter - months + 1, 1), _last_day(each, 3 * quarter))
        for months in lengths
        for each in (year, year - 1)
    )


def _statement(rng: random.Random, *, by_member: bool) -> _Statement:
    """Lines that add up to the total, costs, operating and net income."""
    periods = _periods(rng)
    chosen = rng.sample(_LINES[1:] if rng.random() < 0.3 else (_LINES[0], *_LINES[2:]), rng.choice((1, 2, 3)))
    count = len(periods)
    largest = rng.choice((900, 90_000, 900_000))

    def amounts(most: int = largest) -> tuple[int, ...]:
        return tuple(rng.randrange(most // 9, most) for _ in range(count))

    of = product if rng.random() < 0.7 else segment
    total_concept = rng.choice(
        ("us-gaap:Revenues", "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax")
    )
    rows = []
    sums = [0] * count
    for label, line, member in chosen:
        given = amounts()
        sums = [old + new for old, new in zip(sums, given, strict=True)]
        concept, dims = (total_concept, of(member)) if by_member else (f"x:Revenue{member}", ())
        rows.append((label, concept, dims, "revenue", line, given))
    rows.append((rng.choice(_TOTALS[:3]), total_concept, (), "total_revenue", "", tuple(sums)))
    costs, general = amounts(), amounts(largest // 3)
    income = tuple(total - cost - other for total, cost, other in zip(sums, costs, general, strict=True))
    net = tuple(amount - rng.randrange(9, 99) for amount in income)
    rows += [
        ("Cost of revenue", "us-gaap:CostOfRevenue", (), "total_cost_of_revenue", "", costs),
        (
            "Selling, general and administrative",
            "us-gaap:SellingGeneralAndAdministrativeExpense",
            (),
            "",
            "",
            general,
        ),
        ("Operating income (loss)", "us-gaap:OperatingIncomeLoss", (), "operating_income", "", income),
        ("Net income (loss)", "us-gaap:NetIncomeLoss", (), "net_income", "", net),
    ]
    return _Statement(periods, tuple(rows))


def inline(rng: random.Random) -> Made:
    """A report as inline XBRL."""
    statement = _statement(rng, by_member=rng.random() < 0.5)
    ticker, cik, name, _ = rng.choice(_COMPANIES)
    cover_period: FactPeriod = statement.periods[-2] if len(statement.periods) > 2 else statement.periods[0]
    form = "10-K" if statement.periods[0][1].month == 12 else "10-Q"
    document = InlineDocument(
        {
            "EntityRegistrantName": name,
            "DocumentType": form,
            "TradingSymbol": ticker,
            "EntityCentralIndexKey": cik.zfill(10),
            "DocumentPeriodEndDate": cover_period[1].isoformat(),
        },
        cover_period,
    )
    head = "".join(f"<td>$</td><td>{end.year}</td><td></td>" for _, end in statement.periods)
    lines = [f"<tr><td>(in thousands)</td>{head}</tr>"]
    for label, concept, dims, _, _, amounts in statement.rows:
        cells = "".join(
            f"<td>$</td><td>{'(' * (amount < 0)}{document.amount(concept, period, amount, dims)}</td>"
            f"<td>{')' * (amount < 0)}</td>"
            for period, amount in zip(statement.periods, amounts, strict=True)
        )
        lines.append(f"<tr><td>{label}</td>{cells}</tr>")
    instant = (None, cover_period[1])
    sheet = [
        ("Cash and cash equivalents", "us-gaap:CashAndCashEquivalentsAtCarryingValue"),
        ("Total assets", "us-gaap:Assets"),
    ]
    balance = "".join(
        f"<tr><td>{label}</td><td>{document.amount(concept, instant, rng.randrange(99, 999_999))}</td></tr>"
        for label, concept in sheet
    )
    shares = document.count("dei:EntityCommonStockSharesOutstanding", instant, rng.randrange(10**6, 10**9))
    body = (
        f"<p>Shares outstanding: {shares}</p><p>Consolidated Statements of Operations</p>"
        f"<table>{''.join(lines)}</table>{_talk(rng)}<table>{balance}</table>"
    )
    return Made("inline", document.write(body), statement.truth(1000))


def instance(rng: random.Random) -> Made:
    """The facts of a report as a plain XBRL instance."""
    made = inline(rng)
    text = made.data.decode()
    contexts = "".join(re.findall(r"<xbrli:context.*?</xbrli:context>", text, re.DOTALL))
    units = "".join(re.findall(r"<xbrli:unit.*?</xbrli:unit>", text, re.DOTALL))
    facts = []
    for attributes, shown in re.findall(r"<ix:non(?:Fraction|Numeric) ([^<>]*?)>([^<>]*)<", text):
        given = dict(re.findall(r'([\w:]+)="([^"]*)"', attributes))
        value = shown
        if "unitRef" in given:
            number = int(shown.replace(",", "")) * 10 ** int(given.get("scale", 0))
            value = f"{'-' if given.get('sign') else ''}{number}"
        kept = " ".join(
            f'{key}="{given[key]}"' for key in ("contextRef", "unitRef", "decimals") if key in given
        )
        facts.append(f"<{given['name']} {kept}>{value}</{given['name']}>")
    spaces = re.search(r"<html ([^>]*)>", text)
    assert spaces
    names = re.sub(r'xmlns="[^"]*"|xmlns:ixt?="[^"]*"', "", spaces[1])
    whole = f'<?xml version="1.0"?>\n<xbrli:xbrl {names}>{contexts}{units}{"".join(facts)}</xbrli:xbrl>'
    return Made("instance", whole.encode(), {})


def release(rng: random.Random) -> Made:
    """Results in the tables of a press release."""
    statement = _statement(rng, by_member=False)
    ticker, _, name, place = rng.choice(_COMPANIES[:2])
    unit, note = rng.choice(_UNITS)
    order = list(range(len(statement.periods)))
    if rng.random() < 0.5:
        order.reverse()
    periods = [statement.periods[place] for place in order]
    rows = [
        (label + rng.choice(_LABEL_ENDS), [amounts[place] for place in order])
        for label, _, _, _, _, amounts in statement.rows
    ]
    end = max(end for _, end in periods)
    published = end + timedelta(days=rng.randrange(30, 60))
    title = "Condensed Consolidated Statements of Operations"
    where = rng.randrange(4)
    parts = [
        f"<p>{name} Reports Results</p>",
        f"<p>{place}, {_day(published)} /PRNewswire/ -- {name} (NASDAQ: {ticker}) reports</p>",
        _talk(rng),
        f"<p>{title} {note}</p>"
        if where == 0
        else f"<p>{title}</p>" + (f"<p>{note}</p>" if where == 1 else ""),
        rng.choice(_TABLES)(periods, rows, note if where > 1 else "", rng),
        _talk(rng),
    ]
    return Made("release", release_page(*parts), statement.truth(unit))


Rows = list[tuple[str, list[int]]]


def _laid_out(periods: list[tuple[date, date]], rows: Rows, note: str, rng: random.Random) -> str:
    """One of the layouts the tests of releases have, each column with a head of its own."""
    table = rng.choice(RELEASE_LAYOUTS)([_head(*period) for period in periods], rows)
    return table.replace("<table>", f'<table><tr><td colspan="9">{note}</td></tr>' if note else "<table>", 1)


def _two_storeys(periods: list[tuple[date, date]], rows: Rows, note: str, rng: random.Random) -> str:
    """How long over how many columns, and below it days or years; at times a column of notes or changes."""
    heads, below = [], []
    day_above = rng.random() < 0.5
    place = 0
    while place < len(periods):
        start, end = periods[place]
        alike = [
            other for other in periods[place:] if _months(*other) == _months(start, end)
        ]  # columns of one length stand side by side
        words = f"{_COUNTS[_months(start, end)]} Months Ended"
        if _months(start, end) == 12 and rng.random() < 0.5:
            words = "Year Ended"
        heads.append(
            f"{len(alike)}:{words} {_MONTHS[end.month - 1]} {end.day},"
            if day_above
            else f"{len(alike)}:{words}"
        )
        below += [str(last.year) if day_above else _day(last) for _, last in alike]
        place += len(alike)
    more = rng.choice(("", "", "% Change", "Note"))
    first = [[note, *heads], ["(unaudited)" if rng.random() < 0.3 else "", *below, *([more] if more else [])]]
    lines = [*first, ["Revenue:", *([""] * len(periods))]]
    for label, amounts in rows:
        shown = [f"$ {text}" if rng.random() < 0.2 else text for text in map(_shown, amounts)]
        tail = {"": [], "% Change": [f"{rng.randrange(-90, 200)}%"], "Note": [str(rng.randrange(1, 20))]}[
            more
        ]
        lines.append([label, *shown, *tail])
    return release_table(*lines)


_TABLES = (_laid_out, _two_storeys)


def _shown(amount: int) -> str:
    return f"({-amount:,})" if amount < 0 else f"{amount:,}"


def _day(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _head(start: date, end: date) -> str:
    return f"{_COUNTS[_months(start, end)]} Months Ended {_day(end)}"


def update(rng: random.Random) -> Made:
    """A monthly production update."""
    year, month = rng.choice((2023, 2024, 2025)), rng.randrange(2, 13)
    ticker, _, name, place = _COMPANIES[0]
    heads = [f"{_MONTHS[month - 1]} {year}", f"{_MONTHS[month - 2]} {year}"]
    mined = [rng.randrange(100, 900) for _ in heads]
    held = [rng.randrange(1_000, 20_000) for _ in heads]
    rates = [Decimal(rng.randrange(50, 500)) / 10 for _ in heads]
    table = release_table(
        ("Metric", *heads),
        ("Bitcoin Produced", *(f"{number:,}" for number in mined)),
        ("Bitcoin Held", *(f"{number:,}" for number in held)),
        ("Deployed Hash Rate - Total (EH/s)", *map(str, rates)),
    )
    published = _last_day(year, month) + timedelta(days=5)
    wire = f"{place}, {_day(published)} /PRNewswire/ -- {name} (NASDAQ: {ticker})"
    head = f"<p>{wire} announced {heads[0]} production</p>"
    truth: Truth = {}
    for at, number in enumerate(mined):
        start = date(year, month - at, 1)
        truth["bitcoin_mined", "", start, _last_day(year, month - at)] = Decimal(number)
        truth["bitcoin_held", "", None, _last_day(year, month - at)] = Decimal(held[at])
        truth["hash_rate_period_end", "", None, _last_day(year, month - at)] = rates[at]
    return Made("update", release_page(head, table, _talk(rng)), truth)


def transcript(rng: random.Random) -> Made:
    """A call as plain text."""
    talk = "\n\n".join(
        f"{rng.choice(_SPEAKERS)}: {' '.join(rng.sample(_TALK, rng.randrange(1, 5)))}"
        for _ in range(rng.randrange(2, 9))
    )
    return Made(
        "transcript", f"Riot Platforms, Inc. (NASDAQ: RIOT) Q3 2025 earnings call\n\n{talk}\n".encode(), {}
    )


def submission(rng: random.Random) -> Made:
    """Another document as an EDGAR full submission."""
    inner = rng.choice((inline, release, update, instance))(rng)
    form, kind = (b"10-Q", b"10-Q") if inner.kind == "inline" else (b"8-K", b"EX-99.1")
    kind = b"EX-101.INS" if inner.kind == "instance" else kind
    last = max((end for _, _, _, end in inner.truth), default=date(2025, 9, 30))
    filed = (last + timedelta(days=40)).strftime("%Y%m%d").encode()
    documents = [(kind, inner.data)]
    if rng.random() < 0.5:
        documents.insert(0, (b"8-K", b"<html><body><p>Item 2.02 Results of Operations</p></body></html>"))
    return Made("submission", wrapped(*documents, form=form, filed=filed), inner.truth)


def _talk(rng: random.Random) -> str:
    return "".join(f"<p>{text}</p>" for text in rng.sample(_TALK, rng.randrange(0, 4)))


_KINDS: tuple[tuple[Callable[[random.Random], Made], int], ...] = (
    (inline, 6),
    (release, 6),
    (update, 3),
    (instance, 2),
    (transcript, 2),
    (submission, 3),
)


def make(rng: random.Random) -> Made:
    """A document drawn at random."""
    (kind,) = rng.choices([kind for kind, _ in _KINDS], [weight for _, weight in _KINDS])
    return kind(rng)
