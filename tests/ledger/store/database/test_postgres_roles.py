"""Roles of a ledger in PostgreSQL, made with the SQL of the how-to page."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from hashpivot.core import LedgerError
from hashpivot.ledger import Ledger
from hashpivot.ledger.store.database._tables import TABLES
from tests.ledger.store import writer as filings
from tests.postgres_server import PostgresServer

psycopg = pytest.importorskip("psycopg")
PAGE = Path(__file__).parents[4] / "docs" / "how-to" / "keep-the-ledger-in-postgresql.md"


@pytest.fixture(scope="module")
def statements() -> list[list[str]]:
    """Those of every SQL block of the page."""
    blocks = re.findall(r"^ *```sql\n(.*?)^ *```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [[line.strip() for line in block.split(";") if line.strip()] for block in blocks]


@pytest.fixture(scope="module")
def server(postgres_server: PostgresServer, statements: list[list[str]]) -> PostgresServer:
    """With the ledger of the page: its owner, a reader and a writer."""
    postgres_server.sql("CREATE DATABASE finance", database="postgres")
    making, granting = statements
    postgres_server.sql(
        *making, "CREATE ROLE desk_reader LOGIN", "CREATE ROLE desk_writer LOGIN", database="finance"
    )
    with Ledger.open(place(postgres_server, "desk_owner")) as ledger:
        ledger.add(filings.source("a"), filings.figures("a"), filings.remarks("a"))
    postgres_server.sql(*granting, user="desk_owner", database="finance")
    return postgres_server


def place(server: PostgresServer, user: str) -> str:
    return server.url(user=user, database="finance", schema="hashpivot")


def test_a_reader_reads_and_is_told_that_it_may_not_write(server: PostgresServer) -> None:
    with Ledger.open(place(server, "desk_reader")) as ledger:
        ledger.check()
        assert len(ledger.read()) == filings.FIGURES
        for work in (
            lambda: ledger.add(filings.source("b"), filings.figures("b")),
            lambda: ledger.record([], recorded_on=date(2026, 1, 1)),
        ):
            with pytest.raises(LedgerError, match="may read the ledger but not write to it") as caught:
                work()
            assert "owner grant it" in caught.value.hint
        assert set(ledger.read().sources) == {"a"}


def test_a_writer_adds_and_can_change_nothing(server: PostgresServer) -> None:
    with Ledger.open(place(server, "desk_writer")) as ledger:
        assert ledger.add(filings.source("w"), filings.figures("w"), filings.remarks("w")).new
        ledger.check()
    for table in TABLES:
        for statement in (
            f"UPDATE {table.name} SET number = 0",
            f"DELETE FROM {table.name}",
            f"TRUNCATE {table.name}",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                server.sql("SET search_path = hashpivot", statement, user="desk_writer", database="finance")
    with Ledger.open(place(server, "desk_reader")) as ledger:
        assert {"a", "w"} <= set(ledger.read().sources)


def test_who_was_granted_nothing_is_refused(server: PostgresServer) -> None:
    server.sql("CREATE ROLE stranger LOGIN")
    with pytest.raises(LedgerError, match="may not use the schema hashpivot"):
        Ledger.open(place(server, "stranger"))
