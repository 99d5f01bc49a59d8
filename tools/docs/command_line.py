"""The reference of the command line, from the commands' own help.

python -m tools write cli
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from hashpivot.cli import app

from ..parts import Made


def reference() -> str:
    """The help of every command, each below a heading."""
    context = click.Context(app, info_name="hashpivot", terminal_width=100)
    return "\n".join(_blocks(app, context, "hashpivot"))


def _blocks(command: click.Command, context: click.Context, called: str) -> Iterator[str]:
    """The help of a command, then that of the commands inside it."""
    yield _block(called, command.get_help(context))
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            inside = click.Context(inner, info_name=f"{called} {name}", terminal_width=100)
            yield from _blocks(inner, inside, f"{called} {name}")


def _block(title: str, text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"## {title}\n\n```\n{lines}\n```\n"


def make() -> Made:
    """The help of every command."""
    return {"cli": reference()}
