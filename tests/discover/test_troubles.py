"""Tables as they come: columns moved, rows broken, bytes that are no text, filings twice."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hashpivot.core import Companies, UnreadableFile
from hashpivot.discover import Category, Discovery
from hashpivot.discover._data_set_filing import DataSetFiling
from hashpivot.discover._scan import ScanFailure
from hashpivot.lines import Reading, read_facts
from tests.discover.made import look, packed, pivot, rows, table, tables


def is_found(discovery: Discovery) -> bool:
    return [(f.cik, f.category, f.current_value) for f in discovery.filers] == [
        ("500", Category.PIVOTING, 10_000_000)
    ]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.rstrip(b"\n"),
        lambda text: text.replace(b"dimhash", b"dimh").replace(b"\tdimh\t", b"\tdimhash\t"),
        lambda text: text.upper() if text.startswith(b"adsh\treport") else text,
    ],
    ids=["CR LF", "byte order mark", "no last newline", "keys the other way", "shouted"],
)
def test_ways_of_writing_a_table(tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    texts = {name: spoil(text) for name, text in tables().items()}
    assert is_found(look(packed(tmp_path / "a.zip", texts)))


@pytest.mark.parametrize("notes", [True, False])
def test_columns_in_any_order_with_others_between(tmp_path: Path, notes: bool) -> None:
    mixed = {}
    for name, text in tables(notes=notes).items():
        cells = [[*row, "new"] if n else [*row, "added"] for n, row in enumerate(rows(text))]
        order = random.Random(name).sample(range(len(cells[0])), len(cells[0]))
        mixed[name] = table([[row[n] for n in order] for row in cells])
    assert is_found(look(packed(tmp_path / "a.zip", mixed, "tsv" if notes else "txt")))


def test_without_the_tables_that_help(tmp_path: Path) -> None:
    texts = tables()
    del texts["tag"], texts["pre"]
    discovery = look(packed(tmp_path / "a.zip", texts))
    assert is_found(discovery)
    assert "without its table pre" in discovery.problems[0]


def test_broken_rows_are_counted_and_the_others_read(tmp_path: Path) -> None:
    texts = tables()
    header = len(rows(texts["num"])[0])
    texts["num"] += b"short\trow\n" + b"\t".join([b"x"] * (header + 3)) + b"\n" + b"y" * 2_500_000 + b"\n"
    texts["num"] += (
        b"0000000500-24-000001\tRevenues\tus-gaap/2024\tnever\t1\tUSD\t0x00000000\t0\tmuch"
        + b"\t" * (header - 9)
        + b"\n"
    )
    texts["num"] += (
        texts["num"].splitlines()[1].replace(b"0000000500-24-000001", b"0000000999-24-000001") + b"\n"
    )
    texts["sub"] += b"no filer" + b"\t" * (len(rows(texts["sub"])[0]) - 1) + b"\n"
    discovery = look(packed(tmp_path / "a.zip", texts))
    assert is_found(discovery)
    (one,) = discovery.sets
    assert (one.broken_rows, one.broken_filings, one.broken_numbers, one.unknown_filings) == (3, 1, 1, 1)
    assert len(discovery.problems) == 4


def test_a_breakdown_that_is_not_named_in_full_is_left_out_and_told(tmp_path: Path) -> None:
    texts = tables()
    hosting = next(line for line in texts["dim"].splitlines() if b"HPCHosting" in line)
    for spoilt in (
        texts["dim"].replace(hosting + b"\n", b""),
        texts["dim"].replace(hosting, hosting[:-1] + b"1"),
    ):
        discovery = look(packed(tmp_path / "a.zip", texts | {"dim": spoilt}))
        assert [filer.category for filer in discovery.filers] == [Category.MINING_ONLY]
        assert discovery.sets[0].unknown_breakdowns == 1


def test_quotes_tabs_and_bytes_that_are_no_text(tmp_path: Path) -> None:
    texts = tables()
    texts["sub"] = texts["sub"].replace(b"PIVOT INC", b'PIVOT "\xff\xe9 INC')
    texts["num"] = texts["num"].replace(b"\t\t0\t\t-3", b'\t"unbalanced \x00\xff\t0\t\t-3')
    discovery = look(packed(tmp_path / "a.zip", texts))
    assert is_found(discovery)
    assert discovery.filers[0].name == 'PIVOT "\ufffd\ufffd INC'
    assert not discovery.problems


def test_a_filing_in_several_data_sets_is_read_once(tmp_path: Path) -> None:
    folder = tmp_path / "sets"
    folder.mkdir()
    for name in ("2024_04_notes.zip", "2024_05_notes.zip"):
        packed(folder / name, tables())
    packed(folder / "2024q2.zip", tables(notes=False), "txt")
    discovery = look(folder)
    assert is_found(discovery)
    assert [one.repeated_filings for one in discovery.sets] == [0, 1, 1]
    assert discovery.filers[0].filings == 1


def test_a_filing_the_reader_fails_on_is_told_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(filing: DataSetFiling, **others: Companies) -> Reading:
        if filing.cik == "501":
            raise ZeroDivisionError("nobody foresaw this")
        return read_facts(filing, **others)

    monkeypatch.setattr("hashpivot.discover._evidence.read_facts", fails)
    discovery = look(packed(tmp_path / "a.zip", tables(pivot(), pivot(501, "0000000501-24-000001"))))
    assert is_found(discovery)
    assert discovery.problems == (
        "0000000501-24-000001 could not be read: ZeroDivisionError: nobody foresaw this",
    )


def test_unpacked_tables(tmp_path: Path) -> None:
    for name, text in tables().items():
        (tmp_path / f"{name}.tsv").write_bytes(text)
    assert is_found(look(tmp_path))
    assert is_found(look(tmp_path / "num.tsv"))


def test_a_table_without_a_column_that_is_needed(tmp_path: Path) -> None:
    texts = tables()
    texts["num"] = texts["num"].replace(b"qtrs", b"quarters", 1)
    with pytest.raises(UnreadableFile, match="has no column qtrs"):
        look(packed(tmp_path / "a.zip", texts))


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    texts = tables(pivot(), pivot(501, "0000000501-24-000001"))
    first, *others = rows(texts["num"])
    one = look(packed(tmp_path / "a.zip", texts))
    other = look(packed(tmp_path / "b.zip", texts | {"num": table([first, *others[::-1]])}))
    assert one.filers == other.filers


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["num", "sub", "dim", "tag", "pre"]), st.binary(max_size=300), st.floats(0, 1))
def test_whatever_stands_in_a_table_is_read_or_told(
    tmp_path: Path, name: str, noise: bytes, where: float
) -> None:
    texts = tables()
    cut = int(where * len(texts[name]))
    texts[name] = texts[name][:cut] + noise + texts[name][cut:]
    try:
        look(packed(tmp_path / "a.zip", texts))
    except UnreadableFile as error:
        assert str(error)


@pytest.mark.parametrize("null", [b"NULL", b"\\N"])
def test_nothing_written_out_as_a_word(tmp_path: Path, null: bytes) -> None:
    texts = {
        name: table([[cell or null.decode() for cell in row] for row in rows(text)])
        for name, text in tables().items()
    }
    assert is_found(look(packed(tmp_path / "a.zip", texts)))


def test_tables_that_are_empty(tmp_path: Path) -> None:
    for name, text in tables().items():
        (tmp_path / f"{name}.tsv").write_bytes(text)
    header = tables()["tag"].splitlines()[0] + b"\n"
    for empty in (b"", header):
        (tmp_path / "tag.tsv").write_bytes(empty)
        assert is_found(look(tmp_path))
    (tmp_path / "pre.tsv").write_bytes(b"")
    assert "without its table pre" in look(tmp_path).problems[0]
    (tmp_path / "num.tsv").write_bytes(tables()["num"].splitlines()[0] + b"\n")
    assert "its table num has no rows" in look(tmp_path).problems[0]
    (tmp_path / "num.tsv").write_bytes(b"")
    with pytest.raises(UnreadableFile, match="is empty"):
        look(tmp_path)


def test_concepts_that_tag_does_not_have(tmp_path: Path) -> None:
    texts = tables()
    texts["tag"] = b"".join(line for line in texts["tag"].splitlines(True) if b"Revenues" not in line)
    assert is_found(look(packed(tmp_path / "a.zip", texts)))


def test_folders_of_folders(tmp_path: Path) -> None:
    inner = tmp_path / "years" / "2024"
    inner.mkdir(parents=True)
    packed(tmp_path / "2024_04_notes.zip", tables(pivot(501, "0000000501-24-000001")))
    for name, text in tables().items():
        (inner / f"{name}.TSV".upper()).write_bytes(text)
    discovery = look(tmp_path)
    assert {filer.cik for filer in discovery.filers} == {"500", "501"}
    assert look(inner / "NUM.TSV").filers[0].cik == "500"
    (inner / "num.txt").write_bytes(b"adsh")
    with pytest.raises(UnreadableFile, match="second table num"):
        look(inner)


def test_a_folder_that_cannot_hold_the_scan_is_named_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import duckdb

    def full(*_: object, **__: object) -> None:
        raise duckdb.IOException("File too large")

    monkeypatch.setattr(duckdb, "connect", full)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    with pytest.raises(ScanFailure, match="File too large"):
        look(packed(tmp_path / "a.zip", tables()))
    assert list((tmp_path / "temporary").iterdir()) == []
