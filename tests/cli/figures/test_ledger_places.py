"""Commands on a ledger in a PostgreSQL server, copies of ledgers, and passwords that are never printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hashpivot.ledger import Ledger
from tests.ledger.store import writer as filings
from tests.postgres_server import PostgresServer


@pytest.fixture
def url(postgres_server: PostgresServer) -> str:
    """Of a ledger that is not there yet, with a password that the server does not ask for."""
    return f"{postgres_server.url(schema=postgres_server.new_schema())}&password=s3cret"


@pytest.fixture
def held(tmp_path: Path) -> str:
    path = str(tmp_path / "held.sqlite3")
    with Ledger.open(path) as ledger:
        for key in ("a", "b"):
            ledger.add(filings.source(key), filings.figures(key), filings.remarks(key))
    return path


def test_a_ledger_is_copied_there_and_back(run, url: str, held: str, tmp_path: Path) -> None:
    there = run("ledger", "copy", held, url)
    assert there.returncode == 0, there.stderr
    assert "28 rows copied; every row is the same" in there.stdout and "s3cret" not in there.stdout
    back = run("ledger", "copy", url, "back.sqlite3", "--json")
    assert json.loads(back.stdout) == {"ledger": "back.sqlite3", "rows": 28, "held": 0}
    again = run("ledger", "copy", url, "back.sqlite3")
    assert "0 rows copied, 28 were there" in again.stdout
    with Ledger.open(held) as one, Ledger.open(tmp_path / "back.sqlite3") as other:
        assert one.read() == other.read()


def test_what_is_recorded_into_a_server_is_shown(run, url: str) -> None:
    row = "--ticker RIOT --measure bitcoin_mined --period 2026-05-01..2026-05-31 --value 514 --unit btc"
    more = "--known 2026-06-03 --title Production --grade B --locator table --recorded-on 2026-07-01"
    assert run("record", "figure", *row.split(), *more.split(), ledger=url).returncode == 0
    exported = run(
        "ledger", "export", "figures", "--ticker", "RIOT", "--measure", "bitcoin_mined", ledger=url
    )
    assert "2026-05-01,2026-05-31,514" in exported.stdout.replace("..", ",")


@pytest.mark.parametrize("command", ["lines RIOT", "lines RIOT --json", "ledger export sources"])
@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:s3cret@127.0.0.1:1/db",
        "postgresql://me:s3/cret@127.0.0.1:1/db",
        "postgresql://me:s3cret@127.0.0.1:1/db?s3cret=1",
        "postgresql:///me:s3cret",
        "mysql://me:s3cret@host/db",
    ],
)
def test_no_password_is_printed(run, command: str, address: str) -> None:
    done = run(*command.split(), ledger=address)
    assert done.returncode in (1, 2) and done.stderr
    assert "cret" not in done.stdout + done.stderr and "Traceback" not in done.stderr


def test_upkeep_of_a_server_is_the_servers(run, url: str, held: str) -> None:
    run("ledger", "copy", held, url)
    sound = run("ledger", "check", ledger=url)
    assert sound.returncode == 0 and "sound: every row is there" in sound.stdout
    for command in ("backup", "restore b.sqlite3", "vacuum", "repair"):
        done = run("ledger", *command.split(), ledger=url)
        assert done.returncode == 1 and "with the server's own tools" in done.stderr
        assert "hint: use" in done.stderr and "s3cret" not in done.stderr


def test_damage_in_a_server_is_named(run, url: str, held: str, postgres_server: PostgresServer) -> None:
    run("ledger", "copy", held, url)
    schema = url.partition("schema=")[2].partition("&")[0]
    postgres_server.sql(
        f"SET search_path = {schema}", "ALTER TABLE figures DISABLE TRIGGER USER",
        "UPDATE figures SET note = 'x' WHERE number = 2", "DELETE FROM figures WHERE number = 20",
    )  # fmt: skip
    done = run("ledger", "check", ledger=url)
    assert done.returncode == 1 and "damaged: TEST 10-Q (a): 1 figures" in done.stdout
    assert "damaged: TEST 10-Q (b): 1 figures" in done.stdout and "restore a dump" in done.stdout
    read = run("ledger", "export", "figures", "--ticker", "TEST", ledger=url)
    assert read.returncode == 1 and "the ledger is damaged" in read.stderr


def test_no_password_of_a_copy_is_printed(run, held: str) -> None:
    for pair in ((held, "postgresql://me:s3cret@127.0.0.1:1/db"), ("postgres://me:s3@cret@h/db", held)):
        done = run("ledger", "copy", *pair)
        assert done.returncode in (1, 2) and "cret" not in done.stdout + done.stderr


@pytest.mark.parametrize("address", ("postgresql://me:s3@cret@h/db", "postgresql://h/db?x=1&password=s3cret"))
def test_no_password_of_a_superfluous_argument_is_printed(run, address: str) -> None:
    done = run("ledger", "copy", "a.sqlite3", "b.sqlite3", address)
    assert done.returncode == 2 and "***" in done.stderr and "cret" not in done.stderr
