"""Records join the ledger one by one; later ones supersede, nothing is deleted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hashpivot.core import LedgerError, Quarter, UnknownFigure
from hashpivot.ledger import Ledger, RowFaults
from hashpivot.ledger.store import _sql
from hashpivot.season.texts import tagged_splits
from tests.ledger.records.book import CONTRACT, FIGURE, FILING_DATE, LINE, ROWS, SPLIT, TARGET, Book

ADDRESS = "RIOT/2026Q3/revenue/self_mining"


@pytest.fixture
def book(place: str) -> Book:
    """A ledger in each kind of database."""
    return Book(place)


def value(book: Book, address: str = ADDRESS, as_of: date | None = None) -> int:
    return int(book.view(as_of).figure(address).value)


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_recorded_twice_adds_nothing(kind: str, book: Book) -> None:
    (first,) = book.record(ROWS[kind], kind=kind)
    stored = book.rows()
    (again,) = book.record(ROWS[kind], kind=kind, today=date(2026, 12, 1))
    assert (first.new, again.new) == (True, False)
    assert again.member == first.member
    assert book.rows() == stored


def test_a_record_is_traced_like_any_other_figure(book: Book) -> None:
    (recorded,) = book.record(LINE | {"url": "https://example.com/q3", "form": "8-K", "label": "Mining"})
    trace = book.view().trace(ADDRESS)
    assert trace.figure == recorded.member
    told = trace.to_dict()
    assert (told["locator"], told["label"], told["known"]) == ("table 1", "Mining", "2026-10-29")
    source = told["source"]
    assert isinstance(source, dict)
    assert (source["url"], source["name"]) == ("https://example.com/q3", "Results")
    assert (source["known_basis"], source["grade"]) == ("recorded", "B")
    assert "Results, https://example.com/q3 (recorded by hand)" in str(trace)
    assert book.view().trace(recorded.member.id).figure == recorded.member


def test_the_same_from_the_same_source_supersedes(book: Book) -> None:
    (first,) = book.record(LINE)
    (second,) = book.record(LINE | {"value": "161000000"})
    assert second.supersedes == first.member.id
    assert value(book) == 161_000_000
    assert value(book, first.member.id) == 161_000_000  # the old id leads on
    assert book.view().trace(first.member.id).to_dict()["successor_of"] == {
        "figure": first.member.id, "reason": "a later record supersedes it",
    }  # fmt: skip
    assert [int(f.value) for f in book.held().figures] == [160_000_000, 161_000_000]  # nothing is deleted


def test_a_correction_counts_since_the_source_became_known(book: Book) -> None:
    book.record(LINE)
    book.record(LINE | {"value": "161000000"}, today=date(2026, 12, 1))
    assert value(book, as_of=date(2026, 10, 29)) == 161_000_000
    with pytest.raises(UnknownFigure):
        value(book, as_of=date(2026, 10, 28))


def test_a_value_may_return(book: Book) -> None:
    (first,) = book.record(LINE)
    (second,) = book.record(LINE | {"value": "161000000"})
    (third,) = book.record(LINE)
    assert third.member == first.member
    assert third.supersedes == second.member.id
    assert value(book) == value(book, second.member.id) == 160_000_000
    (fourth,) = book.record(LINE | {"value": "161000000"})
    assert fourth.new
    assert value(book) == value(book, first.member.id) == 161_000_000
    assert not book.record(LINE | {"value": "161000000"})[0].new


def test_other_sources_keep_theirs(book: Book) -> None:
    book.record(LINE)
    book.record(LINE | {"title": "Another account", "grade": "C", "value": "159000000"})
    assert len(book.view().figures("RIOT", "revenue")) >= 2
    assert value(book) == 160_000_000  # the better grade answers


@pytest.mark.parametrize(
    "changed", [{"note": "unaudited"}, {"decimals": "-3"}, {"breakdown": "segment@IFRS"}]
)
def test_what_no_id_tells_is_superseded_too(changed: dict[str, str], book: Book) -> None:
    (first, total) = book.record(LINE, FIGURE)
    (second,) = book.record(LINE | changed)
    assert second.supersedes == first.member.id
    figures = [f for f in book.view().figures("RIOT") if f.source.startswith("record:")]
    assert {f.source for f in figures} == {second.source.key}  # rows of one source stay together
    assert len(figures) == 2
    assert int(book.view().figure(total.member.id).value) == 180_000_000
    assert not book.record(LINE | changed)[0].new


def test_another_grade_moves_all_of_the_source(book: Book) -> None:
    first = book.record(LINE, FIGURE)
    again = book.record(LINE | {"grade": "A"}, FIGURE | {"grade": "A"})
    assert [row.supersedes for row in again] == [row.member.id for row in first]
    figures = [f for f in book.view().figures("RIOT") if f.source.startswith("record:")]
    assert {book.view().sources[f.source].grade for f in figures} == {"A"}
    assert len(figures) == 2


def test_a_record_supersedes_one_it_names(book: Book) -> None:
    (wrong,) = book.record(LINE | {"period": "2025Q3", "known": "2026-10-29"})
    right = LINE | {"title": "Results, corrected", "supersedes": wrong.member.id}
    (done,) = book.record(right)
    assert done.supersedes == wrong.member.id
    assert [f.id for f in book.view().figures("RIOT") if f.source.startswith("record:")] == [done.member.id]
    stored = book.rows()
    assert not book.record(right)[0].new  # once more with the same name
    assert book.rows() == stored


def test_a_later_document_that_supersedes_leaves_what_was_known_before(book: Book) -> None:
    (old,) = book.record(LINE)
    book.record(LINE | {"title": "10-Q", "known": "2026-11-01", "value": "1", "supersedes": old.member.id})
    assert value(book, as_of=date(2026, 10, 31)) == 160_000_000
    assert value(book, as_of=date(2026, 11, 1)) == 1


def test_what_is_named_must_be_there(book: Book) -> None:
    (old,) = book.record(LINE)
    (new,) = book.record(LINE | {"value": "161000000"})
    for named, said in (
        (old.member.id, f"was superseded by {new.member.id}"),
        ("RIOT/2024Q4/revenue/self_mining@00000000", "is no record of this ledger"),
    ):
        with pytest.raises(RowFaults, match=said):
            book.record(LINE | {"value": "162000000", "supersedes": named})
    (target,) = book.record(TARGET | {"title": "Target"}, kind="targets")
    with pytest.raises(RowFaults, match="another company or kind"):
        book.record(CONTRACT | {"title": "Contract", "supersedes": target.member.id}, kind="contracts")
    with pytest.raises(RowFaults, match="another company or kind"):
        book.record(TARGET | {"title": "Call", "supersedes": new.member.id}, kind="targets")


def test_a_source_has_one_day(book: Book) -> None:
    book.record(LINE)
    stored = book.rows()
    with pytest.raises(RowFaults) as caught:
        book.record(FIGURE | {"known": "2026-10-30"})
    assert caught.value.faults[0].column == "known"
    assert "known since 2026-10-29" in str(caught.value)
    assert book.rows() == stored


def test_nothing_is_recorded_if_a_later_row_is_refused_by_the_ledger(book: Book) -> None:
    book.record(LINE)
    stored = book.rows()
    with pytest.raises(RowFaults):
        book.record(
            FIGURE | {"title": "Another"},
            FIGURE | {"known": "2026-10-30"},
            LINE | {"supersedes": "RIOT/x@0", "value": "3"},
        )
    assert book.rows() == stored


@pytest.mark.parametrize("table", ["SOURCES", "FIGURES", "READINGS", "CHANGES"])
def test_a_recording_that_fails_midway_leaves_nothing(
    table: str, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.record(LINE)
    held = book.held()
    nowhere = replace(getattr(_sql, table), name="nowhere")
    monkeypatch.setattr(_sql, table, nowhere)
    with pytest.raises(LedgerError):
        book.record(LINE | {"value": "2"}, FIGURE | {"title": "Another"})
    monkeypatch.undo()
    assert book.held() == held
    assert [row.new for row in book.record(LINE | {"value": "2"}, FIGURE | {"title": "Another"})] == [
        True,
        True,
    ]


def test_a_filing_date_moves_a_source_and_all_it_says(book: Book) -> None:
    held = [s for s in book.view().sources.values() if s.accession == FILING_DATE["of"]]
    assert held and all(s.known != date(2024, 8, 5) for s in held)
    book.record(FILING_DATE, kind="filing-dates")
    view = book.view(date(2024, 8, 5))
    dated = [s for s in view.sources.values() if s.accession == FILING_DATE["of"]]
    assert {(s.known, s.known_basis) for s in dated} == {(date(2024, 8, 5), "recorded")}
    keys = {s.key for s in dated}
    assert any(f.source in keys for f in view.figures("RIOT"))
    assert not any(f.source in keys for f in book.view(date(2024, 8, 4)).figures("RIOT"))
    figure = next(f for f in view.figures("RIOT") if f.source in keys)
    assert figure.known == date(2024, 8, 5)
    assert "filing date recorded by hand" in str(view.trace(figure.id))
    assert view.on(date(2024, 8, 4)).as_of == date(2024, 8, 4)


def test_a_later_filing_date_supersedes_whoever_says_so(book: Book) -> None:
    book.record(FILING_DATE, kind="filing-dates")
    (second,) = book.record(FILING_DATE | {"title": "EDGAR", "filed": "2024-08-06"}, kind="filing-dates")
    assert second.supersedes
    dated = [s for s in book.view().sources.values() if s.accession == FILING_DATE["of"]]
    assert {s.known for s in dated} == {date(2024, 8, 6)}


def test_a_filing_date_of_a_record_survives_its_corrections(book: Book) -> None:
    (first,) = book.record(LINE)
    book.record(FILING_DATE | {"of": first.source.key, "filed": "2026-10-27"}, kind="filing-dates")
    assert value(book, as_of=date(2026, 10, 27)) == 160_000_000
    book.record(LINE | {"grade": "A", "value": "161000000"})
    assert value(book, as_of=date(2026, 10, 27)) == 161_000_000
    assert not book.record(LINE | {"grade": "A", "value": "161000000", "known": "2026-10-27"})[0].new


def test_contracts_join_those_announced(book: Book) -> None:
    stage = CONTRACT | {"group": "Example campus"}
    book.record(
        stage,
        stage | {"counterparty": "Example AI (second hall)", "known": "2026-06-20", "title": "Second hall"},
        kind="contracts",
    )

    def megawatts(day: date) -> list[str]:
        return [
            str(c.mw_critical_it) for c in book.view(day).contracts("RIOT") if c.group == "Example campus"
        ]

    assert megawatts(date(2026, 5, 19)) == []
    assert megawatts(date(2026, 5, 20)) == ["100"]
    assert megawatts(date(2026, 6, 20)) == ["100", "100"]
    restated = stage | {
        "known": "2026-07-01",
        "title": "Restated",
        "announced": "2026-07",
        "restates": "true",
        "mw_critical_it": "250",
    }
    (done,) = book.record(restated | {"contract_value_usd": ""}, kind="contracts")
    assert megawatts(date(2026, 7, 1)) == ["250"]
    (whole,) = [c for c in book.view().contracts("RIOT") if c.group == "Example campus"]
    assert whole.contract_value_usd == 4_000_000_000
    assert whole.url == "Restated"
    assert done.member.ticker == "RIOT"


def test_targets_and_their_withdrawal(book: Book) -> None:
    book.record(TARGET, kind="targets")
    book.record(TARGET | {"said_on": "2026-08-01", "withdrawn": "true", "title": "Call"}, kind="targets")
    (target,) = [t for t in book.view().targets("RIOT") if t.source.startswith("record:")]
    assert (target.low, target.due, target.due_text) == (50, date(2026, 12, 31), "2026Q4")
    assert [t.said_on for t in book.view().withdrawals("RIOT") if t.source.startswith("record:")] == [
        date(2026, 8, 1)
    ]


def test_the_tables_stay_append_only(tmp_path: Path) -> None:
    book = Book(tmp_path / "ledger.sqlite3")
    book.record(LINE)
    with closing(sqlite3.connect(book.path)) as connection, connection:
        for statement in ("DELETE FROM figures", "UPDATE sources SET grade = 'A'", "DELETE FROM readings"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)
    with Ledger.open(book.path) as ledger:
        ledger.check()


def test_a_record_is_no_report_that_was_read(book: Book) -> None:
    """One number of a 10-Q says nothing of what else is in it."""
    book.record(FIGURE | {"form": "10-Q", "grade": "A"})
    missing = book.view().quarter_lines("RIOT", Quarter(2026, 3)).missing["cost_of_revenue"]
    assert missing.code == "not_in_ledger"


def test_a_split_counts_between_two_counts_of_shares(book: Book) -> None:
    shares = FIGURE | {"measure": "shares_outstanding", "unit": "shares"}
    book.record(
        shares | {"period": "2026-04-30", "known": "2026-05-08", "value": "400000000", "title": "First"},
        shares | {"period": "2026-07-31", "known": "2026-08-08", "value": "40000000", "title": "Second"},
    )
    book.record(SPLIT | {"title": "Split"}, kind="splits")
    view = book.view()
    then, now = (
        view.figure("RIOT/2026-04-30/shares_outstanding"),
        view.figure("RIOT/2026-07-31/shares_outstanding"),
    )
    assert [str(split.value) for split in tagged_splits(view, "RIOT", then, now)] == ["0.1"]


def test_a_release_recorded_by_hand_comes_before_a_secondary_page(book: Book) -> None:
    address = "RIOT/2025-05-01..2025-05-31/bitcoin_mined/total"
    held = book.view().trace(address)
    assert held.source and held.source.grade == "C"
    row = FIGURE | {"measure": "bitcoin_mined", "unit": "btc", "known": "2025-06-03"}
    (recorded,) = book.record(row | {"period": "2025-05-01..2025-05-31", "value": held.figure.text})
    assert book.view().trace(address).figure == recorded.member
