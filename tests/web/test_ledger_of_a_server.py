"""Pages of a ledger in PostgreSQL: they follow it, say when its server is gone, and show no password."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from hashpivot.ledger import Ledger
from tests.ledger.store import writer as filings
from tests.postgres_server import OWNER, PostgresServer

from .conftest import client_of


def text_of(client: TestClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status and "s3cret" not in f"{answer.text}{answer.headers}"
    return answer.text


def test_pages_of_a_ledger_in_a_server(
    postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"{postgres_server.url(schema=postgres_server.new_schema())}&password=s3cret"
    monkeypatch.setenv("HASHPIVOT_LEDGER", url)
    client = client_of()
    assert f"postgresql://{OWNER}@/ledger" in text_of(client, "/health")
    assert "filing-from-elsewhere" not in text_of(client, "/sources.json")
    with Ledger.open(url) as ledger:
        ledger.add(filings.source("filing-from-elsewhere"), filings.figures("filing-from-elsewhere"))
    assert "filing-from-elsewhere" in text_of(client, "/sources.json")
    postgres_server.stop()
    try:
        for address in ("/health", "/health.json", "/company/RIOT"):
            assert "the database server does not answer" in text_of(client, address, 503)
    finally:
        postgres_server.start()
    assert "filing-from-elsewhere" in text_of(client, "/sources.json")
