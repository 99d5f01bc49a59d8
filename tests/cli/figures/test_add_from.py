"""`add --from`: a folder or a list, a report, stopped and begun again."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hashpivot.desk import FileAdder
from hashpivot.ledger import Ledger
from hashpivot.testing.generated import write_reports
from tools.checks import kills

FILES = 16


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    list(write_reports(tmp_path / "in", FILES))
    return tmp_path / "in"


def rows_of(report: Path) -> list[dict[str, str]]:
    with report.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "FILE"),
        (["--from", ".", "a.htm"], "exclude each other"),
        (["a.htm", "--workers", "2"], "go with --from"),
        (["a.htm", "--report", "r.csv"], "go with --from"),
        (["--from", ".", "--workers", "2", "--cluster", "tcp://x:1"], "exclude each other"),
        (["--from", ".", "--workers", "0"], "workers"),
        (["--from", ".", "--time-limit", "0"], "time-limit"),
    ],
)
def test_wrong_usage(run, words: list[str], said: str) -> None:
    done = run("add", *words)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_list_of_nothing_and_one_that_is_not_there(run, tmp_path: Path) -> None:
    (tmp_path / "list").touch()
    done = run("add", "--from", str(tmp_path / "list"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 files: nothing to do" in done.stdout
    done = run("add", "--from", str(tmp_path / "none"))
    assert done.returncode == 1
    assert "there is no such file" in done.stderr


def test_a_report_that_cannot_be_written_ends_the_run_before_it_begins(run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    done = run("add", "--from", str(tmp_path / "in"), "--report", str(tmp_path))
    assert done.returncode == 1
    assert "is a folder, not a file" in done.stderr


def test_failures_are_said_and_the_status_is_one(run, tmp_path: Path) -> None:
    (tmp_path / "list").write_text("missing.htm\n")
    done = run("add", "--from", str(tmp_path / "list"), "--json", "--report", str(tmp_path / "r.csv"))
    answer = json.loads(done.stdout)
    assert done.returncode == 1
    assert answer["totals"]["failed"] == 1
    assert answer["failures"][0]["error"]["kind"] == "unreadable_file"
    assert (answer["complete"], answer["stopped"], answer["report"]) == (False, None, str(tmp_path / "r.csv"))
    assert rows_of(tmp_path / "r.csv")[0]["hint"] == "check the path"


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_keeps_what_was_added_and_the_same_command_goes_on(folder: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    words = [sys.executable, "-m", "hashpivot", "add", "--from", str(folder), "--workers", "1"]
    words += ["--report", str(report)]
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while process.poll() is None and (not report.exists() or len(rows_of(report)) < 3):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to workers, too
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "stopped by Ctrl-C" in err
    assert "the same command goes on from there" in err
    assert "Traceback" not in err
    assert "not reached" in out
    kept = len(rows_of(report))
    again = subprocess.run(words, capture_output=True, text=True, check=True)
    assert f"{FILES} files" in again.stdout
    assert [row["outcome"] for row in rows_of(report)[:kept]] == ["held"] * kept
    with FileAdder(tmp_path / "plain.sqlite3") as adder:
        for path in sorted(folder.rglob("*.htm")):
            adder.add(path)
        with Ledger.open() as ledger:
            assert ledger.read() == adder.ledger.read()


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs Linux")
def test_a_run_that_was_killed_and_begun_again_ends_as_an_undisturbed_one() -> None:
    report = kills.run("bulk", 1, 12, seed=2, lanes=1)
    assert report.kills.total() == 1 and not report.problems
