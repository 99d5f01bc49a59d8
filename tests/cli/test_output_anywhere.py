"""Every command, wherever its output leads: code pages, narrow terminals, full disks, closed streams."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from hashpivot.cli import app

from .hostile_home import hostile_filing, hostile_home
from .in_process import run_into

LETTERS = "Łódź → 10 € ≥ 9 – ½ ☃ 😀"
"""Letters and signs that every code page here lacks some of."""
FULL = Path("/dev/full")

LINES = {
    "season": "2024Q4 --no-html",
    "company": "EVIL --no-html",
    "read": "FILING",
    "add": "FILING --ticker EVIL",
    "record figures": "--template",
    "record contracts": "--template",
    "record targets": "--template",
    "record splits": "--template",
    "record events": "--template",
    "record filing-dates": "--template",
    "ledger backup": "backup.sqlite3",
    "ledger check": "",
    "ledger copy": "Łódź copy.sqlite3",
    "ledger export": "figures --ticker EVIL",
    "ledger repair": "",
    "ledger restore": "Łódź",
    "ledger vacuum": "",
    "lines": "EVIL",
    "trace": "EVIL/2024Q4/revenue/chips",
    "search": "EVIL",
    "discover": "Łódź",
    "coverage": "EVIL",
    "fetch filings": "Łódź",
    "fetch network": "--since Łódź",
    "fetch power": "Łódź --start 2026-11-01",
    "watch": "Łódź",
    "store": "",
    "mcp": "Łódź",
    "serve": "--host Łódź --port 0",
    "nowcast": "2025Q2 EVIL",
    "outlook": "EVIL --quarters 2 --paths 50",
    "halving": "",
    "site allocate": "Łódź.toml",
    "site backtest": "west_texas --start 2023-08-01 --end 2023-08-02",
    "site forecast": "west_texas --at 2023-08-10T14:00",
    "site markets": "",
    "site plan": "west_texas --at 2023-08-10T14:00",
    "site replay": "Łódź",
    "site run": "Łódź.toml --state s.json",
}
"""Arguments of each command that prints an answer or, where that takes a service, an error."""


def commands(command: click.Command, *above: str) -> Iterator[str]:
    """The names of all commands below one."""
    if not isinstance(command, click.Group):
        yield " ".join(above)
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        assert below is not None
        yield from commands(below, *above, name)


COMMANDS = list(commands(app))


@dataclass(frozen=True)
class Written:
    """What a command wrote, as bytes, and its exit status."""

    out: bytes
    err: bytes
    status: int


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("anywhere")
    hostile_home(folder / "home", LETTERS)
    hostile_filing(folder / "filing.htm", LETTERS)
    return folder


def write(
    folder: Path, line: str, *, encoding: str = "utf-8", columns: int = 120, out: Path | None = None
) -> Written:
    """Run a command whose output goes to a file, in an encoding."""
    target, errors = out or folder / "out", folder / "err"
    env = {"HASHPIVOT_HOME": str(folder / "home"), "HASHPIVOT_LEDGER": "", "COLUMNS": str(columns)}
    words = [word.replace("FILING", str(folder / "filing.htm")) for word in line.split()]
    with (
        target.open("w", encoding=encoding, newline="") as stdout,
        errors.open("w", encoding=encoding, newline="") as stderr,
    ):
        status = run_into(*words, env=env, out=stdout, err=stderr, folder=folder)
    return Written(b"" if out else target.read_bytes(), errors.read_bytes(), status)


def test_every_command_is_listed() -> None:
    """A new command is put on the list, with arguments that make it print."""
    assert LINES.keys() == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_code_page_and_forty_columns_lose_nothing(name: str, folder: Path) -> None:
    """ASCII lacks what any code page lacks."""
    written = write(folder, f"{name} {LINES[name]}", encoding="ascii", columns=40)
    assert written.status in ((1, 2) if "Łódź" in LINES[name] else (0,))
    text = written.out + written.err
    assert text and b"Traceback" not in text
    assert text.isascii() or name == "ledger export"  # CSV is UTF-8 on any code page
    assert not re.search(rb"\d\.\.\.[ \n]", written.out)  # a number that is cut


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_written_on_any_code_page_or_refused(name: str, folder: Path) -> None:
    assert write(folder, f"{name} --help", encoding="ascii").status == 0
    if FULL.exists():
        refused(write(folder, f"{name} --help", out=FULL))


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full, a disk that is always full")
@pytest.mark.parametrize("line", ["lines EVIL", "lines EVIL --json", "ledger export figures --ticker EVIL"])
def test_a_full_disk_is_one_clear_error(line: str, folder: Path) -> None:
    refused(write(folder, line, out=FULL))


def refused(written: Written) -> None:
    first, *others = written.err.decode().splitlines()
    assert written.status == 1 and first.startswith("hashpivot: standard output: cannot be written: No space")
    assert all(line.startswith("  hint: ") for line in others)


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
def test_json_is_whole_on_any_code_page(encoding: str, folder: Path) -> None:
    written = write(folder, "trace EVIL/2024Q4/revenue/chips --json", encoding=encoding)
    assert written.status == 0 and json.loads(written.out)["label"] == f"revenue {LETTERS}"


def test_csv_is_the_same_on_any_code_page(folder: Path) -> None:
    line = "ledger export figures --ticker EVIL"
    assert write(folder, line, encoding="cp437").out == write(folder, line).out != b""


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "utf-16"])
def test_a_page_is_utf_8_wherever_it_goes(encoding: str, folder: Path) -> None:
    page = folder / f"{encoding}.html"
    written = write(folder, f"company EVIL --html {page}", encoding=encoding)
    assert written.status == 0 and "Łódź" in page.read_text(encoding="utf-8")


def test_signs_are_replaced_and_letters_spelt_out(folder: Path) -> None:
    text = write(folder, "trace EVIL/2024Q4/revenue/chips", encoding="cp1252").out.decode("cp1252")
    assert "\\u0141ód\\u017a -> 10 € >= 9 – ½ \\u2603 \\U0001f600" in text


CLOSED = {
    "stdout": ("season 2024Q4 --no-html >&-", 1, "hashpivot: standard output: is closed"),
    "stderr": ("lines NOBODY 2>&-", 1, ""),
    "both": ("halving >&- 2>&-", 1, ""),
    "all": ("halving <&- >&- 2>&-", 1, ""),
    "full": ("lines NOBODY 2>/dev/full", 1, ""),
    "stdin": ("mcp <&-", 2, "hashpivot: standard input: is closed"),
    "head": ("halving --json | (read line; exit 7)", 7, ""),
}
"""What a shell does with the streams, the exit status, and how standard error begins."""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize("streams", CLOSED)
def test_closed_streams_end_a_command_quietly(streams: str, tmp_path: Path) -> None:
    line, status, said = CLOSED[streams]
    done = subprocess.run(
        ["sh", "-c", f'"$PYTHON" -W default::ResourceWarning -m hashpivot {line}'],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHON": sys.executable, "HASHPIVOT_HOME": str(tmp_path), "HASHPIVOT_LEDGER": ""},
        timeout=600,  # only so that a command that hangs ends
    )
    assert done.returncode == status and done.stderr.startswith(said) and bool(said) is bool(done.stderr)
    assert not done.stdout


def test_no_memory_is_one_clear_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise MemoryError("Unable to allocate 548. KiB for an array")

    monkeypatch.setattr("hashpivot.desk.Desk.halving", full)
    written = write(folder, "halving")
    first, hint = written.err.decode().splitlines()
    assert (written.status, first) == (1, "hashpivot: there is not enough memory for this")
    assert hint.startswith("  hint: ")


@pytest.mark.skipif(sys.platform == "win32", reason="a folder at hand cannot be deleted there")
def test_a_web_desk_needs_a_folder_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    out, err = io.StringIO(), io.StringIO()
    assert run_into("serve", "--port", "0", env={"HASHPIVOT_HOME": str(tmp_path)}, out=out, err=err) == 2
    assert err.getvalue().startswith("hashpivot: the folder at hand is gone")
