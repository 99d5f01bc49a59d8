"""Several processes, one service: never more than its rate, and nothing at all during a block."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hashpivot.core import DocumentStoreError
from hashpivot.sources.http._limiter import Limiter
from hashpivot.testing.services import EdgarService

_ASKS = """
import sys
from pathlib import Path
from hashpivot.core import HashpivotError
from hashpivot.sources import Client, Identity
from hashpivot.sources.sec import sec_service

url, limits, count, block = sys.argv[1:]
service = sec_service(Identity("Jane Doe", "jane@example.com"), base_url=url, block_seconds=float(block))
with Client(service, limits=Path(limits)) as client:
    for number in range(int(count)):
        try:
            client.get(f"https://data.sec.gov/submissions/CIK{number:010d}.json")
        except HashpivotError as error:
            print(type(error).__name__)
"""


def ask(service: EdgarService, limits: Path, processes: int, count: int, block: float) -> list[str]:
    """What each process printed."""
    command = [sys.executable, "-c", _ASKS, service.url, str(limits), str(count), str(block)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    return [each.communicate(timeout=120)[0] for each in running]


def test_eight_processes_stay_below_ten_requests_in_any_second(tmp_path: Path) -> None:
    with EdgarService(requests_per_second=10) as service:
        printed = ask(service, tmp_path, 8, 5, 600)
        assert len(service.requests) == 40 and service.busiest_second() <= 9
        assert service.violations == 0
        assert all(words == "NotAtSource\n" * 5 for words in printed)


def test_no_process_sends_during_a_block(tmp_path: Path) -> None:
    with EdgarService(requests_per_second=3, block_seconds=1.0) as service:
        printed = ask(service, tmp_path, 4, 4, 1.2)
        refused = [seen for seen in service.requests if seen.status == 403]
        assert refused and service.violations == 0
        assert all(set(words.split()) <= {"NotAtSource", "Unreachable"} for words in printed)


def test_a_clock_that_ran_ahead_stops_nobody_for_long(tmp_path: Path) -> None:
    limiter = Limiter(tmp_path, "x", 100, 0.2)
    ahead = {"last": time.time() + 9e5, "blocked_until": time.time() + 9e5}
    (tmp_path / "x.json").write_text(json.dumps(ahead), encoding="utf-8")
    waits: list[float] = []
    started = time.monotonic()
    with pytest.raises(TimeoutError), limiter.turn(waits.append):
        raise TimeoutError
    assert waits and max(waits) <= 0.2 and time.monotonic() - started < 5


@pytest.mark.parametrize("state", ["", "{", "[]", '{"last": "x", "blocked_until": 0}'])
def test_a_damaged_stamp_is_written_anew(state: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(state, encoding="utf-8")
    with Limiter(tmp_path, "x", 1000, 1).turn(lambda _: None):
        pass
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["last"] > 0


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(DocumentStoreError, match="cannot be written"):
        Limiter(tmp_path / "file" / "limits", "x", 8, 600)
