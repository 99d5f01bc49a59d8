"""What another process adds is on the pages within two seconds; nothing else is made again."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from .conftest import client_of

SOON = 2.0
ROW = (
    "ticker,measure,period,value,unit,known,title,url,form,grade,locator\n"
    "CORZ,total_revenue,2026Q3,{},usd,2026-11-05,Third quarter,https://example.com/q3,8-K,B,page 9\n"
)


def record(folder: Path, usd: int) -> None:
    """Record a figure with the command line, in another process."""
    table = folder / "figures.csv"
    table.write_text(ROW.format(usd), encoding="utf-8")
    command = [sys.executable, "-m", "hashpivot.cli", "record", "figures", str(table)]
    subprocess.run(command, check=True, capture_output=True)


def test_a_figure_another_process_adds_is_on_the_pages(tmp_path: Path) -> None:
    client = client_of()
    assert "$987.7m" not in client.get("/company/CORZ").text
    before = {address: client.get(address) for address in ("/", "/health", "/coverage")}
    record(tmp_path, 987_654_000)
    start = time.process_time()  # of this process: what other tests take of the machine does not count
    assert "$987.7m" in client.get("/company/CORZ").text
    assert client.get("/season/2026Q3").status_code == 200
    assert time.process_time() - start < SOON
    assert client.get("/coverage").headers["etag"] != before["/coverage"].headers["etag"]
    assert client.get("/health").text != before["/health"].text


def test_an_answer_is_made_once_until_the_ledger_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hashpivot.desk import Desk

    record(tmp_path, 100_000_000)
    opened = []
    real = Desk.open
    monkeypatch.setattr(Desk, "open", lambda *a, **k: opened.append(k) or real(*a, **k))
    client = client_of()
    for _ in range(3):
        for address in ("/company/CORZ", "/company/CORZ.json", "/company/RIOT", "/halving"):
            assert client.get(address).status_code == 200
    assert len(opened) == 1
    client.get("/company/CORZ?as_of=2025-03-01")
    assert len(opened) == 2
    renewed = []
    again = Desk.renewed
    monkeypatch.setattr(Desk, "renewed", lambda desk: renewed.append(desk) or again(desk))
    record(tmp_path, 200_000_000)
    for _ in range(3):
        client.get("/company/CORZ")
    assert len(opened) == 2
    assert len(renewed) == 1


def test_days_looked_at_do_not_pile_up() -> None:
    from hashpivot.web.shared import LiveDesk

    live = LiveDesk()
    work = live.work()
    for day in range(40):
        work.kept(("desk", day), object)
    for number in range(1000):
        work.kept(("text", number), object)
    assert len(live._kept) <= 128


def test_many_readers_while_another_process_adds(tmp_path: Path) -> None:
    client = client_of()
    statuses: list[int] = []

    def read() -> None:
        addresses = ("/company/CORZ", "/halving", "/company/RIOT.json", "/season/2026Q1", "/health")
        statuses.extend(client.get(address).status_code for address in addresses)

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    record(tmp_path, 300_000_000)
    for reader in readers:
        reader.join(60)
    assert statuses == [200] * 40


def test_a_ledger_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "home" / "ledger.sqlite3"
    path.parent.mkdir()
    path.write_bytes(b"no ledger at all" * 100)
    response = client_of().get("/company/CORZ.json")
    assert response.status_code == 503 and response.json()["error"]["kind"] == "ledger_error"
