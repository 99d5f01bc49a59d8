"""The bundled seasons, and one made of the worst text a filing could hold."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Companies, Figure, LabelLocator, Line, PlainLocator, Quarter, Source, TextFact
from hashpivot.desk import season_report
from hashpivot.ledger import Figures, View, bundled
from hashpivot.report import SeasonReport
from hashpivot.season import Season, season

QUARTERS = ("2023Q4", "2024Q4", "2025Q4")

SCRIPT = "</style></title><script>alert(1)</script><img src=x onerror=alert(2)>"
MARKUP = "[bold red]loud[/bold red] [link=https://evil.example]here[/link] [/]"
REVERSED = "safe‮gnihtemos\x1b[31m\x07\nnext"


@pytest.fixture(scope="session")
def network() -> NetworkHistory:
    return NetworkHistory.load()


@pytest.fixture(scope="session")
def seasons(network: NetworkHistory) -> dict[str, Season]:
    view = View(bundled())
    return {quarter: season(view, network, names(), Quarter.parse(quarter)) for quarter in QUARTERS}


def names() -> dict[str, str]:
    """The known companies."""
    return {ticker: company.name for ticker, company in Companies.load().items()}


@pytest.fixture(scope="session")
def reports(seasons: dict[str, Season], network: NetworkHistory) -> dict[str, SeasonReport]:
    return {quarter: season_report(made, network, names()) for quarter, made in seasons.items()}


@pytest.fixture(scope="session")
def hostile_report(hostile: Season, network: NetworkHistory) -> SeasonReport:
    return season_report(hostile, network, {})


@pytest.fixture(scope="session")
def hostile(network: NetworkHistory) -> Season:
    """Two companies whose every text is an attack; the second's source has a script for an address."""
    sources, figures = {}, []
    for ticker, url in (
        ("EVIL", "javascript:alert(3)"),
        ("[RED]LOUD", 'https://x.example/"onclick="alert(4)'),
    ):
        key = f"key-{ticker}"
        sources[key] = Source(key, ticker, SCRIPT, date(2025, 2, 1), "filed", "A", url=url, name=REVERSED)
        figures += [
            _figure(ticker, "total_revenue", None, 300, key, SCRIPT),
            _figure(ticker, "revenue", Line.SELF_MINING, 100, key, MARKUP),
            _figure(ticker, "revenue", Line.CHIPS, 200, key, "long " * 20_000),
            _figure(ticker, "cost_of_revenue", Line.SELF_MINING, 150, key, REVERSED),
            _figure(ticker, "cost_of_revenue", Line.CHIPS, 50, key, SCRIPT),
        ]
    names = {"EVIL": SCRIPT + MARKUP + REVERSED}
    remarks = tuple(_contract(figure.ticker, figure.source) for figure in (figures[0], figures[5]))
    return season(View(Figures(sources, tuple(figures), remarks)), network, names, Quarter(2024, 4))


def _contract(ticker: str, source: str) -> TextFact:
    """A contract whose every word is an attack, as an added text may tell it."""
    size = dict.fromkeys(("mw_critical_it", "mw", "gpus", "term_years", "value_usd"), "7")
    words = {"role": "provider", "counterparty": SCRIPT + MARKUP, "start_text": SCRIPT, "excerpt": SCRIPT}
    data = json.dumps(size | words | {"start": None})
    return TextFact(ticker, source, date(2025, 2, 1), "contract", PlainLocator(REVERSED), data)


def _figure(ticker: str, measure: str, line: Line | None, millions: int, source: str, text: str) -> Figure:
    return Figure(
        ticker,
        measure,
        line,
        date(2024, 10, 1),
        date(2024, 12, 31),
        Decimal(millions) * 1_000_000,
        "usd",
        text,
        source,
        LabelLocator(text),
        date(2025, 2, 1),
        breakdown="main",
        note=text if measure == "cost_of_revenue" else "",
    )
