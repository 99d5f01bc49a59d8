"""`hashpivot record`: a group with one command for each kind of record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from hashpivot.ledger.records import RECORD_KINDS, RecordKind

from ..shared import complain, day_option, echo, echo_data, json_option, print_json, show

_GROUP_EPILOG = """
\b
Examples:
  hashpivot record figures --template > riot.csv    a table to fill in
  hashpivot record figures riot.csv                 record it whole, or not at all
  hashpivot record figure --ticker RIOT --measure total_revenue --period 2025Q2 --value 153000000 \\
      --unit usd --known 2025-07-31 --title "Q2 2025 results" --grade B --locator "page 1"
"""
_ROWS = {
    "figures": """--ticker RIOT --measure bitcoin_mined --period 2025-05-01..2025-05-31 --value 514 \\
      --unit btc --known 2025-06-03 --title "May 2025 production" --grade B --locator "table 1" """,
    "contracts": """--ticker APLD --announced 2025-06-02 --known 2025-06-02 --kind colocation \\
      --counterparty CoreWeave --mw-critical-it 250 --term-years 15 --contract-value-usd 7000000000 \\
      --title "Applied Digital leases" --grade B --locator "first paragraph" """,
    "targets": """--ticker CLSK --said-on 2025-05-08 --metric hash_rate --low 50 --high 50 --unit ehs \\
      --due 2025Q2 --stance guided --title "FQ2 2025 call" --grade C --locator "CEO's remarks" """,
    "splits": """--ticker BTBT --day 2025-03-03 --ratio 1-for-10 --known 2025-03-03 \\
      --title "Reverse split" --grade B --locator "first paragraph" """,
    "events": """--ticker RIOT --kind site_bought --effective 2024-07-23 --known 2024-07-31 --mw 60 \\
      --line self_mining --counterparty "Block Mining" --title "Riot 10-Q" --grade A --locator "note 3" """,
    "filing-dates": """--of 0001558370-24-010495 --filed 2024-07-31 --title "EDGAR filing index" \\
      --grade A --locator "Filing Date" """,
}


class _RecordGroup(click.Group):
    """A group whose commands also answer to the singular: `record figure`."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        plural = {kind.singular: kind.name for kind in RECORD_KINDS.values()}
        return super().get_command(ctx, plural.get(cmd_name, cmd_name))

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group("record", cls=_RecordGroup, epilog=_GROUP_EPILOG)
def command() -> None:
    """Put figures, contracts, targets, splits, events or filing dates into your ledger by hand.

    Each has a source, a place in it and a grade, and is traced like any other. A table is recorded whole or
    not at all; every wrong cell is named with its line. Recording a row twice changes nothing; a later row
    that gives the same from the same source otherwise supersedes the earlier, which is kept.
    """


def _command(kind: RecordKind) -> click.Command:
    """The command that records one kind: a table, or one row by options."""
    callback: Callable[..., Any] = _run_of(kind)
    for column in reversed(kind.columns):
        needed = " (needed)" if column.required else ""
        option = f"--{column.name.replace('_', '-')}"
        callback = click.option(option, f"cell_{column.name}", help=f"{column.meaning}{needed}.")(callback)
    for decorate in (
        json_option,
        day_option("--recorded-on", "Day of the recording; today if not given."),
        click.option("--check", is_flag=True, help="Check the rows and record nothing."),
        click.option("--template", is_flag=True, help="Print a table to fill in."),
        click.argument("file", required=False, metavar="[FILE]", type=click.Path(path_type=Path)),
    ):
        callback = decorate(callback)
    epilog = (
        f"\b\nExamples:\n  hashpivot record {kind.name} --template > {kind.name}.csv\n"
        f"  hashpivot record {kind.name} {kind.name}.csv\n"
        f"  hashpivot record {kind.singular} {_ROWS[kind.name].strip()}\n"
    )
    words = kind.name.replace("-", " ")
    text = f"Record {words} by hand: a CSV table FILE, or one row by options named after its columns."
    short = f"{words.capitalize()}: a CSV table, or one row by options."
    return click.command(kind.name, help=text, short_help=short, epilog=epilog)(callback)


def _run_of(kind: RecordKind) -> Callable[..., None]:
    def run(
        file: Path | None, template: bool, check: bool, recorded_on: date | None, as_json: bool, **cells: str
    ) -> None:
        row = {name.removeprefix("cell_"): text for name, text in cells.items() if text is not None}
        if (file is not None) + template + bool(row) != 1:
            raise click.UsageError("give a FILE, the options of one row, or --template")
        if template:
            _print_template(kind, as_json)
        else:
            _record(kind, file or row, recorded_on, check, as_json)

    return run


def _print_template(kind: RecordKind, as_json: bool) -> None:
    from hashpivot.ledger.records import template

    if as_json:
        columns = [
            {"name": c.name, "meaning": c.meaning, "example": c.example or None, "required": c.required}
            for c in kind.columns
        ]
        return print_json({"kind": kind.name, "columns": columns})
    return echo_data(template(kind))


def _record(
    kind: RecordKind, rows: Path | dict[str, str], recorded_on: date | None, check: bool, as_json: bool
) -> None:
    from hashpivot.core import HashpivotError
    from hashpivot.desk import record_table
    from hashpivot.ledger import RowFaults

    try:
        recording = record_table(kind.name, rows, recorded_on=recorded_on, check_only=check)
    except HashpivotError as error:
        complain(error)
        if as_json:
            faults = [fault.to_dict() for fault in error.faults] if isinstance(error, RowFaults) else []
            file = str(rows) if isinstance(rows, Path) else None
            print_json({"kind": kind.name, "file": file, "error": error.to_dict(), "faults": faults})
        raise SystemExit(error.exit_status) from None
    if check and not as_json:
        echo(f"{kind.name}: nothing is wrong, nothing was recorded")
    else:
        show(recording, as_json)


for _kind in RECORD_KINDS.values():
    command.add_command(_command(_kind))
