"""`hashpivot mcp`."""

from __future__ import annotations

import signal
import sys

import click

_EPILOG = """
\b
Examples:
  hashpivot mcp                          started by the assistant, not by hand
\b
In the assistant's configuration:
  "mcpServers": {"hashpivot": {"command": "hashpivot", "args": ["mcp"]}}
"""


@click.command("mcp", epilog=_EPILOG)
def command() -> None:
    """Serve the desk to an analyst's assistant: Model Context Protocol on standard input and output.

    Eight tools find companies and figures with their sources, the season's answers, contracts and targets,
    what is held and missing, nowcasts and outlooks. Nothing is written, nothing is fetched. What others add
    to the ledger is seen at the next question. Needs the extra `mcp`.
    """
    from hashpivot.core import InvalidInput, optional_library

    optional_library("mcp", "hashpivot mcp", "mcp")
    if sys.stdin is None:  # closed before we began
        raise InvalidInput(
            "is closed", where="standard input", hint="the assistant starts it and writes its questions there"
        )
    from hashpivot.assistant import serve_assistant

    for name in (
        signal.SIGTERM,
        signal.SIGINT,
    ):  # it may wait for a question, and has nothing to undo
        signal.signal(name, signal.SIG_DFL)
    serve_assistant()
