"""The sources of a desk: listed with what they give; what was fetched, what failed and why, rate limits."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hashpivot.core import JournalError, home
from hashpivot.sources import Store, service_limits
from hashpivot.sources.http import limits_folder
from hashpivot.sources.http._limiter import Limiter
from hashpivot.testing import bundled_desk
from hashpivot.watch import FoundFiling, Journal, journal_failures


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHPIVOT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_every_source_is_listed_once_with_what_it_gives() -> None:
    desk = bundled_desk()
    result = desk.sources()
    assert len(result.sources) == len(desk.view.sources) == sum(result.grades.values())
    assert sum(one.figures for one in result.sources) == len(desk.view.all_figures.figures)
    days = [one.source.known for one in result.sources]
    assert days == sorted(days, reverse=True)
    assert (result.stored, result.failed, result.limits) == ((), (), ())
    assert not (home() / "store").exists()  # looking makes nothing
    dated = bundled_desk(date(2025, 3, 10)).sources()
    assert 0 < len(dated.sources) < len(result.sources)


def test_what_was_fetched_and_what_could_not_be_read() -> None:
    with Store() as store:
        store.put("sec/0001-25-1.txt", b"a filing")
        store.put("sec/0001-25-2.txt", b"another")
        store.annotate("sec/0001-25-2.txt", "7 unreadable\nit is empty")
        store.put("mempool/v1/1", b"{}")
    result = bundled_desk().sources()
    assert [(one.service, one.documents) for one in result.stored] == [("mempool", 1), ("sec", 2)]
    assert [(one.document, one.state, one.reason) for one in result.failed] == [
        ("sec/0001-25-2.txt", "unreadable", "it is empty")
    ]
    assert result.to_dict()["failed"][0]["reason"] == "it is empty"


def test_what_a_watch_could_not_read_is_seen_while_it_runs() -> None:
    now = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    with Journal() as journal:
        journal.found([FoundFiling("0001-26-9", "1839341", "CORZ", "10-Q", date(2026, 11, 19), "feed")], now)
        journal.read("0001-26-9", "unreadable", "no table has revenue", "")
        (failed,) = bundled_desk().sources().failed
    assert (failed.document, failed.when) == ("0001-26-9", now)
    assert failed.reason == "CORZ 10-Q: no table has revenue"


def test_a_journal_that_is_none_is_told() -> None:
    home().mkdir(parents=True)
    (home() / "watch.sqlite3").write_text("no database, but long enough to look at: " * 9)
    with pytest.raises(JournalError, match="cannot be read"):
        journal_failures()


def test_limits_tell_pace_and_block() -> None:
    limiter = Limiter(limits_folder(), "sec", 8.0, 600.0)
    with limiter.turn(lambda _left: None):
        pass
    (limit,) = service_limits()
    assert (limit.service, limit.rate, limit.blocked_until) == ("sec", 8.0, None)
    with limiter.turn(lambda _left: None):
        limiter.block()
    (limit,) = service_limits()
    assert limit.blocked_until and limit.blocked_until > datetime.now(UTC)
    assert limit.to_dict()["blocked_until"].endswith("Z")
    (limits_folder() / "torn.json").write_text("{")
    assert len(service_limits()) == 1


def test_it_shows_itself(capsys: pytest.CaptureFixture[str]) -> None:
    result = bundled_desk().sources()
    assert "of grade A" in (result.print() or capsys.readouterr().out)
    assert len(result.records()) == len(result.to_dict()["sources"])
