"""Bind what the documents leave to the reader (a filing, a site, a quarter) to real inputs.

Two tables say all of it. `WORDS` replaces placeholders of usage lines. `INPUTS` says where each file that
a command reads comes from: real data beside the repository, a text of `samples`, or another command. A
command that reads a file or names a placeholder that neither table has is not bound, and is listed.
"""

from __future__ import annotations

import gzip
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from .extract import ROOT
from .samples import (
    CALL,
    OTHER_PRICES,
    PRICES_START,
    RECORDS,
    SITE,
    SWEEP,
    other_price_rows,
    price_rows,
)

SHARED = ROOT.parent / "shared" / "data"
FILINGS = "filings/ixbrl"


class CannotBind(Exception):
    """A command has a placeholder, or reads a file, that no table knows."""


@dataclass(frozen=True)
class Shared:
    """A file of the real data; unpacked if it is asked for under a name without .gz."""

    path: str


@dataclass(frozen=True)
class Written:
    """A text written by `samples`."""

    text: Callable[[], str]


@dataclass(frozen=True)
class Made:
    """A file that a command of hashpivot writes or prints.

    Args:
        command: The command line.
        inputs: Files it reads, keys of `INPUTS`.
        before: Whether the before environment makes it for both sides.
    """

    command: str
    inputs: tuple[str, ...] = ()
    before: bool = False


@dataclass(frozen=True)
class Service:
    """An address that is there while the command runs.

    Args:
        name: `dask`, a scheduler with one worker; or `live`, stand-ins for the live sources.
    """

    name: str


Source = Shared | Written | Made

INPUTS: dict[str, Source] = {
    "10-Q.htm": Shared(f"{FILINGS}/RIOT_10Q-2024-06-30.htm.gz"),
    "filing.htm": Shared(f"{FILINGS}/RIOT_10Q-2024-06-30.htm.gz"),
    "riot-20240630x10q.htm": Shared(f"{FILINGS}/RIOT_10Q-2024-06-30.htm.gz"),
    "riot-20250930x10q.htm": Shared(f"{FILINGS}/RIOT_10Q-2025-06-30.htm.gz"),
    "a.htm.gz": Shared(f"{FILINGS}/RIOT_10Q-2024-09-30.htm.gz"),
    "b.htm.gz": Shared(f"{FILINGS}/BTBT_10Q-2025-03-31.htm.gz"),
    "c.htm.gz": Shared(f"{FILINGS}/CLSK_10Q-2024-12-31.htm.gz"),
    "update.htm": Shared("filings/updates/RIOT_2024-02_layout3.htm"),
    "call.txt": Written(lambda: CALL),
    "my-site.toml": Written(lambda: SITE),
    "my-prices.csv": Written(lambda: "".join(price_rows(PRICES_START))),
    **{name: Written(lambda name=name: "".join(other_price_rows(name))) for name in OTHER_PRICES},
    "mine.csv": Written(lambda: RECORDS),
    "list.csv": Written(lambda: "path,ticker,filed\ncall.txt,RIOT,2025-10-30\n"),
    "sweep.toml": Written(lambda: SWEEP),
    **{
        f"{name}.csv": Made(f"hashpivot record {kind} --template > {name}.csv")
        for name, kind in (
            ("riot", "figures"),
            *(
                (kind, kind)
                for kind in ("figures", "contracts", "targets", "splits", "events", "filing-dates")
            ),
        )
    },
    "site.json": Made(
        "hashpivot site backtest fixed_block --start 2022-01-01 --end 2024-12-30 "
        "--regime lagged --json > site.json"
    ),
    "ledger.sqlite3": Made("HASHPIVOT_LEDGER=ledger.sqlite3 hashpivot add a.htm.gz", inputs=("a.htm.gz",)),
    "corz.toml": Made("hashpivot outlook CORZ --write corz.toml"),
    "iren.toml": Made("hashpivot outlook IREN --write iren.toml"),
}
# What the before environment wrote and the after environment must still read.
_ADDED = ("a.htm.gz", "b.htm.gz", "c.htm.gz")
LEDGER_OF_BEFORE = "home/ledger.sqlite3"
INPUTS |= {
    LEDGER_OF_BEFORE: Made("hashpivot add *.htm.gz", inputs=_ADDED, before=True),
    "before.toml": Made("hashpivot outlook CORZ --write before.toml", before=True),
    "before.json": Made(
        "hashpivot site backtest fixed_block --start 2024-01-01 --end 2024-12-30 --json > before.json",
        before=True,
    ),
}
GLOBS = {"*.htm.gz": _ADDED}

# Placeholders of usage lines; a name that comes again in a command takes the next value.
WORDS: dict[str, tuple[str, ...]] = {
    "QUARTER": ("2024Q4", "2025Q4", "2025Q2"),
    "TICKER": ("RIOT", "CORZ"),
    "FIGURE": ("RIOT/2024Q4/revenue/self_mining",),
    "ID": ("RIOT/2024Q4/revenue/self_mining",),
    "SITE": ("west_texas",),
    "FILE": ("filing.htm",),
    "FOLDER": ("data-sets",),
    "DATE": ("2025-03-01",),
    "YYYY-MM-DD": ("2025-03-01",),
    "--excel FILE": ("made.xlsx",),
    "--html FILE": ("made.html",),
    "--html PATH": ("made.html",),
    "--excel PATH": ("made.xlsx",),
    "--chart PATH": ("made.svg",),
    "--write PATH": ("made.toml",),
    "--power FILE": ("site.json",),
    "--prices FILE": ("my-prices.csv",),
    "--sweep FILE": ("sweep.toml",),
    "--scenario FILE": ("corz.toml",),
    "--out FOLDER": ("results",),
    "--zone ZONE": ("LZ_WEST",),
    "--state FILE": ("my-site.state.json",),
    "--log FILE": ("my-site.log",),
    "--csv PATH": ("schedule.csv",),
    "--json-file PATH": ("schedule.json",),
}
_LIVE = "http://127.0.0.1:65535"  # stands for the address of the stand-ins
SERVICES = {"tcp://10.0.0.1:8786": Service("dask"), _LIVE: Service("live")}

_WRITES = frozenset(
    {
        "--html",
        "--excel",
        "--write",
        "--out",
        "--chart",
        ">",
        "-o",
        "--state",
        "--csv",
        "--json-file",
        "--report",
        "backup",
    }
)
_PLACEHOLDER = re.compile(r"\[?([A-Z]{2,}(?:-[A-Z]{2})*)\]?(?:\.\.\.|…)?")
_NAMES_A_FILE = re.compile(r"[^/\s]+\.(?:htm|html|xml|txt|toml|csv|json|parquet|xlsx|sqlite3|gz)")
# Companies of the documents, which are written like placeholders.
_TICKERS = frozenset(("MARA", "RIOT", "CLSK", "CORZ", "IREN", "HUT", "CIFR", "WULF", "BTDR", "BTBT", "APLD"))


@dataclass(frozen=True)
class Bound:
    """A command that can be run.

    Args:
        steps: The commands, placeholders replaced.
        inputs: Names of the files it reads, keys of `INPUTS`.
        services: Addresses it needs, keys of `SERVICES`.
    """

    steps: tuple[str, ...]
    inputs: tuple[str, ...] = ()
    services: tuple[str, ...] = ()


def bind(steps: tuple[str, ...]) -> Bound:
    """Replace placeholders, and name the files to lay beside the command.

    Raises:
        CannotBind: Naming the first placeholder or file that no table knows.
    """
    used: dict[str, int] = {}
    bound = tuple(_kept_local(_with_words(step, used)) for step in steps)
    made = {name for step in bound for name in _written(step)}
    read = [name for step in bound for name in _read_files(step) if name not in made]
    inputs = dict.fromkeys(name for word in read for name in _known(word))
    services = tuple(address for address in SERVICES if any(address in step for step in bound))
    return Bound(bound, tuple(inputs), services)


def _with_words(step: str, used: dict[str, int]) -> str:
    before, words = "", []
    for word in step.split(" "):
        words.append(_word(word, before, used))
        before = word
    return " ".join(words)


def _kept_local(step: str) -> str:
    """A command that asks live sources, asking their stand-ins instead; what runs for ever is ended soon."""
    live = (("hashpivot fetch", ""), ("hashpivot watch", " --once"), ("hashpivot discover --fetch", ""))
    for start, added in live:
        if step.startswith(start) and "--base-url" not in step and "--help" not in step:
            return f"{step} --base-url {_LIVE}{added}"
    if step.startswith("hashpivot site") and "--live" in step and "--base-url" not in step:
        step = f"{step} --base-url {_LIVE}"
    if step.startswith("hashpivot site run") and not {"--once", "--help"} & set(step.split()):
        return f"timeout --preserve-status -s INT 10 {step}"
    if step.startswith("hashpivot serve") and "--help" not in step:
        return f"timeout --preserve-status -s INT 10 {step} --port 0"
    return step


def _word(word: str, before: str, used: dict[str, int]) -> str:
    """A word of a command, replaced if it is a placeholder; tickers are written like one and stay."""
    match = _PLACEHOLDER.fullmatch(word)
    if match is None or match[1] in _TICKERS:
        return word
    key = f"{before} {match[1]}" if f"{before} {match[1]}" in WORDS else match[1]
    if key not in WORDS:
        raise CannotBind(f"no value for the placeholder {word}")
    used[key] = used.get(key, -1) + 1
    return WORDS[key][used[key] % len(WORDS[key])]


def _written(step: str) -> list[str]:
    words = _split(step)
    copied = words[-1:] if words[1:3] == ["ledger", "copy"] else []
    return copied + [word for before, word in pairwise(words) if before in _WRITES]


def _read_files(step: str) -> list[str]:
    """Names, and patterns of names, of the files a command reads."""
    words = _split(step)
    return [
        word
        for before, word in pairwise(words)
        if before not in _WRITES and (word in GLOBS or _NAMES_A_FILE.fullmatch(word))
    ]


def _known(word: str) -> tuple[str, ...]:
    if word in GLOBS:
        return GLOBS[word]
    if word not in INPUTS:
        raise CannotBind(f"no input for the file {word}")
    return (word,)


def _split(step: str) -> list[str]:
    try:
        return shlex.split(step)
    except ValueError as error:
        raise CannotBind(f"not a command line: {error}") from None


def source_of(name: str) -> Source:
    """Where an input comes from; a path such as `filings/ixbrl/X.htm.gz` is one of the real data."""
    return Shared(name) if name.startswith("filings/") else INPUTS[name]


def lay(source: Shared | Written, path: Path) -> None:
    """Write an input that needs no command."""
    if isinstance(source, Written):
        path.write_text(source.text(), encoding="utf-8")
        return
    held = (SHARED / source.path).read_bytes()
    unpack = source.path.endswith(".gz") and not path.name.endswith(".gz")
    path.write_bytes(gzip.decompress(held) if unpack else held)
