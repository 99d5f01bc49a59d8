"""What a PostgreSQL server refuses is one line that says what to do, and never a password."""

from __future__ import annotations

import pytest

from hashpivot.core import InvalidInput, LedgerError
from hashpivot.ledger import Ledger
from hashpivot.ledger.store.database import FIGURES
from hashpivot.ledger.store.database._postgres_schema import POSTGRES_MIGRATIONS
from hashpivot.ledger.store.database._tables import VERSION
from tests.ledger.store import writer as filings
from tests.postgres_server import OWNER, PASSWORD, PostgresServer

ENCODED = "p%40ss%3Aw%2Ford%3F"


@pytest.fixture(scope="module")
def server(postgres_server: PostgresServer) -> PostgresServer:
    """With a user who must give a password, and one who must come encrypted."""
    postgres_server.sql(
        f"CREATE ROLE guarded LOGIN PASSWORD '{PASSWORD}'", "CREATE ROLE tls LOGIN", "CREATE ROLE other LOGIN"
    )
    return postgres_server


def refusal(url: str) -> LedgerError:
    with pytest.raises(LedgerError) as caught:
        Ledger.open(url)
    error = caught.value
    assert error.hint and "\n" not in error.message and error.where.startswith("postgresql://")
    assert "s3cret" not in str(error) and ENCODED not in str(error)
    return error


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("guarded:s3cret@127.0.0.1:PORT/ledger", "refuses this user or password"),
        ("guarded@127.0.0.1:PORT/ledger", "refuses this user or password"),
        ("tls:s3cret@127.0.0.1:PORT/ledger", "lets this user in otherwise"),
        ("other:s3cret@127.0.0.1:PORT/ledger", "lets this user in otherwise"),
        ("owner:s3cret@127.0.0.1:1/ledger", "does not answer"),
        ("owner:s3cret@no-such-host.invalid/ledger", "does not answer"),
        ("owner:s3cret@/nothing?host=FOLDER&port=PORT", "no such database"),
        ("nobody:s3cret@/ledger?host=FOLDER&port=PORT", "no such user"),
        ("owner:s3cret@/ledger?host=/nowhere", "does not answer"),
        ("owner:s3cret@127.0.0.1:PORT/ledger?sslmode=require", "TLS"),
    ],
)
def test_who_and_where(server: PostgresServer, address: str, words: str) -> None:
    named = address.replace("PORT", str(server.port)).replace("FOLDER", str(server.folder))
    assert words in refusal(f"postgresql://{named}").message


def test_the_right_password_opens(server: PostgresServer) -> None:
    server.sql("CREATE SCHEMA guarded AUTHORIZATION guarded")
    address = f"postgresql://guarded:{ENCODED}@127.0.0.1:{server.port}/ledger?schema=guarded"
    with Ledger.open(address) as ledger:
        assert ledger.add(filings.source("a"), filings.figures("a")).new
        assert ENCODED not in repr(ledger)


def test_an_unknown_setting_is_not_quoted(server: PostgresServer) -> None:
    with pytest.raises(InvalidInput, match="setting that PostgreSQL's libpq does not know") as caught:
        Ledger.open(f"{server.url()}&s3cret=1")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_of_another_encoding(server: PostgresServer, encoding: str) -> None:
    server.sql(f"CREATE DATABASE {encoding} ENCODING '{encoding}' TEMPLATE template0", database="postgres")
    error = refusal(server.url(database=encoding.lower()))
    assert f"encoding is {encoding}; a ledger needs UTF8" in error.message and "createdb" in error.hint


def test_a_schema_of_something_else(server: PostgresServer) -> None:
    schema = server.new_schema()
    server.sql(f"CREATE SCHEMA {schema}", f"CREATE TABLE {schema}.birds (name text)")
    assert (
        f"the schema {schema} holds other tables and no ledger" in refusal(server.url(schema=schema)).message
    )


def test_a_schema_that_may_not_be_used(server: PostgresServer) -> None:
    """It is no empty ledger: that would be figures silently missing."""
    schema = server.new_schema()
    with Ledger.open(server.url(schema=schema)) as ledger:
        ledger.add(filings.source("a"), [])
    assert "may not use the schema" in refusal(server.url(user="other", schema=schema)).message
    server.sql(f"GRANT USAGE ON SCHEMA {schema} TO other")
    assert "may not do that" in refusal(server.url(user="other", schema=schema)).message


def test_no_right_to_make_the_tables(server: PostgresServer) -> None:
    with Ledger.open(server.url(user="other", schema=server.new_schema())) as ledger:
        with pytest.raises(
            LedgerError, match="no ledger yet, and this user may not make its tables"
        ) as caught:
            ledger.add(filings.source("a"), [])
        assert caught.value.hint and len(ledger.read()) == 0


@pytest.fixture
def schema(server: PostgresServer) -> str:
    """One with a ledger."""
    name = server.new_schema()
    with Ledger.open(server.url(schema=name)) as ledger:
        ledger.add(filings.source("a"), filings.figures("a"))
    return name


def test_other_columns(server: PostgresServer, schema: str) -> None:
    server.sql(f"ALTER TABLE {schema}.figures RENAME cut TO breakdown")
    assert "figures has other columns" in refusal(server.url(schema=schema)).message


@pytest.mark.parametrize(("version", "words"), [(VERSION + 1, "reads up to version"), (0, "cannot migrate")])
def test_another_schema_version(server: PostgresServer, schema: str, version: int, words: str) -> None:
    server.sql(f"UPDATE {schema}.ledger_schema SET version = {version}")
    assert words in refusal(server.url(schema=schema)).message


def test_the_owner_migrates_and_nobody_else(server: PostgresServer, schema: str, monkeypatch) -> None:
    """An earlier schema is made up: its column `cut` was called `partition`."""
    server.sql(
        f"ALTER TABLE {schema}.figures RENAME cut TO partition",
        f"UPDATE {schema}.ledger_schema SET version = {VERSION - 1}",
        f"GRANT USAGE ON SCHEMA {schema} TO other",
        f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA {schema} TO other",
    )

    def rename(connection) -> None:
        connection.execute("ALTER TABLE figures RENAME partition TO cut")

    def fail(connection) -> None:
        rename(connection)
        connection.execute("SELECT gone FROM figures")

    monkeypatch.setitem(POSTGRES_MIGRATIONS, VERSION - 1, fail)
    error = refusal(server.url(user="other", schema=schema))
    assert "must be migrated" in error.message and f"as the role {OWNER}" in error.hint
    with pytest.raises(LedgerError, match='column "gone" does not exist'):
        Ledger.open(server.url(schema=schema))
    monkeypatch.setitem(POSTGRES_MIGRATIONS, VERSION - 1, rename)
    with Ledger.open(server.url(schema=schema)) as ledger:
        ledger.check()
        assert len(ledger.read()) == filings.FIGURES
    with Ledger.open(server.url(user="other", schema=schema)) as ledger:
        assert len(ledger.read()) == filings.FIGURES


@pytest.mark.parametrize("change", ["value = 'many'", "value = '2'"])
def test_a_number_changed_by_the_owner_is_found(server: PostgresServer, schema: str, change: str) -> None:
    server.sql(
        f"ALTER TABLE {schema}.{FIGURES.name} DISABLE TRIGGER USER", f"UPDATE {schema}.figures SET {change}"
    )
    with Ledger.open(server.url(schema=schema)) as ledger, pytest.raises(LedgerError, match="damaged"):
        ledger.check()
