"""Rows of the collected list of machines that may be shipped.

A maker's nominal hash rate and power are facts. Left out are rows of a compilation under a non-commercial
licence (CCAF's, CC BY-NC-SA 4.0) and of a file whose origin is not known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from .licences import FACTS_ONLY
from .snapshot import Row, Snapshot

MACHINE_SOURCES = (
    ("Machines after ASICMinerValue", "harout03kan-spec/cbm-website", FACTS_ONLY),
    ("Machines, retail lists", "SerpentXSF/most-efficient-bitcoin-miner", FACTS_ONLY),
    ("Machines of 2020, F2Pool", "mattk8/mining-data", FACTS_ONLY),
    ("Machines of 2022", "nhamilton1/asics-tools", FACTS_ONLY),
    ("Machines, seed data", "marceloceccon/bitcoinmining", "MIT"),
)
"""What is read, the repository of the copy, and its licence."""

_NOT_SHIPPED = ("CCAF", "unnamed repo")


def machine_rows(snapshot: Snapshot) -> list[Row]:
    """One row a model: the preferred one, or the best of the rest where that must not be shipped.

    Its `release_year` is the earliest any row of the model gives, blank where none does.
    """
    by_model: dict[str, list[Row]] = defaultdict(list)
    for row in snapshot.table("network/asic_models.csv"):
        if not any(word in row["source"] for word in _NOT_SHIPPED):
            by_model[row["model_key"]].append(row)
    return [{**_best(rows), "release_year": _released(rows)} for rows in by_model.values()]


def _best(rows: Sequence[Row]) -> Row:
    return min(rows, key=lambda row: (row["preferred"] != "True", not row["power_w"], row["confidence"]))


def _released(rows: Sequence[Mapping[str, str]]) -> str:
    return min((row["release_year"][:4] for row in rows if row["release_year"]), default="")
