"""A view that is renewed is what a view opened anew is; what nobody wrote to is not read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hashpivot.core import Companies, Quarter, TextFact
from hashpivot.desk import Desk
from hashpivot.ledger import Ledger, View
from hashpivot.ledger.records import record_kind, record_rows, rows_of_mappings, scene_of
from hashpivot.ledger.store import _sql
from hashpivot.testing.generated import LedgerBooks

ONE, OTHER, NEW = (LedgerBooks(ticker, details=3) for ticker in ("Q0001", "Q0002", "Q0003"))
LAST = Quarter(2026, 1)

Step = Callable[[Ledger], object]


def _add(books: LedgerBooks, quarter: Quarter) -> Step:
    def add(ledger: Ledger) -> None:
        for source, figures, facts in books.filings(quarter):
            ledger.add(source, figures, facts, read_on=source.known)

    return add


def _read_again(ledger: Ledger) -> object:
    source, figures, facts = ONE.correction(LAST)
    return ledger.add(source, figures, facts, read_on=date(2026, 7, 1))


def _record(ledger: Ledger) -> object:
    return ledger.record([OTHER.record(LAST)], recorded_on=date(2026, 7, 1))


def _record_again(ledger: Ledger) -> object:
    entry = OTHER.record(LAST)
    assert not isinstance(entry.member, TextFact)
    changed = replace(entry.member, value=entry.member.value + 1)
    return ledger.record([replace(entry, member=changed)], recorded_on=date(2026, 7, 2))


def _copy_of_two(ledger: Ledger) -> object:
    """A copy of a filing of one company that names the other too."""
    source, figures, _ = next(s for s in ONE.filings(LAST) if s[0].form == "10-Q")
    copy = replace(source, key="c" * 64, sha256="c" * 64)
    members = [
        replace(f, ticker=ticker, source=copy.key)
        for f in figures[:9]
        for ticker in (ONE.ticker, OTHER.ticker)
    ]
    return ledger.add(copy, members)


STEPS: dict[str, Step] = {
    "first": _add(ONE, LAST - 1),
    "more": _add(ONE, LAST),
    "another company": _add(OTHER, LAST),
    "read again": _read_again,
    "nothing": lambda ledger: None,
    "recorded": _record,
    "recorded again": _record_again,
    "a copy that names two": _copy_of_two,
    "a new company": _add(NEW, LAST),
}


def _whole(view: View) -> None:
    view.tickers()


def _alone(view: View) -> None:
    for books in (ONE, OTHER, NEW):
        view.lines(books.ticker)


@pytest.mark.parametrize("ask", [_whole, _alone], ids=["asked about all", "asked about each"])
def test_a_renewed_view_is_one_opened_anew(tmp_path: Path, ask: Callable[[View], None]) -> None:
    path = tmp_path / "ledger.sqlite3"
    view = View.open(path)
    ask(view)
    for name, step in STEPS.items():
        with Ledger.open(path) as ledger:
            step(ledger)
        before, view, anew = view, view.renewed(), View.open(path)
        ask(view)
        assert before.as_of is None
        for books in (ONE, OTHER, NEW):
            ticker = books.ticker
            assert view.figures(ticker) == anew.figures(ticker), name
            assert view.remarks(ticker) == anew.remarks(ticker), name
            assert view.lines(ticker) == anew.lines(ticker), name
            assert view.gaps(ticker) == anew.gaps(ticker), name
    anew = View.open(path)
    assert view.all_figures == anew.all_figures
    assert list(view.all_figures.sources) == list(anew.all_figures.sources)
    assert view.tickers() == anew.tickers()
    assert dict(view.sources) == dict(anew.sources)


@pytest.fixture
def rows_read(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Figures read, by company."""
    read: Counter[str] = Counter()
    made = _sql.stored_figure

    def counted(text: str):  # type: ignore[no-untyped-def]
        figure = made(text)
        read[figure.ticker] += 1
        return figure

    monkeypatch.setattr(_sql, "stored_figure", counted)
    return read


@pytest.mark.parametrize("ask", [_whole, _alone], ids=["asked about all", "asked about each"])
def test_only_what_was_written_is_read(
    tmp_path: Path, rows_read: Counter[str], ask: Callable[[View], None]
) -> None:
    path = tmp_path / "ledger.sqlite3"
    for books in (ONE, OTHER):
        with Ledger.open(path) as ledger:
            _add(books, LAST)(ledger)
    desk = Desk.open(path)
    ask(desk.view)
    with Ledger.open(path) as ledger:
        _add(ONE, LAST - 1)(ledger)
    rows_read.clear()
    desk = desk.renewed()
    ask(desk.view)
    assert rows_read.keys() == {ONE.ticker}


def test_a_filing_date_recorded_meanwhile_counts(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger:
        _add(ONE, LAST)(ledger)
        source = next(s for s in ledger.sources().values() if s.form == "10-Q")
    views = [View.open(path), View.open(path)]
    _whole(views[0])
    _alone(views[1])
    day, what = date(2026, 5, 1), record_kind("filing-dates")
    row = {"of": source.accession, "filed": day.isoformat(), "title": "Index", "grade": "B", "locator": "row"}
    with Ledger.open(path) as ledger:
        scene = scene_of(ledger.read(), Companies.load(), date(2026, 11, 1))
        record_rows(ledger, what, rows_of_mappings([row], what), scene)
    anew = View.open(path)
    assert anew.sources[source.key].known == day
    for view in views:
        renewed = view.renewed()
        assert renewed.sources[source.key].known == day
        assert renewed.figures(ONE.ticker) == anew.figures(ONE.ticker)


def test_a_ledger_that_took_its_place_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger:
        _add(ONE, LAST)(ledger)
    view = View.open(path)
    view.tickers()
    path.unlink()
    with Ledger.open(path) as ledger:
        _add(OTHER, LAST)(ledger)
    renewed = view.renewed()
    assert not renewed.figures(ONE.ticker)
    assert renewed.figures(OTHER.ticker) == View.open(path).figures(OTHER.ticker)
