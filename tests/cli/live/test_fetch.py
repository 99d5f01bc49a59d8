"""`hashpivot fetch` as a user meets it: every line it prints, its exit status, its JSON."""

from __future__ import annotations

import json
import os
import pty
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from hashpivot.cli._app import main
from hashpivot.core import Quarter
from hashpivot.desk.fetch import _asked
from hashpivot.sources import Service
from hashpivot.testing.generated import company_filings, generated_universe
from hashpivot.testing.services import EdgarService, ServedFiling
from hashpivot.testing.services.edgar import maintenance, missing_key, undeclared_tool
from hashpivot.testing.services.http import Fault, truncated_gzip

SEASON = Quarter.parse("2025Q2")
Said = tuple[int, list[str], str]
Hashpivot = Callable[..., Said]


@pytest.fixture(scope="module")
def filings() -> list[ServedFiling]:
    universe = generated_universe([SEASON])
    return [
        filing
        for ticker in ("CORZ", "WULF")
        for filing in company_filings(universe[ticker], [SEASON], updates=False)
    ]


@pytest.fixture
def edgar(filings: list[ServedFiling]) -> Iterator[EdgarService]:
    with EdgarService(filings) as service:
        yield service


@pytest.fixture
def hashpivot(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Hashpivot:
    """Runs the command in this process, with a client that does not wait as long as the real one must."""
    monkeypatch.setattr(_asked, "_service", _impatient(_asked._service))

    def run(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["hashpivot", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out.splitlines(), said.err

    return run


def _impatient(right: Callable[..., Service]) -> Callable[..., Service]:
    from dataclasses import replace

    return lambda *args: replace(right(*args), rate=500.0, pause=0.001, attempts=2, timeout=1.0)


def test_what_a_fetch_says(hashpivot: Hashpivot, edgar: EdgarService) -> None:
    status, lines, errors = hashpivot("fetch", "CORZ", "WULF", "--season", "2025Q2", "--base-url", edgar.url)
    assert (status, errors) == (0, "")
    planned, corz, wulf, counts, *others = lines
    assert planned == "4 filings wanted, 0 of them in the store already"
    assert corz.startswith("CORZ   10-Q, 8-K: 2 new (") and wulf.startswith("WULF   10-Q, 8-K: 2 new (")
    assert counts == "4 found: 4 new, 0 unchanged, 0 not disclosed, 0 unreadable, 0 unreachable"
    assert others[-1].startswith("see it: hashpivot season 2025Q2;")
    assert all(len(line) <= 100 for line in lines)

    status, lines, errors = hashpivot("fetch", "CORZ", "--season", "2025Q2", "--base-url", edgar.url)
    assert lines[:2] == ["2 filings wanted, 2 of them in the store already", "CORZ   10-Q, 8-K: 2 unchanged"]


def test_verbose_has_a_line_for_each_filing(hashpivot: Hashpivot, edgar: EdgarService) -> None:
    words = ("fetch", "CORZ", "10-Q", "2025Q2", "--verbose", "--base-url", edgar.url)
    status, lines, _ = hashpivot(*words)
    assert status == 0
    assert any(line.startswith("CORZ   10-Q of 2025-") and line.endswith("figures") for line in lines)
    warnings = [line for line in lines if line.strip().startswith("warning: ")]
    assert warnings  # made-up amounts, beside the company's own
    assert [line for line in hashpivot(*words)[1] if line.strip().startswith("warning: ")] == warnings


def test_a_dry_run_says_that_it_was_one(hashpivot: Hashpivot, edgar: EdgarService) -> None:
    status, lines, _ = hashpivot("fetch", "CORZ", "--season", "2025Q2", "--dry-run", "--base-url", edgar.url)
    assert status == 0 and "CORZ   10-Q, 8-K: 2 wanted" in lines
    assert lines[-2:] == [
        "2 found: 2 wanted",
        "nothing was fetched: the same command without --dry-run does it",
    ]


def test_json_has_the_documented_keys(hashpivot: Hashpivot, edgar: EdgarService) -> None:
    words = ("fetch", "CORZ", "10-Q", "2025Q2", "--json", "--base-url", edgar.url)
    status, lines, _ = hashpivot(*words)
    answer = json.loads("\n".join(lines))
    assert status == 0 and answer["complete"] and answer["stopped"] is None
    documented = (Path(__file__).parents[3] / "docs" / "json.md").read_text(encoding="utf-8")
    row = next(line for line in documented.splitlines() if line.startswith("| `fetch [TICKER"))
    for part in (answer, answer["counts"], answer["filers"][0], answer["documents"][0]):
        assert [key for key in part if f'"{key}"' not in row] == []


@pytest.mark.parametrize(
    ("fault", "path", "words"),
    [
        (missing_key(), r"\.txt", "there is no such document"),
        (truncated_gzip(), r"\.txt", "gzip ends too early"),
        (maintenance(), "/submissions/", "no list of its filings: "),
    ],
)
def test_what_is_unreachable_is_told_with_its_reason(
    hashpivot: Hashpivot, edgar: EdgarService, fault: Fault, path: str, words: str
) -> None:
    edgar.fail(fault, path, times=2)
    asked = ("fetch", "CORZ", "WULF", "--season", "2025Q2", "--base-url", edgar.url)
    status, lines, _ = hashpivot(*asked)
    assert status == 1
    assert len([line for line in lines if words in line]) >= 1
    assert lines[-1] == "not everything wanted is in the ledger; the same command tries what is missing again"
    assert hashpivot(*asked)[0] == 0


def test_a_service_that_is_away_takes_few_lines(hashpivot: Hashpivot, edgar: EdgarService) -> None:
    edgar.fail(maintenance(), times=None)
    status, lines, _ = hashpivot("fetch", "--season", "2025Q2", "--base-url", edgar.url)
    assert status == 1 and len(lines) < 15
    assert any(line.startswith("no list of filings of ") for line in lines)


def test_json_is_valid_when_it_is_stopped(hashpivot: Hashpivot, edgar: EdgarService) -> None:
    edgar.fail(undeclared_tool(), times=None)
    status, lines, errors = hashpivot("fetch", "CORZ", "--json", "--base-url", edgar.url)
    answer = json.loads("\n".join(lines))
    assert status == 1 and not answer["complete"]
    assert answer["stopped"]["kind"] == "refused_by_source"
    assert "[identity] of settings.toml" in errors


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "nothing is asked for"),
        (("CORZ", "--season", "2025Q2", "--since", "2025-01-01"), "not both"),
        (("--season", "2099Q1"), "has not begun"),
        (("NOSUCH",), "NOSUCH"),
        (("CORZ", "10-Q"), "add --forms 10-Q"),
        (("CORZ", "2025Q2"), "add --season 2025Q2"),
        (("CORZ", "10-Q", "2025Q2", "--season", "2025Q1"), "names one report"),
        (("CORZ", "10-Q", "2025Q2", "--missing"), "names one report"),
        (("CORZ", "--missing", "--since", "2025Q1"), "not both"),
        (("CORZ", "--since", "yesterday"), "yesterday"),
        (("CORZ", "--base-url", "ftp://127.0.0.1"), "no address"),
    ],
)
def test_wrong_usage_is_told_without_a_request(
    hashpivot: Hashpivot, edgar: EdgarService, words: tuple[str, ...], said: str
) -> None:
    base = () if "--base-url" in words else ("--base-url", edgar.url)
    status, lines, errors = hashpivot("fetch", *words, *base)
    assert status in (1, 2) and not lines and said in errors
    assert not edgar.requests


def test_without_identification_the_message_says_where_to_write_it(
    hashpivot: Hashpivot, tmp_path: Path
) -> None:
    status, _, errors = hashpivot("fetch", "CORZ", "--base-url", "https://sec.invalid")
    assert status == 2
    assert str(tmp_path / "home" / "settings.toml") in errors
    assert "[identity]" in errors and "HASHPIVOT_IDENTITY_EMAIL" in errors


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of its own")
def test_on_a_terminal_it_asks_once_who_asks(tmp_path: Path) -> None:
    ask = "from hashpivot.cli.live._identity import ask_who_asks; ask_who_asks('')"
    home = tmp_path / "home"
    said = _on_a_terminal([sys.executable, "-c", ask], home, b"Jane Doe\njane@example.com\n")
    assert "The SEC asks programs to say who runs them" in said and str(home) in said.replace("\r\n", "")
    settings = home / "settings.toml"
    assert stat.S_IMODE(settings.stat().st_mode) == 0o600
    assert 'email = "jane@example.com"' in settings.read_text(encoding="utf-8")
    assert _on_a_terminal([sys.executable, "-c", ask], home, b"") == ""


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of its own")
def test_lines_stand_above_the_bar_on_a_terminal(edgar: EdgarService, tmp_path: Path) -> None:
    words = ["fetch", "CORZ", "--season", "2025Q2", "--base-url", edgar.url]
    said = _on_a_terminal([sys.executable, "-m", "hashpivot", *words], tmp_path / "home", b"")
    assert "2/2" in said and "/s" in said
    line = next(line for line in said.split("\n") if "2 new (" in line)
    assert line.rpartition("\x1b[2K")[2].startswith("CORZ ")


def _on_a_terminal(command: list[str], home: Path, typed: bytes) -> str:
    """What a command prints on a terminal of its own, and what was typed there."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"HASHPIVOT_HOME": str(home), "TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        os.write(ours, typed)
        said = b""
        with suppress(OSError):  # its end
            for part in iter(partial(os.read, ours, 65536), b""):
                said += part
        assert process.wait(60) == 0, said
    os.close(ours)
    return said.decode()


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_ctrl_c_ends_it_in_one_line(edgar: EdgarService, tmp_path: Path) -> None:
    edgar.fail(lambda _, right: _slowly(right), r"\.txt", times=None, after=1)
    words = [sys.executable, "-m", "hashpivot", "fetch", "CORZ", "WULF", "--season", "2025Q2", "--json"]
    environment = os.environ | {"HASHPIVOT_HOME": str(tmp_path / "home")}
    process = subprocess.Popen(
        [*words, "--base-url", edgar.url], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    for _ in range(600):
        if sum(seen.route.endswith(".txt") for seen in edgar.requests) >= 2:
            break
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    printed, errors = process.communicate(timeout=30)
    answer: dict[str, Any] = json.loads(printed)
    assert process.returncode == 1 and b"Traceback" not in errors
    assert answer["stopped"]["kind"] == "interrupted" and not answer["complete"]
    assert answer["counts"]["found"] == 4 and len(answer["documents"]) < 4
    assert b"the same command goes on from there" in errors


def _slowly(right: Any) -> Any:
    from dataclasses import replace

    return replace(right, bytes_per_second=100.0)


@pytest.mark.parametrize("words", [("network", "--dry-run"), ("--dry-run", "network")])
def test_the_source_may_stand_after_options(words: tuple[str, ...], hashpivot: Hashpivot) -> None:
    status, _, errors = hashpivot("fetch", *words, "--since", "9999-01-01")
    assert status == 2 and "9999-01-01" in errors and "company" not in errors


def test_a_day_that_is_none_is_told_with_both_ways_to_write_it(hashpivot: Hashpivot) -> None:
    status, _, errors = hashpivot("fetch", "CORZ", "--since", "banana", "--base-url", "http://127.0.0.1:9")
    assert status == 2 and "'banana' is no day and no quarter" in errors and "2026Q3" in errors


def test_a_stand_ins_block_must_be_a_time(hashpivot: Hashpivot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHPIVOT_SEC_BLOCK_SECONDS", "nan")
    status, _, errors = hashpivot("fetch", "CORZ", "--season", "2025Q2", "--base-url", "http://127.0.0.1:9")
    assert status == 2 and "block_seconds is no number above 0" in errors
