"""Jobs: real processes that tell how far they are, and stop when they are to."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hashpivot.core import HashpivotError, NoData
from hashpivot.web.shared import Job, JobCancelled, Jobs, TooManyJobs, TooMuchWork, UnknownJob

from . import work_of_jobs as work

PATIENCE = 60.0


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs(at_once=1, most_open=3, most_kept=2)
    yield jobs
    jobs.close()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.01)


def start(jobs: Jobs, function: Callable[..., object], *arguments: object, key: str = "") -> Job:
    return jobs.start(key or function.__name__, "A title", "/where", (function, arguments))


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def sleeper(jobs: Jobs, note: Path) -> tuple[Job, int]:
    """A job that works for ever, and its process."""
    job = start(jobs, work.sleep, note)
    until(lambda: job.steps is not None)
    return job, int(note.read_text(encoding="utf-8"))


def test_a_job_tells_its_steps_and_hands_over_what_it_made(jobs: Jobs) -> None:
    job = start(jobs, work.add, 2, 3)
    assert start(jobs, work.add, 2, 3) is job and jobs[job.id] is job and len(job.id) >= 20
    until(lambda: job.over)
    assert (job.state, job.steps, job.outcome()) == ("done", (1, 2), 5)
    assert job.to_dict().items() >= {"state": "done", "address": "/where", "steps": 2}.items()


def test_cancel_stops_the_process(jobs: Jobs, tmp_path: Path) -> None:
    job, process = sleeper(jobs, tmp_path / "note")
    assert alive(process) and job.state == "running"
    job.cancel()
    assert job.state == "cancelled"
    until(lambda: not alive(process))
    with pytest.raises(JobCancelled):
        job.outcome()


def test_others_wait_and_a_waiting_one_can_be_cancelled(jobs: Jobs, tmp_path: Path) -> None:
    first, _ = sleeper(jobs, tmp_path / "note")
    waiting, third = start(jobs, work.add, 1, 1), start(jobs, work.add, 1, 2, key="third")
    with pytest.raises(TooManyJobs, match="3 jobs"):
        start(jobs, work.add, 1, 1, key="fourth")
    assert waiting.state == "waiting"
    waiting.cancel()
    first.cancel()
    until(lambda: third.over)
    assert (waiting.state, third.outcome()) == ("cancelled", 3)


def test_a_job_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    jobs = Jobs(seconds=6)
    job = start(jobs, work.sleep, tmp_path / "note")
    until(lambda: job.over)
    assert job.state == "failed"
    with pytest.raises(TooMuchWork, match="stopped after"):
        job.outcome()
    note = tmp_path / "note"  # on a busy machine it was stopped before it came to that
    until(lambda: not note.exists() or not alive(int(note.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    ("function", "error", "words"),
    [
        (work.find_nothing, NoData, "here: nothing is there"),
        (work.break_down, RuntimeError, "ZeroDivisionError: nobody foresaw"),
        (work.eat_memory, TooMuchWork, "more memory"),
        (work.die, TooMuchWork, "ended before it was done"),
    ],
)
def test_a_failure_says_why(
    jobs: Jobs, function: Callable[..., object], error: type[Exception], words: str
) -> None:
    job = start(jobs, function)
    until(lambda: job.over)
    assert job.state == "failed"
    with pytest.raises(error, match=words) as raised:
        job.outcome()
    assert not isinstance(raised.value, HashpivotError) or raised.value.hint


def test_finished_jobs_are_let_go(jobs: Jobs) -> None:
    made = []
    for number in range(4):
        made.append(start(jobs, work.add, number, 0, key=f"{number}"))
        until(lambda: made[-1].over)
    with pytest.raises(UnknownJob):
        jobs[made[0].id]
    assert jobs[made[-1].id] is made[-1]
    jobs.forget(made[-1])
    with pytest.raises(UnknownJob):
        jobs[made[-1].id]


def test_a_process_ends_with_the_server_however_that_ends(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, time; from hashpivot.web.shared import Jobs; from tests.web import work_of_jobs;"
        f"note = pathlib.Path({str(tmp_path / 'note')!r});"
        "Jobs().start('a', 'a', '/', (work_of_jobs.sleep, (note,)));"
        "exec('while not note.exists() or not note.read_text():\\n time.sleep(.01)'); os.kill(os.getpid(), 9)"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=False, timeout=PATIENCE)
    process = int((tmp_path / "note").read_text(encoding="utf-8"))
    until(lambda: not alive(process))
