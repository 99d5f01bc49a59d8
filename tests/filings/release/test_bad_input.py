"""Releases that are damaged, hostile or none: a typed error or a warning, in bounded time."""

from __future__ import annotations

import gzip
import random
from datetime import date
from pathlib import Path

import pytest

from hashpivot.core import Companies, HashpivotError, UnreadableFile, UnreadableFiling
from hashpivot.filings import Release, read_release
from hashpivot.testing import release_page, release_table

GOOD = release_table(("", "Q1 2025", "Q1 2024"), ("Total revenue", "$ 1,234", "$ 2,345"))
NOBODY = Companies({})


def read(data: bytes) -> Release:
    return read_release("release.htm", data=data, companies=NOBODY)


def values(found: Release) -> list[int]:
    return [int(value.value) for row in found.tables[-1].rows for value in row.values]


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        read_release(tmp_path / "missing.htm")
    with pytest.raises(UnreadableFile):
        read_release(tmp_path)
    with pytest.raises(UnreadableFile):
        read(b"  \n")
    with pytest.raises(UnreadableFile):
        read(gzip.compress(release_page(GOOD))[:-9])


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        b"Total revenue 5",
        release_page("<p>Revenue was $5.0 million.</p>"),
        release_page(release_table(("Revenue", "5"))),
        release_page(release_table(("", "Change"), ("Revenue", "5"))),
        b"<table></table>",
        b"<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n<p>nothing</p>\n</TEXT>\n</DOCUMENT>",
    ],
)
def test_pages_without_dated_numbers(data: bytes) -> None:
    with pytest.raises(UnreadableFiling) as caught:
        read(data)
    assert caught.value.hint and "release.htm" in str(caught.value)


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE html [<!ENTITY a "aaaa">]>' + release_page(GOOD)
    with pytest.raises(UnreadableFiling, match="entities"):
        read(bomb)


def test_hostile_markup_is_text() -> None:
    row = ("<script>alert(1)</script>Revenue =HYPERLINK(1) &lt;img onerror=x&gt;", "5", "6")
    found = read(release_page(release_table(("", "Q1 2025", "Q1 2024"), row)))
    assert found.tables[0].rows[0].label == "Revenue =HYPERLINK(1) <img onerror=x>"


def test_nested_tables_are_read_once_each() -> None:
    found = read(release_page(f"<table><tr><td>{GOOD}</td></tr></table>"))
    assert [t.number for t in found.tables] == [1] and values(found) == [1234, 2345]
    assert values(read(release_page("<table><tr><td>" * 60 + GOOD))) == [1234, 2345]


@pytest.mark.parametrize(
    "huge",
    [
        "<table>" + "<tr><td>Revenue</td><td>5</td></tr>" * 15_000 + "</table>",
        '<table><tr><td colspan="1000">Revenue</td><td>5</td></tr></table>',
        "<table><tr>" + '<td rowspan="1000" colspan="9">1</td>' * 500 + "</tr></table>",
        "<table></table>" * 4_000,
        "<p>" + "three and " * 50_000 + "</p>",
        "<table><tr><td>x</td><td>" + "(" * 100_000 + "</td></tr></table>",
        "<b>" * 20_000,
    ],
)
def test_huge_pages_are_bounded(huge: str) -> None:
    try:
        found = read(release_page(GOOD, huge))
    except UnreadableFiling:
        found = read(release_page(GOOD))
    assert values(found)[:2] == [1234, 2345]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_encodings(encoding: str) -> None:
    text = release_page(
        release_table(("", "Q1 2025"), ("Company’s revenue", "$ 1,234"), ("Other", "—"))
    ).decode()
    found = read(text.encode(encoding))
    assert values(found) == [1234, 0]
    assert found.tables[0].rows[0].label == "Company’s revenue"
    assert bool(found.warnings) == (encoding == "cp1252")
    declared = text.replace("<title>", f'<meta charset="{encoding}"><title>')
    assert not read(declared.encode(encoding)).warnings


def test_what_the_text_says_about_itself() -> None:
    head = (
        "<p>FORM 6-K</p><p>NEW YORK, August 19, 2024 /PRNewswire/ -- Example Mining, Inc. (Nasdaq: EXMP) "
        "(the “Company”), a miner, today announced</p>"
    )
    dated = ("", "Quarter ended March 31, 2025", "Quarter ended March 31, 2024")
    found = read(release_page(head, release_table(dated, ("Total revenue", "$ 1,234", "$ 2,345"))))
    assert (found.form, found.ticker, found.company_name) == ("6-K", "EXMP", "Example Mining, Inc.")
    assert found.filed == date(2024, 8, 19) and found.grade == "B" and found.accession == ""
    assert found.period_end == date(2024, 3, 31)  # what ends after the dateline is a plan
    bare = read(release_page(GOOD))
    assert (bare.form, bare.ticker, bare.filed, bare.cik) == ("", "", None, "")
    assert bare.period_end == date(2025, 3, 31)


def test_mutations_of_real_releases(shared: Path) -> None:
    """Flipped, cut and doubled bytes: a release or a typed error, every number with its locator."""
    source = gzip.decompress((shared / "filings/ixbrl/BTBT_6K-2024-06-30.htm.gz").read_bytes())
    begin = source.find(b"The following table summarizes")
    piece = source[begin : begin + 60_000]
    chance = random.Random(7)
    for _ in range(60):
        data = bytearray(release_page(piece.decode("latin-1")))
        for _ in range(chance.randrange(1, 40)):
            place = chance.randrange(len(data))
            kind = chance.randrange(4)
            if kind == 0:
                data[place] = chance.randrange(256)
            elif kind == 1:
                del data[place : place + chance.randrange(1, 300)]
            elif kind == 2:
                data[place:place] = data[place : place + chance.randrange(1, 300)]
            else:
                data[place:place] = chance.choice(
                    [b"<td>", b"</table>", b"<tr", b'colspan="99"', b"<table>", b"9,9"]
                )
        try:
            found = read(bytes(data))
        except HashpivotError:
            continue
        locators = [v.locator for t in found.tables for r in t.rows for v in r.values]
        assert len(locators) == len(set(locators))
