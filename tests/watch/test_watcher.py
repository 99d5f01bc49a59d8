"""What a watch does when something is wrong: told once, gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hashpivot.core import JournalError, LedgerError, RefusedBySource, UnexpectedAnswer
from hashpivot.testing.services import EdgarService, ServedFiler
from hashpivot.testing.services.edgar import maintenance, missing_key, undeclared_tool
from hashpivot.testing.services.http import html_instead
from hashpivot.testing.submissions import EASTERN
from hashpivot.watch import FilingChanges, FilingNews, FilingState, ReadOutcome, WatchedFilers, Watcher

from .conftest import COMPANIES, NotingReader, OpenWatcher, filing

NOON = datetime(2026, 11, 4, 12, tzinfo=EASTERN)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
EARLIER = [
    filing(cik, "8-K", f"0000000001-26-00010{number}", NOON - 30 * 24 * HOUR)
    for number, cik in enumerate(COMPANIES)
]
"""So that EDGAR knows the companies."""
FIRST = filing("9000101", "8-K", "0000000001-26-000001", NOON + HOUR)
SECOND = filing("9000102", "10-Q", "0000000001-26-000002", NOON + 2 * HOUR)


@pytest.fixture
def edgar() -> Iterator[EdgarService]:
    with EdgarService([*EARLIER, FIRST, SECOND], now=NOON) as service:
        yield service


def poll(watcher: Watcher, edgar: EdgarService, step: timedelta = timedelta(0)) -> list[str]:
    """Poll after a while: accessions of news, and problems in words."""
    edgar.advance(step)
    return [
        step.id if isinstance(step, FilingNews) else " | ".join(step.lines)
        for step in watcher.poll(edgar.now)
    ]


def test_a_service_that_is_away_is_told_once_and_when_it_is_back(
    open_watcher: OpenWatcher, edgar: EdgarService
) -> None:
    watcher = open_watcher(edgar, NotingReader())
    assert poll(watcher, edgar) == []
    edgar.fail(maintenance(), times=None)
    (told,) = poll(watcher, edgar, 2 * HOUR)
    assert told.startswith("feed: sec: it is in maintenance")
    assert poll(watcher, edgar, MINUTE) == []
    edgar.heal()
    assert poll(watcher, edgar, MINUTE) == ["feed: works again", FIRST.accession, SECOND.accession]


def test_a_list_in_another_shape_does_not_stop_the_others(
    open_watcher: OpenWatcher, edgar: EdgarService
) -> None:
    watcher = open_watcher(edgar, NotingReader())
    edgar.fail(html_instead("{}"), "/submissions/", times=None)
    steps = poll(watcher, edgar, 2 * HOUR)
    assert [step.partition(":")[0] for step in steps[: len(COMPANIES)]] == [
        f"submissions of {ticker}" for ticker in COMPANIES.values()
    ]
    assert steps[len(COMPANIES) :] == [FIRST.accession, SECOND.accession]


def test_a_refused_identification_ends_the_first_poll(open_watcher: OpenWatcher, edgar: EdgarService) -> None:
    watcher = open_watcher(edgar, NotingReader())
    edgar.fail(undeclared_tool(), times=None)
    with pytest.raises(RefusedBySource, match="identification"):
        poll(watcher, edgar)
    edgar.heal()
    assert poll(watcher, edgar) == []
    edgar.fail(undeclared_tool(), times=None)
    assert len(poll(watcher, edgar, MINUTE)) == 1  # later it is a problem as any other


def test_a_filing_that_is_listed_too_early_is_fetched_later(
    open_watcher: OpenWatcher, edgar: EdgarService
) -> None:
    watcher = open_watcher(edgar, NotingReader())
    edgar.fail(missing_key(), f"{FIRST.accession}.txt", times=2)
    assert poll(watcher, edgar, 2 * HOUR) == [SECOND.accession]
    assert poll(watcher, edgar, timedelta(seconds=30)) == []  # not asked for again at once
    assert poll(watcher, edgar, MINUTE) == []
    assert poll(watcher, edgar, 2 * MINUTE) == [FIRST.accession]


def test_a_filing_that_never_comes_is_told_as_that(open_watcher: OpenWatcher, edgar: EdgarService) -> None:
    reader = NotingReader()
    watcher = open_watcher(edgar, reader)
    edgar.fail(missing_key(), f"{FIRST.accession}.txt", times=None)
    steps = [step for _ in range(22) for step in poll(watcher, edgar, HOUR)]
    assert steps == [SECOND.accession, FIRST.accession]
    assert reader.ledger == [SECOND.accession]
    entry = watcher.journal.entry(FIRST.accession)
    assert entry and entry.outcome == "unreachable"


def test_what_was_public_before_the_start_is_left_alone_until_it_is_asked_for(
    open_watcher: OpenWatcher, edgar: EdgarService
) -> None:
    edgar.now = NOON + 90 * MINUTE  # the first filing is half an hour old
    watcher = open_watcher(edgar, NotingReader())
    assert poll(watcher, edgar, HOUR) == [SECOND.accession]
    assert watcher.journal.counts() == {FilingState.EARLIER: 1, FilingState.TOLD: 1}
    watcher = open_watcher(edgar, NotingReader(), start=NOON, again=True)
    assert poll(watcher, edgar, MINUTE) == [FIRST.accession]
    watcher = open_watcher(edgar, NotingReader(), start=NOON, again=True)
    assert poll(watcher, edgar, MINUTE) == []


def test_a_company_that_is_added_is_watched_from_then_on(
    open_watcher: OpenWatcher, edgar: EdgarService
) -> None:
    alone = WatchedFilers({"9000101": "AAA"})
    assert poll(open_watcher(edgar, NotingReader(), watched=alone), edgar, HOUR) == [FIRST.accession]
    edgar.advance(2 * HOUR)
    both = WatchedFilers({"9000101": "AAA", "9000102": "BBB"})
    assert poll(open_watcher(edgar, NotingReader(), watched=both), edgar, HOUR) == []


def test_a_long_pause_is_caught_up(open_watcher: OpenWatcher, edgar: EdgarService) -> None:
    assert poll(open_watcher(edgar, NotingReader()), edgar) == []
    edgar.advance(timedelta(days=60))
    assert poll(open_watcher(edgar, NotingReader()), edgar) == [FIRST.accession, SECOND.accession]


def test_only_watched_forms_and_their_amendments(open_watcher: OpenWatcher) -> None:
    person = (ServedFiler("9111111", "Jane Owner"), "Reporting")
    others = [
        filing("9000101", "4", "0000000001-26-000003", NOON + HOUR, (person,)),
        filing("9000101", "10-Q/A", "0000000001-26-000004", NOON + HOUR),
        filing("9000999", "10-Q", "0000000001-26-000005", NOON + HOUR),
    ]
    with EdgarService([*EARLIER, *others], now=NOON) as edgar:
        assert poll(open_watcher(edgar, NotingReader()), edgar, 2 * HOUR) == ["0000000001-26-000004"]


def test_changes_that_cannot_be_computed_are_said_and_do_not_stop_the_watch(
    open_watcher: OpenWatcher, edgar: EdgarService
) -> None:
    reader = NotingReader(fails=UnexpectedAnswer("a cause"))
    watcher = open_watcher(edgar, reader)
    edgar.advance(2 * HOUR)
    news = [step for step in watcher.poll(edgar.now) if isinstance(step, FilingNews)]
    assert [each.body["reason"] for each in news] == ["what it changed is not known: a cause"] * 2
    assert [each.body["changes"] for each in news] == [None, None]


def test_a_ledger_that_cannot_be_written_ends_the_watch_and_the_next_goes_on(
    open_watcher: OpenWatcher, edgar: EdgarService, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = NotingReader()
    watcher = open_watcher(edgar, reader)

    def full(*_: object) -> ReadOutcome:
        raise LedgerError("the disk is full", hint="free some space")

    with monkeypatch.context() as patched, pytest.raises(LedgerError, match="full"):
        patched.setattr(reader, "read", full)
        poll(watcher, edgar, 2 * HOUR)
    assert poll(open_watcher(edgar, reader), edgar) == [FIRST.accession, SECOND.accession]


def test_of_two_that_file_together_the_one_it_was_read_as_is_named(
    open_watcher: OpenWatcher, edgar: EdgarService, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = NotingReader()
    watcher = open_watcher(edgar, reader)
    monkeypatch.setattr(reader, "changes", lambda _: FilingChanges(1, 1, ticker="DDD"))
    edgar.advance(2 * HOUR)
    news = [step for step in watcher.poll(edgar.now) if isinstance(step, FilingNews)]
    assert {each.body["ticker"] for each in news} == {"DDD"}
    assert all(each.title.startswith("DDD ") for each in news)


def test_a_caller_that_ends_is_told_of_the_same_filing_again(
    open_watcher: OpenWatcher, edgar: EdgarService
) -> None:
    watcher = open_watcher(edgar, NotingReader())
    edgar.advance(2 * HOUR)
    assert next(iter(watcher.poll(edgar.now))).id == FIRST.accession  # type: ignore[union-attr]
    assert poll(open_watcher(edgar, NotingReader()), edgar) == [FIRST.accession, SECOND.accession]
    assert poll(open_watcher(edgar, NotingReader()), edgar) == []


def test_a_full_disk_ends_the_watch_with_a_clear_error(
    open_watcher: OpenWatcher, edgar: EdgarService, tmp_path: Path
) -> None:
    watcher = open_watcher(edgar, NotingReader())
    watcher.journal._file._connection.execute("PRAGMA max_page_count = 1")
    edgar.advance(2 * HOUR)
    with pytest.raises(JournalError, match="full"):
        for _ in range(200):
            poll(watcher, edgar)
            edgar.publish(
                *(
                    filing("9000103", "8-K", f"{edgar.now:%d%H%M%S}00-26-{number:06}", edgar.now)
                    for number in range(12)
                )
            )
            edgar.advance(MINUTE)
    assert poll(open_watcher(edgar, NotingReader()), edgar)
