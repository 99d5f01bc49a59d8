"""Draw a command line from the tree of commands.

Options and arguments are those the commands have, so a new one is drawn by itself,
with values of its type; the
tables below only say more about those whose name is known.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import click

from hashpivot.cli import app

from . import values
from .case import Entry, Kind
from .mutations import damaged, placed
from .samples import Samples

Command = tuple[tuple[str, ...], click.Command]

_WORDS: Mapping[str, tuple[str, ...]] = {
    "ticker": values.TICKERS, "tickers": values.TICKERS, "quarters": values.QUARTERS,
    "season": values.QUARTERS,
    "span": values.SPANS, "since": values.QUARTERS + values.DAYS, "start": values.DAYS, "end": values.DAYS,
    "figure": values.FIGURES, "base_url": values.URLS, "cluster": values.ADDRESSES, "inputs": values.PAIRS,
    "assume": values.PAIRS, "beside": values.PAIRS + values.SCENARIOS, "scenarios": values.SCENARIOS,
    "columns": values.COLUMNS, "zone": values.ZONES, "market": ("ercot", "ercot", "ERCOT", "caiso",
    "nothing"),
    "product": ("day-ahead", "load", "day-ahead,load", "nothing", ","), "point": ("LZ_WEST",
    "HB_WEST,LZ_WEST", "HB_WEST", "x"),
    "forms": ("10-Q", "10-K,10-Q", "8-K", "nothing", ","), "measures": ("total_revenue", "bitcoin_mined",
    "revenue", "x"),
    "host": ("127.0.0.1", "localhost", "127.0.0.1", "::1", "0.0.0.0", "256.0.0.1", "nohost.invalid",
    "192.0.2.1"),
    "token": ("x" * 16, "y" * 20, "z" * 30, "short", "é" * 20), "default": ("keep", "off", "normal", "eco",
    "x"), "every": ("10", "60", "300", "9", "1e9", "nan", "inf", "-1"),
    "words": values.QUARTERS + values.TICKERS + ("10-Q", "10-K,20-F"), "text": ("core", "scientific",
    "2024Q4", "8-K", "ai"),
    "drop": ("sec/x", "sec/x.txt", "ercot/x", "sec/../x", "/etc/passwd"), "proxy": ("127.0.0.1", "X-User",
    "desk.example.org", "10.0.0.0/8"),
    "cell_ticker": values.TICKERS, "cell_measure": ("total_revenue", "bitcoin_mined", "bitcoin_mined", "x"),
    "cell_period": ("2025Q2", "2025-05-01..2025-05-31", "2025-06-30"),
    "cell_value": ("153000000", "1e5", "514", "-3", "nan", "1e999", "1,000"), "cell_unit": ("usd", "btc",
    "ehs", "x"), "cell_grade": ("A", "B", "C", "D"), "cell_title": ("A page", "A call", "A release"),
    "cell_locator": ("page 1", "table 1, row 2", "x"),
    "cell_line": ("self_mining", "chips", "hosting", "x"), "cell_ratio": ("1-for-10", "10-for-1", "2-for-1",
    "0-for-1", "1-for-0", "1e400-for-1"), "cell_known": values.DAYS,
    "older_than": ("0", "400", "30", "999999999999"), "number": ("1", "4", "3", "5", "0",
    "99999999999999999999"), "limit": ("1", "200", "10", "201", "0", "-1", "99999999999999999999"),
    "hours": ("1", "24", "48", "49", "0", "-1"), "interval": ("60", "60", "15", "5", "7", "0", "-5"),
    "stale_after": ("0", "3", "999999", "-1", "99999999999999999999"),
    "delay": ("0", "0.01", "1", "nan", "3601"), "usd_rate": ("1.08", "1", "0.5", "0", "-1", "nan", "inf",
    "1e308"), "port": ("0", "0", "0", "1", "65535", "65536"),
    "paths": ("2", "50", "200", "1", "0", "-1", "99999999999999999999", "1000000000"), "seed": ("0", "1",
    "7", "99999999999999999999", "-1"),
    "source": values.LISTS, "target": values.LEDGERS,
    "workers": ("1", "1", "2", "0", "65"), "recorded_on": values.DAYS, "at": values.MOMENTS,
}  # fmt: skip
"""Good and doubtful values, by the name of a parameter."""

_FILES: Mapping[str, tuple[str, ...]] = {
    "files": ("filing", "release", "transcript", "submission", "update", "packed"), "file": ("records",),
    "power": ("power",), "sweep": ("sweep",),
    "scenarios": ("scenario",), "site": ("site",), "prices": ("prices",), "log": ("log",),
    "state": ("state",), "source": ("listing",), "archives": ("archive",),
}  # fmt: skip
"""Kinds of files a parameter names; one that is not here, and is a path, names an output."""

_SUFFIXES = {
    "html": ".html",
    "excel": ".xlsx",
    "chart": ".svg",
    "write": ".toml",
    "csv_path": ".csv",
    "json_file": ".json",
    "out": "",
}
_OUTPUTS = (
    "/dev/null",
    "/dev/full",
    ".",
    "nothing/there",
    "/",
    "made.txt",
    "/dev/stdout",
    "a" * 300,
    "made.html/",
    "~nouser/x",
    "NUL",
    "COM1.csv",
    "~/made.x",
    "made.PNG",
    "x.xlsx.gz",
)

ENDLESS = {"serve", "watch", "site run"}
"""Commands that run until they are ended, or with `--once`."""
SHORT: Mapping[str, tuple[str, ...]] = {
    "outlook": ("--paths", "50"),
    "site backtest": ("--start", "2024-08-01", "--end", "2024-08-02"),
    "site allocate": ("--start", "2024-08-01", "--end", "2024-08-20"),
}
"""Options that keep a command short, unless other values for them are drawn."""
RARE = {
    "--backtest": 0.02,
    "--tornado": 0.15,
    "--what-if": 0.03,
    "--learned": 0.03,
    "--open": 0.0,
    "--help": 0.02,
}
"""How often options are drawn that take long, or leave this machine."""
_HEAVY = {
    **dict.fromkeys(
        ("record contracts", "record targets", "record splits", "record events", "record filing-dates"), 0.4
    ),
    "season": 0.5,
    "site allocate": 0.3,
    "site backtest": 0.5,
    "nowcast": 0.7,
}
"""How often commands are drawn that take seconds, against once for others."""


def commands(command: click.Command = app, *above: str) -> Iterator[Command]:
    """All commands below one, with their names."""
    if not isinstance(command, click.Group):
        yield above, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        assert below is not None
        yield from commands(below, *above, name)


@dataclass
class Line:
    """A command line being drawn.

    Args:
        rng: What is drawn with.
        samples: Sound files.
        all: Every command there is.
    """

    rng: random.Random
    samples: Samples
    all: list[Command]
    words: list[str] = field(default_factory=list)
    files: dict[str, Entry] = field(default_factory=dict)
    endless: bool = False
    odd: float = 0.0
    """How often a value is not a good one."""

    def draw(self) -> Line:
        """Draw the words, and the files they name."""
        names, command = self.rng.choices(
            self.all, [_HEAVY.get(" ".join(names), 1.0) for names, _ in self.all]
        )[0]
        name = " ".join(names)
        self.odd = self.rng.choice((0.0, 0.03, 0.03, 0.15, 0.4))
        options, arguments = self._parts(command)
        if names[0] == "record" and self.rng.random() >= self.odd:
            options, arguments = self._one_record(options, arguments)
        if {"--columns", "--hour-ending", "--usd-rate"} & {
            part[0] for part in options
        } and self.rng.random() >= self.odd:
            options.append(["--prices", self._file("prices")])
        short = SHORT.get(name, ())
        given = {part[0] for part in options}
        pairs = [list(short[at : at + 2]) for at in range(0, len(short), 2)]
        options += [pair for pair in pairs if pair[0] not in given]
        ends = name not in ENDLESS or {"--help", "--once"} & given
        if not ends and name != "serve" and self.rng.random() < 0.8:
            options.append(["--once"])
        self.rng.shuffle(options)
        parts = [*options, *([word] for word in arguments)]
        if self.rng.random() < self.odd:
            self.rng.shuffle(parts)
        self.words = [*names, *(word for part in parts for word in part)]
        self._spoil()  # which may take --once away
        self.endless = name in ENDLESS and not {"--help", "--once"} & set(self.words)
        return self

    def _one_record(
        self, options: list[list[str]], arguments: list[str]
    ) -> tuple[list[list[str]], list[str]]:
        """A table, a row by options, or a template: not several of them."""
        usual = [part for part in options if part[0] in ("--json", "--check", "--recorded-on")]
        if self.rng.random() < 0.1:
            return [*usual, ["--template"]], []
        if arguments and self.rng.random() < 0.6:
            return usual, arguments[:1]
        return [part for part in options if part[0] != "--template"], []

    def _parts(self, command: click.Command) -> tuple[list[list[str]], list[str]]:
        options: list[list[str]] = []
        arguments: list[str] = []
        share = self.rng.choice((0.1, 0.25, 0.25, 0.5))
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                wanted = RARE.get(parameter.opts[0], 0.95 if parameter.required else share)
                if self.rng.random() < wanted:
                    options += self._option(parameter)
            else:
                arguments += self._argument(parameter)
        return options, arguments

    def _option(self, option: click.Option) -> list[list[str]]:
        name = self.rng.choice(option.opts)
        if option.is_flag:
            return [[name]]
        times = self.rng.choice((1, 1, 2, 3)) if option.multiple else self.rng.choice((1,) * 9 + (2,))
        found = [[name, *(self._value(option) for _ in range(option.nargs))] for _ in range(times)]
        return [
            [f"{name}={part[1]}"] if len(part) == 2 and self.rng.random() < 0.1 else part for part in found
        ]

    def _argument(self, argument: click.Parameter) -> list[str]:
        if argument.nargs == -1:
            fewest = 1 if argument.required and self.rng.random() < 0.97 else 0
            return [self._value(argument) for _ in range(self.rng.choice((fewest, 1, 1, 2, 3)))]
        return [self._value(argument)] if self.rng.random() < (0.97 if argument.required else 0.6) else []

    def _value(self, parameter: click.Parameter) -> str:
        name = parameter.name or ""
        kind = parameter.type
        if name == "paths" and isinstance(kind, click.Path):  # those of an outlook are a number
            name = "archives"
        if name == "source" and isinstance(parameter, click.Argument):  # of a copy, a ledger
            name = "target"
        files = _FILES.get(name)
        if files and self.rng.random() < (0.5 if name in _WORDS else 0.92):
            return self._file(self.rng.choice(files))
        if name == "site":
            return values.word(self.rng, values.EXAMPLES, self.odd)
        if name in _WORDS:
            return values.word(self.rng, _WORDS[name], self.odd)
        if isinstance(kind, click.Path):
            return self._output(name)
        return values.word(self.rng, _of_type(kind, name), self.odd)

    def _file(self, kind: str) -> str:
        """Lay a file of a kind, mostly a damaged one, and name it."""
        if kind == "listing":
            self.files |= {"start/filing.htm": Entry(self.samples.kinds["filing"][0][1])}
        name, data = self.samples.one(self.rng, kind)
        entry = damaged(self.rng, name, data) if self.rng.random() < 0.5 else Entry(data)
        return placed(self.rng, name, entry, self.files, self.odd)

    def _output(self, name: str) -> str:
        if self.rng.random() >= self.odd:
            return f"made-{name}{_SUFFIXES.get(name, '.txt')}"
        if self.rng.random() < 0.1:
            self.files["start/pipe"] = Entry(kind=Kind.PIPE, told="a pipe")
            return "pipe"
        return self.rng.choice(_OUTPUTS)

    def _spoil(self) -> None:
        """Once in a while a slip: a word doubled, lost, strange, or of another command."""
        chance = self.rng.random()
        at = self.rng.randrange(len(self.words) + 1)
        if chance < 0.03:
            self.words.insert(at, self.rng.choice(values.HOSTILE))
        elif chance < 0.05:
            _, other = self.rng.choice(self.all)
            names = [name for parameter in other.params for name in parameter.opts if name.startswith("-")]
            self.words.insert(at, self.rng.choice(names or ["-x"]))
        elif chance < 0.065 and self.words:
            del self.words[min(at, len(self.words) - 1)]
        elif chance < 0.08:
            self.words.insert(at, self.rng.choice(("--help", "-h", "--version", "--", "-", "--json", "-j")))


def _of_type(kind: click.ParamType, name: str) -> tuple[str, ...]:
    """Values of a type."""
    if isinstance(kind, click.Choice):
        return (*map(str, kind.choices), "nothing", str(kind.choices[0]).upper())
    if isinstance(kind, click.DateTime):
        return values.DAYS
    if isinstance(kind, (click.types.IntParamType, click.types.FloatParamType)):
        return values.NUMBERS
    return (*values.DAYS[:4], *values.NUMBERS, "text", "a text of words", name)


Draw = Callable[[random.Random], Line]
