from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import ClassVar

import pytest

from hashpivot.core import InvalidInput, NotAtSource, UnexpectedAnswer, Unreachable
from hashpivot.sources import Client, Store
from hashpivot.sources.sec import notes_data_set, notes_data_set_name
from hashpivot.testing.services.http import LocalService, SeenRequest, ServedAnswer, cut_body

Clients = Callable[..., Client]
SUB = (
    "adsh\tcik\tname\tform\tperiod\tfiled\taccepted\textra\n"
    "A-1\t1167419\tRIOT\t10-Q\t20260331\t20260501\tx\ty\n"
)
DIM = "dimhash\tsegments\tsegt\n0x00\t\t0\nabc\tBusinessSegments=Mining;ProductOrService=Hosting;\t0\n"
NUM = (
    "adsh\ttag\tversion\tddate\tqtrs\tuom\tdimh\tiprx\tvalue\n"
    "A-1\tRevenues\tus-gaap/2025\t20260331\t1\tUSD\t0x00\t0\t161400000.0000\n"
    "A-1\tRevenues\tus-gaap/2025\t20260331\t1\tUSD\tabc\t0\t12.5\n"
    'B-2\tQuoted"Tag\tB-2\t20260331\t0\tshares\t0x00\t0\t\n'
)


class Archive(LocalService):
    """Serves one data set, of April 2026."""

    tables: ClassVar = {"sub.tsv": SUB, "dim.tsv": DIM, "num.tsv": NUM}

    def answer(self, request: SeenRequest) -> ServedAnswer:
        if not request.path.endswith("/2026_04_notes.zip"):
            return ServedAnswer(404)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name, text in self.tables.items():
                archive.writestr(name, text)
        return ServedAnswer(200, made.getvalue(), {"Content-Type": "application/zip"})


def test_numbers_come_with_their_dimensions(client: Clients, store: Store) -> None:
    with Archive() as service:
        service.fail(cut_body(chunked=True))
        found = notes_data_set(client(service.url), store, date(2026, 4, 30))
        whole, part, nil = found.numbers()
        assert (whole.value, whole.dimensions, whole.end, whole.quarters) == (
            "161400000.0000", {}, date(2026, 3, 31), 1,
        )  # fmt: skip
        assert part.dimensions == {"BusinessSegments": "Mining", "ProductOrService": "Hosting"}
        assert (nil.tag, nil.value, nil.unit) == ('Quoted"Tag', "", "shares")
        assert [n.accession for n in found.numbers(frozenset({"B-2"}))] == ["B-2"]
        assert found.filings()["A-1"]["cik"] == "1167419"
        with pytest.raises(NotAtSource):
            notes_data_set(client(service.url), store, date(2026, 5, 1))


@pytest.mark.parametrize(
    "change",
    [("num.tsv", "dimh", "dimhash"), ("dim.tsv", "segments", "seg"), ("num.tsv", "20260331", "soon")],
)
def test_a_changed_table_is_told(change: tuple[str, str, str], client: Clients, store: Store) -> None:
    table, old, new = change
    with Archive() as service:
        service.tables = Archive.tables | {table: Archive.tables[table].replace(old, new)}
        with pytest.raises(UnexpectedAnswer, match="another shape"):
            list(notes_data_set(client(service.url), store, date(2026, 4, 1)).numbers())


def test_a_cut_archive_is_not_kept(client: Clients, store: Store) -> None:
    with Archive() as service:
        service.fail(cut_body(chunked=True), times=None)
        with pytest.raises(Unreachable):
            notes_data_set(client(service.url), store, date(2026, 4, 1))
        assert list(store) == []


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2009, 1, 1), "2009q1_notes.zip"),
        (date(2020, 9, 30), "2020q3_notes.zip"),
        (date(2020, 10, 1), "2020_10_notes.zip"),
        (date(2026, 4, 30), "2026_04_notes.zip"),
    ],
)
def test_archives_are_by_quarter_and_since_october_2020_by_month(day: date, name: str) -> None:
    assert notes_data_set_name(day) == name


def test_before_the_first_there_is_none() -> None:
    with pytest.raises(InvalidInput):
        notes_data_set_name(date(2008, 12, 31))
