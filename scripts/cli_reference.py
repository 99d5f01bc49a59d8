"""Write docs/cli.md from the commands' own help.

python scripts/cli_reference.py            # write
python scripts/cli_reference.py --check    # fail if the page is out of date
"""

from __future__ import annotations

import sys
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
    parts = [HEAD, _block("hashpivot", app.get_help(context))]
    for name in app.list_commands(context):
        command = app.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=f"hashpivot {name}", terminal_width=100)
        parts.append(_block(f"hashpivot {name}", command.get_help(inner)))
    return "\n".join(parts)


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
