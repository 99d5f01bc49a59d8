"""Write docs/cli.md from the commands' own help.

python scripts/cli_reference.py            # write
python scripts/cli_reference.py --check    # fail if the page is out of date
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from hashpivot.cli import app

PAGE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
HEAD = """# Command line

Generated from the commands' own `--help` by `python scripts/cli_reference.py`; CI checks that it is up to
date.

Exit status: 0 done, 1 the work failed (the message is on standard error), 2 wrong usage. `HASHPIVOT_HOME`
names the folder of your own ledger and companies (default: the platform's data folder).
"""


def reference() -> str:
    context = click.Context(app, info_name="hashpivot", terminal_width=100)
    return "\n".join([HEAD, *_blocks(app, context, "hashpivot")])


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


def main() -> None:
    text = reference()
    if "--check" not in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != text:
        sys.exit("docs/cli.md is out of date: run python scripts/cli_reference.py")


if __name__ == "__main__":
    main()
