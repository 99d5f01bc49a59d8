"""Names of stored columns: of a ledger's tables and the bundled CSV files.

They are written out here and nowhere taken from the fields of a class, so that a field can be renamed without
touching what is stored. A column that changes needs a migration (`_migrations.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

SOURCE_COLUMNS = (
    "key", "ticker", "form", "known", "known_basis", "grade", "accession", "url", "sha256", "name",
    "period_end",
)  # fmt: skip
FIGURE_COLUMNS = (
    "ticker", "measure", "line", "start", "end", "value", "unit", "label", "source", "locator", "known",
    "kind", "decimals", "cut", "formula", "operands", "note",
)  # fmt: skip
TEXT_FACT_COLUMNS = ("ticker", "source", "known", "kind", "locator", "data")  # of the table `remarks`
READING_COLUMNS = ("source", "reader", "read_on")  # of the table `readings`: one row a reading of a source
CHANGE_COLUMNS = ("id", "source", "reader", "added", "successor", "read_on")  # of the table `changes`
SEAL_COLUMNS = ("source", "ticker", "sources", "figures", "remarks", "readings", "changes")  # of `seals`
ALIAS_COLUMNS = ("id", "successor", "reason")  # of the bundled aliases.csv


def column_difference(present: Iterable[str], expected: Sequence[str]) -> str:
    """Say which columns are unknown and which are missing; empty if neither."""
    columns = list(present)
    unknown = [name for name in columns if name not in expected]
    missing = [name for name in expected if name not in columns]
    said = (("unknown", unknown), ("missing", missing))
    return "; ".join(f"{what} {', '.join(map(repr, names))}" for what, names in said if names)
