from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hashpivot.core import JournalError
from hashpivot.watch import EVENTS, FilingNews, FilingState, FoundFiling, Journal

NOW = datetime(2026, 11, 4, 17, tzinfo=UTC)
ONE = FoundFiling("0000000001-26-000001", "9000101", "AAA", "8-K", date(2026, 11, 4), "feed")
NEWS = FilingNews(ONE.accession, "AAA 8-K: read", ("a line",), {"id": ONE.accession})


def test_one_process_watches_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "watch.sqlite3"
    with Journal(path), pytest.raises(JournalError, match="another hashpivot watch is running"):
        Journal(path)
    with Journal(path):
        pass


def test_a_filing_is_written_down_once_and_its_message_too(tmp_path: Path) -> None:
    with Journal(tmp_path / "watch.sqlite3") as journal:
        journal.found([ONE, ONE], NOW, feed_read=NOW)
        journal.found([ONE], NOW, index_read=date(2026, 11, 3))
        assert (journal.feed_read, journal.index_read) == (NOW, date(2026, 11, 3))
        assert [entry.filing for entry in journal.waiting()] == [ONE]
        journal.fetched(ONE.accession, NOW)
        journal.read(ONE.accession, "in_ledger", "", "key")
        for _ in range(2):
            journal.tell(NEWS, (EVENTS, "webhook"))
        assert journal.waiting() == []
        assert journal.counts() == {FilingState.TOLD: 1}
        assert journal.unsent(EVENTS) == journal.unsent("webhook") == [NEWS]
        journal.sent(NEWS, EVENTS, NOW)
        assert (journal.unsent(EVENTS), journal.unsent("webhook")) == ([], [NEWS])


def test_a_damaged_journal_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "watch.sqlite3"
    path.write_bytes(b"this is no database, and long enough to be taken for one" * 20)
    with pytest.raises(JournalError, match="damaged") as caught:
        Journal(path)
    assert "move it away" in caught.value.hint


def test_a_journal_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "watch.sqlite3"
    Journal(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(JournalError, match="later version"):
        Journal(path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalError, match="cannot be written"):
        Journal(tmp_path / "file" / "watch.sqlite3")
