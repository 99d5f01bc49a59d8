"""The tables of targets and risk flags shipped with the package: numbers, dates and places, no sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.resources.abc import Traversable

from hashpivot.core import Locator, TextFact

from ..disclosures import canonical_json, target_of
from ._csv import read_table

TARGET_COLUMNS = (
    "ticker", "said_on", "metric", "low", "high", "unit", "due", "due_text", "stance",
    "added", "scope", "withdrawn", "source", "locator",
)  # fmt: skip
FLAG_COLUMNS = ("ticker", "said_on", "form", "kind", "name", "count", "source", "locator")


def read_statements(folder: Traversable) -> list[TextFact]:
    """Return the rows of `targets.csv` and `flags.csv` in a folder as text facts, by company and day.

    The source of each is an accession or a file's name, and need not be the key of a bundled source; a text
    that states no risk has a fact of the kind `text`.

    Raises:
        BundleError: If a table is damaged, naming the file and line.
    """
    targets = read_table(folder / "targets.csv", TARGET_COLUMNS, _target)
    return targets + read_table(folder / "flags.csv", FLAG_COLUMNS, _flag)


def _target(row: Sequence[str]) -> TextFact:
    ticker, said_on, metric, low, high, unit, due, due_text, stance = row[:9]
    added, scope, withdrawn, source, locator = row[9:]
    kind = "withdrawal" if withdrawn == "true" else "target"
    data = {
        "metric": metric, "low": low or None, "high": high or None, "unit": unit, "due": due or None,
        "due_text": due_text, "stance": stance, "excerpt": "", "added": added == "true", "scope": scope,
    }  # fmt: skip
    fact = TextFact(
        ticker, source, date.fromisoformat(said_on), kind, Locator.parse(locator), canonical_json(data)
    )
    target_of(fact)
    return fact


def _flag(row: Sequence[str]) -> TextFact:
    ticker, said_on, form, kind, name, count, source, locator = row
    stated = {"form": form, "kind": kind, "name": name, "count": int(count), "excerpt": ""}
    what, data = ("flag", stated) if kind else ("text", {"form": form})
    return TextFact(
        ticker, source, date.fromisoformat(said_on), what, Locator.parse(locator), canonical_json(data)
    )
