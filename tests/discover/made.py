"""Tables of a data set as text, to be spoilt."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from hashpivot.core import Companies
from hashpivot.discover import Discovery, discover
from hashpivot.testing.generated import DataSetNumber, DataSetSubmission, data_set_tables


def pivot(cik: int = 500, adsh: str = "0000000500-24-000001", filed: str = "20240510") -> DataSetSubmission:
    """A miner with AI hosting."""
    day = "20240331"
    amounts = {"": 50e6, "ProductOrService=BitcoinMining;": 40e6, "ProductOrService=HPCHosting;": 10e6}
    numbers = [DataSetNumber("Revenues", value, day, segments=key) for key, value in amounts.items()]
    numbers += [DataSetNumber("NetIncomeLoss", 1e6, day), DataSetNumber("OperatingExpenses", 9e6, day)]
    return DataSetSubmission(
        adsh=adsh, cik=str(cik), name="PIVOT INC", form="10-Q", period=day, filed=filed, numbers=numbers,
        income=[("Revenues", "Total revenues"), ("NetIncomeLoss", "Net loss")], instance="pvt-20240331.xml",
    )  # fmt: skip


def tables(*filings: DataSetSubmission, notes: bool = True) -> dict[str, bytes]:
    """The tables by name."""
    return {name: text.encode() for name, text in data_set_tables(filings or [pivot()], notes=notes).items()}


def packed(path: Path, texts: Mapping[str, bytes], ending: str = "tsv") -> Path:
    """An archive of tables."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(f"{name}.{ending}", text)
    return path


def look(*paths: Path) -> Discovery:
    """What is found by a user who follows nobody."""
    return discover(paths, companies=Companies({}))


def rows(text: bytes) -> list[list[str]]:
    """The cells of a table."""
    return [line.split("\t") for line in io.StringIO(text.decode()).read().splitlines()]


def table(cells: list[list[str]]) -> bytes:
    """The table of cells."""
    return "".join("\t".join(row) + "\n" for row in cells).encode()
