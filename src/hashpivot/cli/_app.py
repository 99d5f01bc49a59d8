"""The command group: commands are imported when they are called, so that `--help` is quick."""

from __future__ import annotations

import gc
import os
import warnings
from importlib import import_module
from typing import Any, TextIO

import click

from .shared import (
    complain,
    echo,
    output_finished,
    streams_ready,
    termination_as_interrupt,
    usage_errors_shown,
)

_COMMANDS = {
    "season": (".answers._season", "Four answers for every company of one quarter; the main job."),
    "company": (".figures._company", "One company whole: tables, answers, and what is absent and why."),
    "read": (".figures._read", "What one or more filings say, by line and period; nothing is stored."),
    "add": (".figures._add", "Read filings and put them into your ledger."),
    "record": (
        ".figures._record",
        "Put figures, contracts, targets, events and the like in by hand.",
    ),
    "ledger": (".figures._ledger", "Check, back up, restore and repair your ledger; export its tables."),
    "lines": (".figures._lines", "Revenue, cost and gross profit of a company by line and quarter."),
    "trace": (".figures._trace", "Where a number comes from, down to the cell."),
    "search": (".figures._search", "Companies, lines, figures, sentences and sources by words."),
    "coverage": (".figures._coverage", "What is held by company and quarter, and the reports to get."),
    "fetch": (".live._group", "Filings, network days and power prices from their sources, into your ledger."),
    "watch": (".live._watch", "Keep fetching what is filed, and tell what each filing changed."),
    "store": (".live._store", "Fetched documents: size, list, drop."),
    "mcp": (".live._mcp", "The same desk for an analyst's assistant."),
    "discover": (".live._discover", "Filers with mining, AI or chip lines that nobody lists."),
    "serve": (".live._serve", "The desk in a browser, on this machine."),
    "nowcast": (".answers._nowcast", "The quarter about to be reported, and the track record."),
    "outlook": (".answers._outlook", "Quarters ahead of a company under a scenario."),
    "halving": (".answers._halving", "Schedule, next halving, and what one does to each company."),
    "site": (".site", "Dispatch, forecast and backtest of a power site."),
}
"""By name: the module that holds the command, and what it is for. The order is that of `--help`."""

_NEW_OBJECTS = 50_000  # between two looks for garbage; with Python's 700 a season takes hundreds of looks

_EXAMPLES = """
\b
Examples:
  hashpivot season 2024Q4              four answers, and an HTML report
  hashpivot company CORZ               one company whole, and an HTML page
  hashpivot lines RIOT                 revenue and gross profit by line
  hashpivot trace RIOT/2024Q4/revenue/self_mining
  hashpivot read 10-Q.htm --json       what a filing says
  hashpivot fetch --season 2026Q3      the newest filings, from the SEC into your ledger
\b
Environment:
  HASHPIVOT_HOME                       folder of your own ledger, companies and network days
  HASHPIVOT_LEDGER                     another ledger: a file, or postgresql://USER@HOST/DATABASE
  HASHPIVOT_WEB_TOKEN                  secret that clients of hashpivot serve must know
"""


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with usage_errors_shown():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with usage_errors_shown():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(_COMMANDS[cmd_name][0], __package__).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in _COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], _COMMANDS, n=1)
            advice = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{advice}")
        return super().resolve_command(ctx, args)


@click.group(cls=_LazyGroup, epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hashpivot", prog_name="hashpivot")
def app() -> None:
    """The earnings desk for bitcoin miners that are turning into AI and chip companies."""


def main() -> None:
    """Entry point of the `hashpivot` command: exit status 0 done, 1 the work failed, 2 wrong usage."""
    from hashpivot.core import HashpivotError

    warnings.showwarning = _show_warning
    # The matrices of a nowcast are small: threads of the linear algebra cost more than they gain there.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Nearly all that a command makes lives to its end: to look for garbage in it took a sixth of its time.
    gc.set_threshold(_NEW_OBJECTS)
    with streams_ready(), termination_as_interrupt():
        try:
            with output_finished():
                app(standalone_mode=True)
        except HashpivotError as error:
            complain(error)
            raise SystemExit(error.exit_status) from None
        except MemoryError:
            hint = "close other programs, or ask for less: fewer paths, quarters, days or files at once"
            complain(HashpivotError("there is not enough memory for this", hint=hint))
            raise SystemExit(1) from None
        except OSError as error:
            complain(f"{error.filename or 'this machine'}: {error.strerror or error}")
            raise SystemExit(1) from None


def _show_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int,
    file: TextIO | None = None, line: str | None = None,
) -> None:  # fmt: skip
    """Show a warning meant for a user (`FutureWarning`) in one line; others as Python words them."""
    if issubclass(category, FutureWarning):
        complain(message)
    else:
        text = warnings.formatwarning(message, category, filename, lineno, line)
        echo(*text.rstrip("\n").split("\n"), err=True)
