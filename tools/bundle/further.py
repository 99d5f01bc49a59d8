"""Rows found since the data folder was filled, in its tables' columns: facts with their public addresses."""

from __future__ import annotations

import csv
from pathlib import Path

_FOLDER = Path(__file__).parent


def further_rows(name: str) -> list[dict[str, str]]:
    """Rows of a committed table such as `further_contracts.csv`."""
    with (_FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
