"""What commands print: all of it passes here, so that no text from outside acts on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hashpivot.core import json_for, terminal_line, write_data

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from hashpivot.core import HashpivotError
    from hashpivot.desk import BulkSummary, DeskResult, FetchSummary

Item = TypeVar("Item")

MANY = 3
"""Items from which a progress bar is worth showing."""


def echo(*lines: str, err: bool = False) -> None:
    """Print lines for people to standard output, or to standard error if `err`."""
    click.echo("\n".join(map(terminal_line, lines)), sys.stderr if err else sys.stdout)


def ask(question: str) -> str:
    """Ask on standard error; returns the answer without blanks around it."""
    return str(click.prompt(terminal_line(question), err=True)).strip()


def echo_data(text: str) -> None:
    """Print a table for programs, such as CSV; see `write_data`."""
    write_data(sys.stdout, text)  # click would leave escapes out


def print_json(answer: Any) -> None:
    """Print an answer as JSON to standard output."""
    click.echo(json_for(sys.stdout, answer), sys.stdout)


def show(result: DeskResult, as_json: bool) -> None:
    """Print a result, as JSON or as a table."""
    if as_json:
        print_json(result.to_dict())
    else:
        result.print()


def show_at_once(event: DeskResult, as_json: bool) -> None:
    """Print one of many events, as JSON on one line or as text; whoever reads a pipe need not wait for it."""
    if as_json:
        click.echo(json_for(sys.stdout, event.to_dict(), indent=None), sys.stdout)
    else:
        event.print()
    sys.stdout.flush()


def complain(error: object) -> None:
    """Print an error or a warning to standard error; only its first line begins at the margin."""
    first, *others = f"hashpivot: {error}".split("\n")
    echo(first, *(line if line.startswith("  ") else f"  {line}" for line in others), err=True)


def stopped_by(run: Callable[[], object]) -> HashpivotError | None:
    """Run what keeps all that was done so far; return what ended it before its end, None if nothing did.

    Raises:
        InvalidInput: If what is asked for cannot be; the usage is wrong.
    """
    from hashpivot.core import HashpivotError, InvalidInput

    class Interrupted(HashpivotError):
        """The user stopped it."""

    try:
        run()
    except InvalidInput:
        raise
    except HashpivotError as error:
        return error
    except KeyboardInterrupt:
        return Interrupted("stopped by Ctrl-C")
    return None


def print_run(summary: BulkSummary | FetchSummary, stopped: HashpivotError | None) -> None:
    """Print the summary of such a run as JSON, with what ended it."""
    complete = summary.complete and not stopped
    end = {"complete": complete, "stopped": stopped.to_dict() if stopped else None}
    print_json(summary.to_dict() | end)


def echo_count(done: int, of: int) -> None:
    """Print how much is done, over what was printed before."""
    click.echo(f"\r{done:,} of {of:,}", sys.stderr, nl=done == of)


def with_progress(items: Sequence[Item], doing: str) -> Iterable[Item]:
    """The items, with a progress bar on a terminal if there are many."""
    if len(items) < MANY or not sys.stderr.isatty():
        return items
    from rich.progress import track

    from hashpivot.report import terminal_console

    return track(items, doing, console=terminal_console(stderr=True), transient=True)


class ProgressBar:
    """A bar of work whose length is known only later; without a terminal it does nothing.

    Args:
        bar: What draws it; None without a terminal.
        doing: What is done.
    """

    def __init__(self, bar: Progress | None, doing: str) -> None:
        self._bar = bar
        self._task = bar.add_task(doing, total=None, rate="") if bar else None
        self._started = time.monotonic()

    @property
    def console(self) -> Console | None:
        """Where to print lines above the bar; None for standard output, where that is no terminal."""
        return self._bar.console if self._bar and sys.stdout.isatty() else None

    def start(self, count: int) -> None:
        """Say how much is to be done, of which nothing is done yet."""
        self._started = time.monotonic()
        if self._bar and self._task is not None:
            self._bar.update(self._task, total=count)

    def show(self, done: int, of: float | None, what: str = "") -> None:
        """Say how much is done of how much, and of which part; with the rate if none is named."""
        if self._bar and self._task is not None:
            rate = f"{done / max(time.monotonic() - self._started, 1e-3):.1f}/s"
            self._bar.update(self._task, completed=done, total=of, rate=what or rate)

    def advance(self) -> None:
        """Say that one more is done."""
        if self._bar:
            task = self._bar.tasks[0]
            self.show(int(task.completed) + 1, task.total)


@contextmanager
def progress_of(doing: str) -> Iterator[ProgressBar]:
    """A bar on a terminal, with rate and time left, of work whose length is known only later.

    Args:
        doing: What is done.
    """
    if not sys.stderr.isatty():
        yield ProgressBar(None, doing)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from hashpivot.report import terminal_console

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Progress(*columns, console=terminal_console(stderr=True), transient=True) as bar:
        yield ProgressBar(bar, doing)
