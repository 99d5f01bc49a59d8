"""Run as a program: adds numbered sources of ten figures, three remarks each to a ledger until it is killed.

python writer.py LEDGER PREFIX [COUNT]
"""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from itertools import count

from hashpivot.core import NO_LOCATOR, Figure, SentenceLocator, Source, TextFact
from hashpivot.ledger import Ledger

FIGURES = 10
REMARKS = 3
DAY = date(2025, 1, 31)


def source(key: str) -> Source:
    return Source(key, "TEST", "10-Q", DAY, "filed", "A")


def figures(key: str) -> list[Figure]:
    return [
        Figure("TEST", "net_income", None, DAY, DAY, Decimal(n), "usd", f"row {n}", key, NO_LOCATOR, DAY)
        for n in range(FIGURES)
    ]


def remarks(key: str) -> list[TextFact]:
    return [TextFact("TEST", key, DAY, "flag", SentenceLocator(n, 1), "{}") for n in range(REMARKS)]


def main(path: str, prefix: str, most: str = "") -> None:
    numbers = range(int(most)) if most else count()
    with Ledger.open(path, wait=30) as ledger:
        for number in numbers:
            key = f"{prefix}-{number}"
            ledger.add(source(key), figures(key), remarks(key))
            print(key, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
