"""Wrong usage is shown like any other text: it repeats arguments, and those may be names of foreign files."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from hashpivot.core import terminal_line

from ._output import echo

_PASSWORD = re.compile(r"(?<=://)([^\s:/?#@]*:)\S*(?=@)|([?&]password=)[^\s&'\"]*")


class ShownUsageError(click.ClickException):
    """An error of the library that parses arguments, printed as this package prints.

    Args:
        error: The error.
    """

    def __init__(self, error: click.ClickException) -> None:
        # an argument that is repeated may hold line breaks; the parser's own lists begin lines with a tab
        message = _PASSWORD.sub(r"\1\2***", error.message)
        shown = "\n\t".join(map(terminal_line, message.split("\n\t")))
        vars(error)["message"] = shown  # typed as final
        super().__init__(error.format_message())
        vars(self)["exit_code"] = error.exit_code  # typed as one of the class, read of the instance
        self._error = error

    def show(self, file: IO[Any] | None = None) -> None:
        """Print usage and error to standard error, whatever `file` is."""
        text = io.StringIO()
        self._error.show(file=text)
        echo(*text.getvalue().rstrip("\n").split("\n"), err=True)


@contextmanager
def usage_errors_shown() -> Iterator[None]:
    """Turn errors of usage into ones that are printed safely."""
    try:
        yield
    except ShownUsageError:
        raise
    except click.ClickException as error:
        raise ShownUsageError(error) from None
