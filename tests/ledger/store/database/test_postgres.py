"""A ledger in a real PostgreSQL server: whole filings whatever happens, and nothing ever changed."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hashpivot.core import LedgerError
from hashpivot.desk import CurrentDesk, Desk
from hashpivot.ledger import Ledger
from hashpivot.ledger.store.database import SEALED, SOURCES, StoredRows
from tests.ledger.store import writer as filings
from tests.postgres_server import OWNER, PostgresServer

psycopg = pytest.importorskip("psycopg")
WRITER = Path(filings.__file__)


@pytest.fixture
def schema(postgres_server: PostgresServer) -> str:
    return postgres_server.new_schema()


@pytest.fixture
def url(postgres_server: PostgresServer, schema: str) -> str:
    return postgres_server.url(schema=schema)


@pytest.fixture
def restarting(postgres_server: PostgresServer) -> Iterator[PostgresServer]:
    """The server, running again afterwards."""
    yield postgres_server
    postgres_server.start()


def add(place: str, key: str) -> bool:
    with Ledger.open(place) as ledger:
        return ledger.add(filings.source(key), filings.figures(key), filings.remarks(key)).new


def whole(place: str) -> set[str]:
    """Keys of the sources, each with all of its figures."""
    with Ledger.open(place) as ledger:
        ledger.check()
        held = ledger.read()
    counts = Counter(figure.source for figure in held.figures)
    assert set(counts.values()) <= {filings.FIGURES} and set(counts) == set(held.sources)
    return set(counts)


def counts(stored: StoredRows) -> list[int]:
    return [len([*stored.select(table, "number > ?", (0,))]) for table in SEALED]


def test_reading_makes_no_tables(url: str, schema: str, postgres_server: PostgresServer) -> None:
    with Ledger.open(url) as ledger:
        assert len(ledger.read()) == 0 and not ledger.sources() and ledger.path is None
        ledger.check()
    assert not postgres_server.sql(f"SELECT FROM pg_namespace WHERE nspname = '{schema}'")


def test_without_a_schema_the_users_first_one_holds_it(postgres_server: PostgresServer) -> None:
    postgres_server.sql("CREATE DATABASE plain")
    assert add(postgres_server.url(database="plain"), "a")
    assert whole(postgres_server.url(database="plain", schema="public")) == {"a"}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM figures", "UPDATE figures SET value = '0'", "TRUNCATE changes",
        "INSERT INTO sources SELECT * FROM sources ON CONFLICT (number) DO UPDATE SET grade = 'C'",
    ],
)  # fmt: skip
def test_the_owner_too_can_change_and_remove_nothing(
    url: str, schema: str, postgres_server: PostgresServer, statement: str
) -> None:
    add(url, "a")
    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        postgres_server.sql(f"SET search_path = {schema}", statement)
    assert whole(url) == {"a"}


def test_a_reader_sees_one_state(url: str) -> None:
    add(url, "a")
    with Ledger.open(url) as ledger, ledger._database.snapshot() as stored:
        before = counts(stored)
        assert add(url, "b")
        assert counts(stored) == before


def test_a_writer_that_waits_too_long_says_so(url: str) -> None:
    add(url, "a")
    with Ledger.open(url) as first, Ledger.open(url, wait=0.05) as second:
        with first._database.transaction():
            assert len(second.read().sources) == 1
            with pytest.raises(LedgerError, match="another process is writing") as caught:
                second.add(filings.source("b"), [])
            assert caught.value.hint
        assert second.add(filings.source("b"), []).new


def test_two_ledgers_of_one_database_do_not_wait_for_each_other(postgres_server: PostgresServer) -> None:
    first, second = (postgres_server.url(schema=postgres_server.new_schema()) for _ in range(2))
    add(second, "a")
    with Ledger.open(first) as one, Ledger.open(second, wait=0.05) as other, one._database.transaction():
        assert other.add(filings.source("b"), []).new


def test_a_lost_connection_is_made_again(url: str, postgres_server: PostgresServer) -> None:
    with Ledger.open(url) as ledger:
        ledger.add(filings.source("a"), filings.figures("a"))
        for call in (
            ledger.read,
            ledger.check,
            lambda: ledger.add(filings.source("b"), filings.figures("b")),
        ):
            end = (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'hashpivot'"
            )
            assert postgres_server.sql(end)
            call()
    assert whole(url) == {"a", "b"}


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT])
def test_a_server_that_stops_while_a_filing_is_added(
    url: str, restarting: PostgresServer, how: signal.Signals
) -> None:
    add(url, "a")
    with Ledger.open(url) as ledger:
        with pytest.raises(LedgerError, match="connection to the database server was lost") as caught:  # noqa: SIM117
            with ledger._database.transaction() as stored:
                (row,) = stored.span(SOURCES, 0, 1)
                stored.insert(SOURCES, 2, [("b", *row[1:])])
                restarting.stop(how)
                counts(stored)
        assert "not there" in caught.value.hint and OWNER in caught.value.where
        with pytest.raises(LedgerError, match="does not answer"):
            ledger.read()
        restarting.start()
        assert len(ledger.read().sources) == 1
    assert whole(url) == {"a"} and add(url, "b") and whole(url) == {"a", "b"}


def test_a_server_that_fails_under_a_writer_loses_nothing_confirmed(
    url: str, restarting: PostgresServer
) -> None:
    command = [sys.executable, str(WRITER), url, "w"]
    busy = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert busy.stdout
    lines = [busy.stdout.readline() for _ in range(5)]
    restarting.stop(signal.SIGQUIT)
    out, err = busy.communicate(timeout=60)
    assert busy.returncode == 1 and "LedgerError" in err and "hint:" in err, err
    assert "connection to the database server was lost" in err or "server does not answer" in err
    restarting.start()
    confirmed = set("".join([*lines, out]).split())
    assert whole(url) >= confirmed
    assert len(whole(url)) <= len(confirmed) + 1
    assert add(url, f"w-{len(confirmed) + 1}")


def test_killed_writers_leave_whole_filings(url: str) -> None:
    for turn in range(3):
        command = [sys.executable, str(WRITER), url, f"turn{turn}"]
        busy = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert busy.stdout
        lines = busy.stdout.readline()
        busy.kill()
        rest, _ = busy.communicate()
        assert whole(url) >= set((lines + rest).split())


def test_every_character_comes_back(place: str, figure) -> None:
    texts = ["\x1a0", "né €", "\U0001f600", "%s ? $1", "\\x00", "'\"\n\r\t", "\x7f\x01", "\ufeff\uffff"]
    labels = [figure(number, None, "2024-12-31", label=text) for number, text in enumerate(texts)]
    with Ledger.open(place) as ledger:
        ledger.add(filings.source("s"), labels)
        ledger.check()
        assert [held.label for held in ledger.read().figures] == texts


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\ud83d"])
def test_what_is_no_text_is_refused_in_words(place: str, text: str) -> None:
    with Ledger.open(place) as ledger:
        ledger.add(filings.source("a"), [])
        with pytest.raises(LedgerError, match="name of a row of sources cannot be stored") as caught:
            ledger.add(replace(filings.source("s"), name=text), [])
        assert caught.value.hint and set(ledger.read().sources) == {"a"}


def test_a_desk_that_keeps_up_notices_what_others_add(url: str) -> None:
    current = CurrentDesk(url)
    before = current.get()
    assert current.get() is before
    add(url, "a")
    after = current.get()
    assert after is not before and "a" in after.view.sources and current.get() is after


def test_health_shows_the_server_and_no_password(postgres_server: PostgresServer, url: str) -> None:
    secret = f"{url}&password=s3cret"
    empty = Desk.open(secret).health()
    assert empty.ledger_bytes is None and "never" in empty.facts()["Ledger"].values()
    add(secret, "a")
    health = Desk.open(secret).health()
    assert health.ledger_bytes and health.versions["PostgreSQL"][0].isdigit()
    assert "the server does not say" in health.facts()["Ledger"].values()
    assert health.to_dict()["ledger"]["path"].startswith(f"postgresql://{OWNER}@/ledger?host=")
    assert "s3cret" not in f"{health.to_dict()} {health.facts()} {health!r} {health.ledger!r}"
