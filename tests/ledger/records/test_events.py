from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hashpivot.core import LedgerError, Line
from hashpivot.ledger import EventKind, View, bundled, event_of
from hashpivot.ledger.records import EXPORTS, export_rows
from tests.ledger.records.book import EVENT, Book


def mine(view: View, day: date | None = None):
    return [event for event in view.events("RIOT", day) if event.counterparty == "Example hall"]


def test_event_is_known_from_its_day(book: Book):
    book.record(EVENT, kind="events")
    (event,) = mine(book.view())
    assert (event.kind, event.line, event.scale) == (
        EventKind.HALLS_CONVERTED, Line.SELF_MINING, Decimal("0.6"),
    )  # fmt: skip
    assert (event.mw, event.ehs, event.effective) == (Decimal(200), None, date(2026, 6, 30))
    assert event.to_dict()["scale"] == 0.6
    assert book.view().sources[event.source].name == "Results"
    before = date(2026, 5, 31)
    assert mine(book.view(before)) == mine(book.view(), before) == []
    assert len(mine(book.view(date(2026, 6, 1)))) == 1  # told before it takes effect


def test_later_record_supersedes(book: Book):
    (first,) = book.record(EVENT, kind="events")
    (again,) = book.record(EVENT, kind="events")
    assert not again.new
    (second,) = book.record(EVENT | {"scale": "0.5"}, kind="events")
    assert second.supersedes == first.member.id
    assert [event.scale for event in mine(book.view())] == [Decimal("0.5")]


def test_events_of_one_source_stand_beside_each_other(book: Book):
    book.record(EVENT, EVENT | {"line": "hosting"}, kind="events")
    assert {event.line for event in mine(book.view())} == {Line.SELF_MINING, Line.HOSTING}


def test_export_can_be_recorded_again(book: Book):
    book.record(EVENT, kind="events")
    rows = export_rows(EXPORTS["events"], book.held(), tickers=["RIOT"])
    (again,) = book.record(*rows, kind="events")
    assert not again.new


def test_oldest_first():
    days = [event.effective for event in View(bundled()).events("RIOT")]
    assert len(days) > 2 and days == sorted(days)


def test_no_event_of_another_fact():
    other = next(fact for fact in bundled().remarks if fact.kind != "event")
    with pytest.raises(LedgerError, match="no event"):
        event_of(other)


def test_every_bundled_event_has_its_source_of_the_same_day():
    events = [fact for fact in bundled().remarks if fact.kind == "event"]
    assert events
    for fact in events:
        source = bundled().sources[fact.source]
        assert (source.ticker, source.known) == (fact.ticker, fact.known)
        assert event_of(fact).note
