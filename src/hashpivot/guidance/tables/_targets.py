"""The table of targets shipped with the package: numbers, dates and places, no sentences."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files

from hashpivot.core import BundleError

from ..targets import METRICS, Stance, Target, is_scope

COLUMNS = (
    "ticker", "said_on", "metric", "low", "high", "unit", "due", "due_text", "stance",
    "added", "scope", "withdrawn", "source", "locator",
)  # fmt: skip


@cache
def bundled_targets() -> tuple[Target, ...]:
    """The targets found in the real texts, by company and day; excerpts are empty, as no sentence is shipped.

    Raises:
        BundleError: If the table is damaged.
    """
    return tuple(target for target, withdrawn in _rows() if not withdrawn)


@cache
def bundled_withdrawals() -> tuple[Target, ...]:
    """What companies in the real texts said they would not reach.

    Raises:
        BundleError: If the table is damaged.
    """
    return tuple(target for target, withdrawn in _rows() if withdrawn)


def write_targets(rows: Iterable[tuple[Target, str, bool]]) -> str:
    """The table for targets, each with its source and whether it is a withdrawal, in its own order."""
    lines = {_line(target, source, withdrawn) for target, source, withdrawn in rows}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sorted(lines))
    return out.getvalue()


def _line(target: Target, source: str, withdrawn: bool) -> tuple[str, ...]:
    low, high = ("" if number is None else f"{number.normalize():f}" for number in (target.low, target.high))
    return (
        target.ticker, target.said_on.isoformat(), target.metric, low, high, target.unit,
        target.due.isoformat() if target.due else "", target.due_text, target.stance,
        str(target.added).lower(), target.scope, str(withdrawn).lower(), source, target.locator,
    )  # fmt: skip


@cache
def _rows() -> tuple[tuple[Target, bool], ...]:
    text = files("hashpivot.guidance").joinpath("data", "targets.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text))
    try:
        return tuple((_target(row), row["withdrawn"] == "true") for row in rows)
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise BundleError(f"the targets cannot be read: {error}", where="targets.csv") from error


def _target(row: dict[str, str]) -> Target:
    if row["metric"] not in METRICS:
        raise ValueError(f"{row['metric']!r} is no metric")
    if not is_scope(row["scope"]):
        raise ValueError(f"{row['scope']!r} is no line")
    low, high = (Decimal(row[name]) if row[name] else None for name in ("low", "high"))
    return Target(
        row["metric"], low, high, row["unit"],
        date.fromisoformat(row["due"]) if row["due"] else None, row["due_text"], Stance(row["stance"]),
        f"{row['source']}#{row['locator']}", "", date.fromisoformat(row["said_on"]),
        added=row["added"] == "true", ticker=row["ticker"], scope=row["scope"],
    )  # fmt: skip
