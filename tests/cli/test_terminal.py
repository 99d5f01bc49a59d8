"""Every command over a folder, a ledger and files full of attacks: nothing acts on the terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from unittest.mock import patch
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.cli._app import _COMMANDS
from hashpivot.core import UnreadableFile
from hashpivot.desk import Desk
from hashpivot.testing.services import EdgarService, FiledDocument, ServedFiler, ServedFiling
from hashpivot.testing.services.http import changed_json, redirect_to

from .hostile_home import (
    ATTACK,
    NAME,
    TICKERS,
    hostile_filing,
    hostile_home,
    hostile_release,
    hostile_rows,
    hostile_scenario,
    hostile_site,
)
from .in_process import run_here

STYLE = re.compile(r"\r?\x1b\[(?:[0-9;]*m|\?25[lh]|[0-9]*[AK])|\r(?=\x1b)")
"""What Rich writes for a style or a progress bar on a terminal; no attack has one of these."""
EVIL, WORSE = TICKERS
DAY = date(2024, 8, 1)
WALK = [
    "season 2024Q4 --no-html",
    "season 2024Q4 --html PAGE",
    "season 2024Q3 2024Q4 --compare",
    "company EVIL --no-html",
    "company EVIL --html PAGE --excel BOOK",
    "company WORSE --no-html",
    "search EVIL",
    "search EVIL revenue 2024Q4 --limit 50",
    "coverage",
    "coverage EVIL WORSE",
    "coverage EVIL --missing",
    "search EVIL",
    "search WORSE",
    "lines EVIL",
    "lines WORSE",
    "lines EVIL --restated",
    "trace EVIL/2024Q4/revenue/chips",
    "trace WORSE/2024Q4/total_revenue/total",
    "nowcast 2025Q2 EVIL WORSE",
    "outlook EVIL --quarters 2 --paths 50",
    "halving",
    "read FILING",
    "read RELEASE --statements --ticker EVIL --filed 2024-08-01",
    "read ROWS",
    "read GONE",
    "add FILING --ticker EVIL",
    "add FILING --ticker ATTACK",
    "add RELEASE --ticker EVIL --filed 2024-08-01",
    "add GONE",
    "record figures ROWS",
    "record figures GONE",
    "record figures --template",
    "ledger export figures --ticker EVIL --format parquet --out GONE",
    "site plan SITE --at 2023-08-10T14:00",
    "site forecast SITE --at 2023-08-10T14:00",
    "site backtest SITE --start 2023-08-01 --end 2023-08-02 --html PAGE",
    "outlook EVIL --scenario SCENARIO",
    "site plan GONE",
    "site backtest ROWS",
    "site allocate ATTACK",
    "site forecast ATTACK",
    "company ATTACK",
    "lines ATTACK",
    "trace ATTACK",
    "season ATTACK",
    "nowcast ATTACK",
    "outlook ATTACK",
    "coverage --quarters ATTACK",
    "mcp ATTACK",
    "fetch ATTACK",
    "fetch network --since ATTACK",
    "fetch power ATTACK --start 2026-11-01",
    "store",
    "watch ATTACK",
    "serve --host ATTACK",
    "discover GONE",
    "discover ATTACK",
    "ATTACK",
    "--ATTACK",
    "season --ATTACK",
    "record ATTACK",
    "record figures --grade ATTACK",
    "ledger export ATTACK",
]
"""Command lines; words in capitals stand for attacks, see `words`."""

WRITERS = {
    "FILING": hostile_filing,
    "RELEASE": hostile_release,
    "ROWS": hostile_rows,
    "SITE": hostile_site,
    "SCENARIO": hostile_scenario,
}
REFUSED = ("GONE", "ROWS", "ATTACK", "SCENARIO")
"""What a command cannot use; all other command lines succeed."""


@dataclass(frozen=True)
class Printed:
    """What a command printed and its exit status."""

    out: str
    err: str
    status: int


def acting(text: str) -> set[str]:
    """Characters that a terminal obeys or hides."""
    kinds = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return {letter for letter in text if letter not in "\n\t" and unicodedata.category(letter) in kinds}


def environment(home: Path) -> dict[str, str]:
    """Variables by which the package finds a user's folder."""
    return {"HASHPIVOT_HOME": str(home), "HASHPIVOT_LEDGER": "", "TERM": "xterm-256color"}


def run(home: Path, words: list[str], *, screen: bool = False) -> Printed:
    """Run a command in this process, on a terminal or into a pipe."""
    done = run_here(*words, env=environment(home), screen=screen)
    return Printed(done.stdout, done.stderr, done.returncode)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_home(tmp_path_factory.mktemp("hostile") / "home")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    for kind, write in WRITERS.items():
        (folder / kind).mkdir()
        write(folder / kind / NAME)
    return folder


def page_name() -> str:
    """What a page is called that a command writes."""
    return f"page{NAME}l"


def words(line: str, files: Path) -> list[str]:
    """The words of a command line, attacks put in."""
    shorter = ATTACK.replace("/", "")
    named = {kind: str(files / kind / NAME) for kind in (*WRITERS, "GONE")}
    named |= {"PAGE": str(files / page_name()), "BOOK": str(files / f"book{NAME}.xlsx")}
    swaps = named | {"WORSE": WORSE, "ATTACK": shorter}
    pattern = re.compile("|".join(swaps))
    return [pattern.sub(lambda match: swaps[match[0]], word) for word in line.split()]


def test_every_command_is_walked() -> None:
    """A new command is put on the list with arguments that bring text from outside."""
    assert {line.split()[0] for line in WALK} >= _COMMANDS.keys()


@pytest.mark.parametrize("screen", [False, True], ids=["pipe", "terminal"])
@pytest.mark.parametrize("line", WALK)
def test_nothing_acts_on_the_terminal(line: str, screen: bool, home: Path, files: Path) -> None:
    printed = run(home, words(line, files), screen=screen)
    text = printed.out + printed.err
    assert text and (printed.status == 0) is not any(word in line for word in REFUSED), text
    assert not acting(STYLE.sub("", text) if screen else text)
    assert not re.search(r"^hashpivot: forged", text, re.MULTILINE)
    assert "💀" not in text
    if "PAGE" in line:
        assert not acting((files / page_name()).read_text(encoding="utf-8"))


SAID_IN_JSON = [line for line in WALK if "--template" not in line and "GONE" not in line]


@pytest.mark.parametrize("line", [line for line in SAID_IN_JSON if "PAGE" not in line or "site" in line])
def test_json_is_safe_and_whole(line: str, home: Path, files: Path) -> None:
    printed = run(home, [*words(line, files), "--json"])
    assert not acting(printed.out + printed.err)
    assert not printed.out or json.loads(printed.out) is not None


LIVE = [
    "fetch RIOT --since 2026-01-01",
    "fetch RIOT --since 2026-01-01 --verbose --json",
    "watch RIOT --since 2026-01-01 --once",
    "store --list",
]


@pytest.mark.parametrize("screen", [False, True], ids=["pipe", "terminal"])
def test_nothing_that_a_service_says_acts_on_the_terminal(screen: bool, tmp_path: Path) -> None:
    """Names, forms, file names and texts of filings that come unasked, and a service's own words."""
    shown = "Riot \x1b]0;owned\x07\x9b31m\x85 [bold]"
    pages = [FiledDocument("8-K", "a\x1b[2J.htm", f"<p>{shown} mined 500 bitcoin.</p>".encode("latin-1"))]
    filings = [
        ServedFiling(
            ServedFiler("1167419", shown, "RIOT"),
            f"8-K\x1b[{n}m",
            f"0001234567-26-00000{n}",
            datetime(2026, 2, n),
            tuple(pages),
        )
        for n in (1, 2)
    ]
    with EdgarService(filings) as service:
        forms = ["8-K", "8-K \u202e"]
        service.fail(
            changed_json(lambda value: value["filings"]["recent"].update(form=forms) or value),
            "submissions",
            times=None,
        )
        service.fail(redirect_to(f"/{quote(ATTACK)}"), filings[1].accession, times=None)
        for line in LIVE:
            told = line.split() + ([] if line.startswith("store") else ["--base-url", service.url])
            printed = run(tmp_path, told, screen=screen)
            text = printed.out + printed.err
            assert text and not acting(STYLE.sub("", text) if screen else text), line


def test_what_python_shows_of_an_object_is_safe(home: Path, files: Path) -> None:
    with patch.dict(os.environ, environment(home)):
        shown = [Desk.read(files / kind / NAME, ticker=WORSE, filed=DAY) for kind in ("FILING", "RELEASE")]
    figures = [figure for document in shown for figure in document.reading.figures()]
    told = [*shown, *(d.reading for d in shown), *figures, *(f.locator for f in figures)]
    assert figures and not any(acting(repr(each)) for each in told)


def test_json_holds_the_text_as_it_is(home: Path) -> None:
    printed = run(home, ["trace", f"{EVIL}/2024Q4/revenue/chips", "--json"])
    assert json.loads(printed.out)["label"] == f"revenue {ATTACK}"


def test_csv_into_a_pipe_holds_the_text_as_it_is(home: Path) -> None:
    printed = run(home, ["ledger", "export", "figures", "--ticker", EVIL])
    rows = list(csv.DictReader(io.StringIO(printed.out, newline="")))
    assert {row["label"] for row in rows if row["ticker"] == EVIL} >= {f"revenue {ATTACK}"}


def test_a_plan_as_csv_into_a_pipe_holds_the_text_as_it_is(home: Path, files: Path) -> None:
    printed = run(home, words("site plan SITE --at 2023-08-10T14:00 --csv", files))
    rows = list(csv.DictReader(io.StringIO(printed.out, newline="")))
    assert {row["name"] for row in rows} == {
        f"{hall} hall{ATTACK}" for hall in ("S19j Pro", "S19 XP", "M50S")
    }


@pytest.mark.parametrize(
    "line", ["ledger export figures --ticker EVIL", "site plan SITE --at 2023-08-10T14:00 --csv"]
)
def test_csv_on_a_terminal_is_safe(line: str, home: Path, files: Path) -> None:
    printed = run(home, words(line, files), screen=True)
    assert printed.status == 0 and printed.out and not acting(printed.out)


def test_what_was_hidden_is_seen(home: Path) -> None:
    text = run(home, ["trace", f"{EVIL}/2024Q4/revenue/chips"]).out
    assert "\\x1b]0;owned\\x07" in text and "\\u202ednaherev" in text and "[bold red]loud[/bold red]" in text


def test_warnings_are_safe() -> None:
    def warn(**_: object) -> None:
        warnings.warn(ATTACK, FutureWarning, stacklevel=1)
        warnings.warn(ATTACK, UserWarning, stacklevel=1)

    with patch("hashpivot.cli._app.app", warn), warnings.catch_warnings():
        warnings.simplefilter("always")
        printed = run(Path("nowhere"), ["halving"])
    assert printed.err.count("owned") >= 2 and not acting(printed.err)


@contextmanager
def failing(error: Exception) -> Iterator[None]:
    """The command group raises an error."""
    with patch("hashpivot.cli._app.app", side_effect=error):
        yield


@settings(deadline=None)
@given(st.text(), st.text(), st.text())
def test_errors_are_safe_whatever_they_say(message: str, where: str, hint: str) -> None:
    with failing(UnreadableFile(message, where=where, hint=hint)):
        printed = run(Path("nowhere"), ["halving"])
    assert printed.status == 1 and not acting(printed.err)
    assert all(line.startswith("  ") for line in printed.err.rstrip("\n").split("\n")[1:])


@settings(deadline=None, max_examples=25)
@given(st.text(min_size=1).filter(lambda text: "\x00" not in text))
def test_arguments_are_repeated_safely(argument: str) -> None:
    for line in (["lines", "--", argument], ["coverage", "--quarters", argument], [f"--x{argument}"]):
        printed = run(Path("nowhere"), line)
        assert not acting(printed.out + printed.err)


LABELS = st.text(st.characters(codec="utf-8", exclude_characters="<>&\x00\n\r"), max_size=30)


@settings(deadline=None, max_examples=25)
@given(LABELS, LABELS)
def test_labels_are_safe(tmp_path_factory: pytest.TempPathFactory, label: str, name: str) -> None:
    folder = tmp_path_factory.mktemp("label")
    usable = "".join(letter for letter in name if letter not in "/\\").encode()[:60].decode(errors="ignore")
    for write in (hostile_filing, hostile_release):
        path = write(folder / f"q{usable}.htm", label)
        printed = run(folder, ["read", str(path), "--ticker", "RIOT", "--filed", "2024-08-01"])
        assert not acting(printed.out + printed.err)
