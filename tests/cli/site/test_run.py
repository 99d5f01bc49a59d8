"""`hashpivot site run` and `replay`: once, ended by a signal, killed, and never two at a time."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

SITE = """
name = "Own site"
limit_mw = 80
[power]
kind = "indexed"
[[machines]]
name = "hall"
model = "Antminer S21"
count = 20000
min_off_hours = 4
"""


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Words that name a site, prices up to this hour, and where its state is."""
    chance, hour = np.random.default_rng(2), np.timedelta64(1, "h")
    now = np.datetime64(int(time.time()), "s").astype("datetime64[h]")
    lines = ["ts_utc,rt_usd_per_mwh,da_usd_per_mwh"]
    for ts in now + np.arange(-63 * 24, 40) * hour:
        ahead = 30 + chance.normal(0, 5)
        real = f"{ahead + chance.normal(0, 9):.2f}" if ts < now else ""
        lines.append(f"{ts}:00Z,{real},{ahead:.2f}")
    (tmp_path / "prices.csv").write_text("\n".join(lines) + "\n")
    (tmp_path / "site.toml").write_text(SITE)
    names = ("site.toml", "prices.csv", "s.json")
    site, prices, state = (str(tmp_path / name) for name in names)
    return [site, "--prices", prices, "--state", state]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Any]:
    """Starts `hashpivot site run`; what still runs in the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def start_it(*words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "hashpivot", "site", "run", *words]
        env = os.environ | {"HASHPIVOT_HOME": str(tmp_path / "home")}
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=env, cwd=tmp_path))
        return started[-1]

    yield start_it
    for process in started:
        process.kill()
        process.communicate()


def test_once_plans_writes_and_replays(run, run_json, files: list[str], tmp_path: Path) -> None:
    schedule = tmp_path / "schedule.csv"
    first = run("site", "run", *files, "--once", "--csv", str(schedule), "--json")
    assert first.returncode == 0, first.stderr
    answer = json.loads(first.stdout)
    assert answer["by"] == "plan" and answer["alarms"] == [] and answer["outputs_failed"] == {}
    assert next(csv.DictReader(schedule.read_text().splitlines()))["mode"] == answer["groups"][0]["mode"]
    again = json.loads(run("site", "run", *files, "--once", "--json").stdout)
    assert again["groups"] == answer["groups"] or again["moment"] != answer["moment"]
    planned = run_json("site", "plan", *files, "--hours", "6")
    assert planned["hours"][0]["groups"][0]["mode"] in ("normal", "off")
    replayed = run_json("site", "replay", str(tmp_path / "s.json.log"))
    assert replayed["same"] and replayed["intervals"] == 2


def test_an_alarm_ends_once_with_status_1(run, files: list[str], tmp_path: Path) -> None:
    prices = tmp_path / "prices.csv"
    lines = prices.read_text().splitlines()
    prices.write_text("\n".join(lines[:-50]) + "\n")
    done = run("site", "run", *files, "--once")
    assert done.returncode == 1 and "ALARM stale_price" in done.stdout, done.stderr
    for name in ("prices.csv", "s.json", "s.json.log"):
        (tmp_path / name).unlink()
    done = run("site", "run", *files, "--once", "--interval", "60", "--default", "off")
    assert done.returncode == 1 and "ALARM inputs_unreadable" in done.stdout and "hall off" in done.stdout


def test_replay_of_a_changed_log_ends_with_status_1(run, files: list[str], tmp_path: Path) -> None:
    run("site", "run", *files, "--once")
    log = tmp_path / "s.json.log"
    text = log.read_text()
    for sign in ("", " "):
        text = text.replace(f'"mode":{sign}"normal"', f'"mode":{sign}"off"')
    log.write_text(text)
    done = run("site", "replay", str(log))
    assert done.returncode == 1 and "differs in decision groups 0 mode" in done.stdout
    nothing = run("site", "replay", str(tmp_path / "none.log"))
    assert nothing.returncode == 1 and "no decision" in nothing.stderr


def test_a_signal_ends_it_cleanly_and_a_kill_loses_nothing(
    run_json, start, files: list[str], tmp_path: Path
) -> None:
    running = start(*files, "--json")
    first = json.loads(running.stdout.readline())
    second = start(*files, "--once")
    _, err = second.communicate(timeout=60)
    assert second.returncode == 1 and "another hashpivot site run" in err
    running.send_signal(signal.SIGTERM)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 0 and "goes on from here" in err
    killed = start(*files, "--json")
    assert json.loads(killed.stdout.readline())["groups"] == first["groups"]
    killed.kill()
    killed.communicate()
    assert run_json("site", "run", *files, "--once")["groups"] == first["groups"]
    assert run_json("site", "replay", str(tmp_path / "s.json.log"))["intervals"] == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--interval", "7"), "5, 15, 30, 60"),
        (("--default", "panic"), "keep"),
        (("--hours", "99"), "1 to 48"),
        (("--live",), "exclude each other"),
        (("--delay", "3600"), "skip intervals"),
    ],
)
def test_wrong_use_is_told(run, files: list[str], words: tuple[str, ...], said: str) -> None:
    done = run("site", "run", *files, "--once", *words)
    assert done.returncode == 2 and said in done.stderr
