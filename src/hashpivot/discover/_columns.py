"""Columns of the tables, whatever their order and spelling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hashpivot.core import UnreadableFile

_SPELLINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "sub": {
        "adsh": ("adsh",), "cik": ("cik",), "name": ("name",), "form": ("form",), "filed": ("filed",),
        "period": ("period",), "former": ("former",), "fye": ("fye",), "instance": ("instance",),
        "sic": ("sic",),
    },
    "num": {
        "adsh": ("adsh",), "tag": ("tag",), "version": ("version",), "ddate": ("ddate",), "qtrs": ("qtrs",),
        "uom": ("uom",), "value": ("value",), "segments": ("segments",), "dimh": ("dimh", "dimhash"),
        "iprx": ("iprx",), "coreg": ("coreg",),
    },
    "tag": {"tag": ("tag",), "version": ("version",), "label": ("tlabel", "label"), "doc": ("doc",)},
    "dim": {"dimh": ("dimhash", "dimh"), "segments": ("segments",), "truncated": ("segt",)},
    "pre": {
        "adsh": ("adsh",), "tag": ("tag",), "version": ("version",), "stmt": ("stmt",), "label": ("plabel",),
        "report": ("report",), "line": ("line",),
    },
}  # fmt: skip
_NEEDED = {
    "sub": {"adsh", "cik", "name", "form", "filed"},
    "num": {"adsh", "tag", "version", "ddate", "qtrs", "uom", "value"},
    "tag": {"tag"},
    "dim": {"dimh", "segments"},
    "pre": {"adsh", "tag", "version", "stmt"},
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where our columns stand in one file.

    Args:
        count: Columns of the file.
        places: Place of each of ours that it has, from 0.
    """

    count: int
    places: Mapping[str, int]

    @classmethod
    def of(cls, table: str, header: Sequence[str], where: str) -> Columns:
        """The columns of a table with this header.

        Raises:
            UnreadableFile: If one that is needed is missing.
        """
        places = {
            name: header.index(spelling)
            for name, spellings in _SPELLINGS[table].items()
            for spelling in spellings[::-1]
            if spelling in header
        }
        missing = sorted(_NEEDED[table] - places.keys())
        if not any(header):
            raise UnreadableFile("is empty", where=where, hint="download the data set again")
        if missing:
            raise UnreadableFile(
                f"has no column {missing[0]}; it has {', '.join(header)[:120]}",
                where=where,
                hint="a table of a data set has the names of its columns in its first line, parted by tabs",
            )
        return cls(len(header), places)

    @property
    def types(self) -> str:
        """The `columns` argument of DuckDB's `read_csv`: every column as text."""
        return "{" + ", ".join(f"'c{place}': 'VARCHAR'" for place in range(self.count)) + "}"

    def __getitem__(self, name: str) -> str:
        """SQL of one of ours: text, NULL where it is empty or the file lacks it."""
        place = self.places.get(name)
        return "CAST(NULL AS VARCHAR)" if place is None else f"c{place}"
