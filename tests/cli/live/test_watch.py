"""`hashpivot watch` as a process: told once over kills, ended by signals, idle between looks."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hashpivot.core import Companies, Quarter
from hashpivot.testing.generated import company_filings, generated_universe
from hashpivot.testing.services import EdgarService
from hashpivot.testing.services.http import status

NEWEST = Quarter.parse("2026Q2")
KILLS = 2


@pytest.fixture(scope="module")
def edgar() -> Iterator[EdgarService]:
    """A stand-in with the filings of one company on one quarter."""
    universe = generated_universe([NEWEST], companies={"CORZ": Companies.load()["CORZ"]})
    with EdgarService(company_filings(universe["CORZ"], [NEWEST], amended=[NEWEST])) as service:
        yield service


@pytest.fixture
def start(edgar: EdgarService, tmp_path: Path) -> Iterator[Any]:
    """Starts `hashpivot watch` on the stand-in; what still runs in the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def start_it(*words: str) -> subprocess.Popen[str]:
        command = [
            sys.executable,
            "-m",
            "hashpivot",
            "watch",
            "CORZ",
            "--base-url",
            edgar.url,
            "--json",
            *words,
        ]
        env = os.environ | {"HASHPIVOT_HOME": str(tmp_path / "home"), "HASHPIVOT_LEDGER": ""}
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=env, cwd=tmp_path))
        return started[-1]

    yield start_it
    for process in started:
        process.kill()
        process.communicate()


def told(text: str) -> list[dict[str, Any]]:
    """The filings of whole lines of output."""
    events = [json.loads(line) for line in text.splitlines() if line.endswith("}")]
    return [event for event in events if event["event"] == "filing"]


def test_a_process_that_is_killed_goes_on_where_it_was(start: Any, edgar: EdgarService) -> None:
    chance = random.Random(7)
    got: list[dict[str, Any]] = []
    for _ in range(KILLS):
        process = start("--since", "2026-04-01", "--once")
        time.sleep(chance.uniform(0.7, 3.0))
        process.send_signal(signal.SIGKILL)
        got += told(process.communicate()[0])
    process = start("--since", "2026-04-01", "--once")
    output, errors = process.communicate()
    assert process.returncode == 0, errors
    got += told(output)
    order = [one.accession for one in edgar.published.newest_first[::-1]]
    assert list(dict.fromkeys(one["accession"] for one in got)) == order
    assert len(got) - len(order) <= KILLS  # at most what was on its way; its id says so
    process = start("--since", "2026-04-01", "--once")
    assert told(process.communicate()[0]) == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads a process's time from /proc")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_between_looks_it_takes_no_time_and_signals_end_it(start: Any, edgar: EdgarService, end: int) -> None:
    edgar.forget()
    process = start("--every", "10")
    assert json.loads(process.stdout.readline())["event"] == "started"
    deadline = time.monotonic() + 30
    while not any("/daily-index/" in seen.path or "/submissions/" in seen.path for seen in edgar.requests):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    time.sleep(1.0)  # the first look ends
    before, seen = _cpu(process.pid), len(edgar.requests)
    time.sleep(1.5)
    assert _cpu(process.pid) - before <= 0.02
    assert len(edgar.requests) == seen
    process.send_signal(end)
    output, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert errors == "watch ended; the next one goes on from here\n"
    assert output == ""


def test_one_look_that_fails_ends_with_status_1(start: Any, edgar: EdgarService) -> None:
    edgar.fail(status(404), "/submissions/", times=None)
    process = start("--since", "2026-11-01", "--once")
    output, errors = process.communicate()
    edgar.heal()
    problems = [
        event["what"] for event in map(json.loads, output.splitlines()) if event["event"] == "problem"
    ]
    assert problems == ["submissions of CORZ"]
    assert (process.returncode, errors) == (1, "")


def _cpu(pid: int) -> float:
    """Seconds of processor time a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
