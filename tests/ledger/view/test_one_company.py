"""What is asked about one company reads that company's rows; a season's work grows as the ledger does."""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Companies, LedgerError, Quarter
from hashpivot.desk import Desk
from hashpivot.ledger import Figures, Ledger, View, bundled
from hashpivot.ledger.store import _sql
from hashpivot.season import season
from hashpivot.testing.generated import LedgerShape, write_big_ledger

ONE, OTHER = "Q0001", "Q0002"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledgers") / "ledger.sqlite3"
    write_big_ledger(path, 1000, LedgerShape.FILERS)
    return path


@pytest.fixture
def rows_read(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Figures of the ledger read, by company."""
    read: Counter[str] = Counter()
    stored_figure, fact_of = _sql.stored_figure, _sql.text_fact_of

    def counted(text):
        figure = stored_figure(text)
        read[figure.ticker] += 1
        return figure

    def counted_fact(row):
        read[f"text facts of {row[0]}"] += 1
        return fact_of(row)

    monkeypatch.setattr(_sql, "stored_figure", counted)
    monkeypatch.setattr(_sql, "text_fact_of", counted_fact)
    return read


@pytest.mark.parametrize(
    "ask",
    [
        lambda desk: desk.lines(ONE).to_dict(),
        lambda desk: desk.lines(ONE.lower()).to_dict(),
        lambda desk: desk.restated(ONE).to_dict(),
        lambda desk: desk.trace(f"{ONE}/2026Q1/total_revenue").to_dict(),
        lambda desk: desk.amounts(ONE, "revenue", "2026Q1").records(),
        lambda desk: desk.company(ONE).to_dict(),
    ],
    ids=["lines", "lower case", "restated", "trace", "amounts", "company"],
)
def test_one_company_is_read_and_once(ledger, rows_read, ask):
    with Ledger.open(ledger) as opened:
        held = opened.read(ONE)
    rows_read.clear()
    ask(Desk.open(ledger))
    assert rows_read == {ONE: len(held.figures), f"text facts of {ONE}": len(held.remarks)}


def test_a_bundled_company_reads_none_of_the_ledger(ledger, rows_read):
    Desk.open(ledger).lines("RIOT").to_dict()
    assert not rows_read


@pytest.mark.parametrize("as_of", [None, date(2026, 5, 1)])
def test_a_company_read_alone_is_what_it_is_among_all(ledger, as_of):
    with Ledger.open(ledger) as opened:
        whole = View(bundled() | opened.read(), as_of=as_of)
    for ticker in whole.tickers():
        alone = View.open(ledger, as_of=as_of)
        assert alone.lines(ticker) == whole.lines(ticker)
        assert alone.figures(ticker) == whole.figures(ticker)
        assert alone.remarks(ticker) == whole.remarks(ticker)
        assert alone.gaps(ticker) == whole.gaps(ticker)
        assert alone.contracts(ticker) == whole.contracts(ticker)


def test_the_last_copy_of_a_filing_counts_for_every_company_it_names(tmp_path):
    """Of two copies of one filing the later counts, though only the earlier has figures of a company."""
    path, held = tmp_path / "copies.sqlite3", bundled()
    figure = next(f for f in held.figures if f.measure == "total_revenue")
    filing = replace(held.sources[figure.source], ticker=ONE, form="10-Q", period_end=date(2025, 6, 30))
    for letter, tickers in (("a", (ONE, OTHER)), ("b", (ONE,)), ("c", (ONE, OTHER)), ("d", (OTHER,))):
        copy = replace(filing, key=letter * 64, sha256=letter * 64, accession="1" if letter > "b" else "")
        with Ledger.open(path) as opened:
            opened.add(copy, [replace(figure, ticker=t, source=copy.key) for t in tickers])
            whole = View(held | opened.read())
    assert [f.source for f in whole.figures(OTHER)] == ["d" * 64]
    assert [f.source for f in whole.figures(ONE)] == ["b" * 64]
    for ticker in (ONE, OTHER):
        assert View.open(path).figures(ticker) == whole.figures(ticker)


def test_a_damaged_row_is_an_error_of_its_company_alone(ledger, tmp_path):
    path = tmp_path / "damaged.sqlite3"
    path.write_bytes(ledger.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        trigger = "SELECT sql FROM sqlite_master WHERE name = 'figures_update'"
        (kept,) = connection.execute(trigger).fetchone()
        connection.execute("DROP TRIGGER figures_update")
        connection.execute("UPDATE figures SET value = '1' WHERE ticker = ? AND measure = 'cash'", (OTHER,))
        connection.execute(kept)
        connection.commit()
    desk = Desk.open(path)
    assert desk.lines(ONE).quarters
    with pytest.raises(LedgerError):
        desk.lines(OTHER)
    with pytest.raises(LedgerError):
        desk.season()


def test_a_desk_shows_what_it_knew_when_it_was_opened(tmp_path, ledger):
    path = tmp_path / "growing.sqlite3"
    with Ledger.open(ledger) as opened:
        one = opened.read(ONE)
    *first, last = one.sources.values()
    with Ledger.open(path) as growing:
        for source in first:
            growing.add(source, [f for f in one.figures if f.source == source.key])
        desk, before = Desk.open(path), View.open(path).lines(ONE)
        growing.add(last, [f for f in one.figures if f.source == last.key])
    assert desk.view.lines(ONE) == before
    assert len(View.open(path).figures(ONE)) > len(desk.view.figures(ONE))


@pytest.mark.parametrize("kept", [0, 1, 3], ids=["gone", "older", "another"])
def test_a_view_never_joins_two_ledgers(tmp_path, ledger, kept):
    """A backup or repaired ledger that takes the place of the one that was opened is an error."""
    path, other = tmp_path / "ledger.sqlite3", tmp_path / "other.sqlite3"
    with Ledger.open(ledger) as opened:
        one = opened.read(ONE)
    sources = list(one.sources.values())[:3]
    for place, order in ((path, sources), (other, sources[::-1][:kept])):
        with Ledger.open(place) as opened:
            for source in order:
                opened.add(source, [f for f in one.figures if f.source == source.key])
    view = View.open(path)
    path.unlink()
    if kept:
        other.rename(path)
    for ask in (view.tickers, lambda: view.lines(ONE), lambda: dict(view.sources)):
        with pytest.raises(LedgerError, match="another ledger has taken its place"):
            ask()


def _calls(figures: Figures) -> int:
    """Function calls that a season of these figures takes."""
    network, calls = NetworkHistory.load(), 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    view = View(figures, companies=Companies.load())
    sys.setprofile(count)
    try:
        season(view, network, {}, Quarter(2026, 1)).to_dict()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(("shape", "sizes"), [("filers", (2000, 4000)), ("listed", (2400, 4800))])
def test_twice_the_figures_make_a_season_twice_the_work(tmp_path, shape, sizes):
    held = []
    for size in sizes:
        path = tmp_path / f"{size}.sqlite3"
        write_big_ledger(path, size, LedgerShape(shape))
        with Ledger.open(path) as opened:
            held.append(opened.read())
    _calls(held[0])  # what is made once a process
    few, many = (len(figures) for figures in held)
    assert _calls(held[1]) < 1.15 * _calls(held[0]) * many / few
