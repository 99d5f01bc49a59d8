"""Full submissions, folders and documents of the stand-in for EDGAR."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hashpivot.filings.source import split_submission
from hashpivot.lines import read
from hashpivot.testing.services import (
    EdgarService,
    FiledDocument,
    ServedFiling,
    served_file,
    wrapped_document,
    wrapped_submission,
)

from ._client import get
from ._filings import MINER, OWNER, START, filing, page

ONE = filing(1, items=("2.02", "9.01"))
FOLDER = f"/Archives/edgar/data/{MINER.cik}"
TEXT = f"{FOLDER}/{ONE.accession}.txt"
PICTURE = FiledDocument("GRAPHIC", "map.jpg", bytes(range(256)) * 3)
SCHEMA = FiledDocument("EX-101.SCH", "x.xsd", b"<schema/>")


def test_a_submission_reads_back_as_it_was_filed() -> None:
    whole = filing(2, "10-Q", documents=(*ONE.documents, PICTURE, SCHEMA), others=((OWNER, "Reporting"),))
    read = split_submission(whole.submission())
    assert (read.accession, read.form, read.filed, read.period) == (
        whole.accession,
        "10-Q",
        whole.filed,
        whole.period,
    )
    assert read.cik == MINER.cik
    assert [one.body.rstrip(b"\n") for one in read.documents] == [one.body for one in whole.documents]
    assert b"<ACCEPTANCE-DATETIME>20260112100000\n" in whole.submission()


@pytest.mark.parametrize("path", [TEXT, f"{FOLDER}/{ONE.folder}/{ONE.accession}.txt"])
def test_a_submission_has_a_tag_and_is_not_sent_twice(path: str) -> None:
    with EdgarService([ONE]) as service:
        got = get(service.url, path, Accept_Encoding="gzip")
        tag, changed = got.headers["etag"], got.headers["last-modified"]
        again = get(service.url, path, If_None_Match=tag)
        since = get(service.url, path, If_Modified_Since=changed)
        other = get(service.url, path, If_None_Match='"other-gzip"', If_Modified_Since=changed)
    assert got.body == ONE.submission()
    assert tag.endswith('-gzip"')
    assert changed == "Mon, 12 Jan 2026 15:00:00 GMT"
    assert [one.status for one in (again, since, other)] == [304, 304, 200]
    assert again.wire == b""
    assert again.headers["etag"] == tag


def test_leading_zeros_move_and_what_is_missing_is_denied() -> None:
    missing = (
        f"{FOLDER}/0009999999-26-000009.txt",
        f"{FOLDER}/{ONE.folder}/nothing.htm",
        f"/Archives/edgar/data/77/{ONE.accession}.txt",
        f"{FOLDER}/000000000026000001/{ONE.accession}.txt",
        "/Archives/edgar/elsewhere",
    )
    with EdgarService([ONE]) as service:
        moved = get(service.url, TEXT.replace("/data/", "/data/000"))
        denied = [get(service.url, path) for path in missing]
    assert (moved.status, moved.headers["location"]) == (301, TEXT)
    assert {one.status for one in denied} == {403}
    assert all("<Code>AccessDenied</Code>" in one.text for one in denied)


def test_nothing_is_there_before_it_is_accepted() -> None:
    with EdgarService([ONE], now=datetime(2026, 1, 12, 14, 59, tzinfo=UTC)) as service:
        assert get(service.url, TEXT).status == 403
        service.now = datetime(2026, 1, 12, 15, tzinfo=UTC)
        assert get(service.url, TEXT).status == 200


def test_a_folder_lists_its_files() -> None:
    with EdgarService([ONE]) as service:
        listing = get(service.url, f"{FOLDER}/{ONE.folder}/index.json").json["directory"]
        headers = get(service.url, f"{FOLDER}/{ONE.folder}/{ONE.accession}-index-headers.html").text
        index = get(service.url, f"{FOLDER}/{ONE.folder}/{ONE.accession}-index.htm").text
        document = get(service.url, f"{FOLDER}/{ONE.folder}/doc1.htm")
    sizes = {item["name"]: item["size"] for item in listing["item"]}
    assert listing["name"] == f"{FOLDER}/{ONE.folder}"
    assert sizes[f"{ONE.accession}.txt"] == ""
    assert sizes["doc1.htm"] == str(len(ONE.documents[0].body))
    assert {item["type"] for item in listing["item"]} == {"text.gif"}
    assert "<ACCEPTANCE-DATETIME>20260112100000" in headers
    assert "<ITEMS>2.02" in headers
    assert "2026-01-12 10:00:00" in index
    assert document.body == ONE.documents[0].body


def test_filings_are_made_of_files_at_hand(tmp_path: Path) -> None:
    (tmp_path / "whole.txt").write_bytes(ONE.submission())
    (tmp_path / "bare.htm").write_bytes(page("bare"))
    whole = wrapped_submission(tmp_path / "whole.txt", ticker="ZMCO")
    bare = wrapped_document(tmp_path / "bare.htm", MINER, "10-Q", "0009999999-26-000003", START)
    assert whole.submission() == ONE.submission()
    assert (whole.form, whole.accession, whole.accepted) == (ONE.form, ONE.accession, START)
    assert (whole.items, whole.filer) == (("2.02", "9.01"), MINER)
    assert [one.filename for one in bare.documents] == ["bare.htm"]
    assert split_submission(bare.submission()).form == "10-Q"


@pytest.mark.parametrize("name", ["BTBT_6K-2024-06-30.htm.gz", "CLSK_10Q-2024-12-31.htm.gz"])
def test_a_page_at_hand_is_served_with_the_header_it_implies(name: str, shared: Path, tmp_path: Path) -> None:
    path = shared / "filings" / "ixbrl" / name
    one = served_file(path, form="6-K" if "6K" in name else "")
    assert f"{one.filer.ticker}_{one.form.replace('-', '')}-{one.period}.htm.gz" == name
    (tmp_path / "whole.txt").write_bytes(one.submission())
    again = read(tmp_path / "whole.txt")
    assert again.source.form == one.form
    assert [f.value for f in again.figures()] == [f.value for f in read(path).figures()]


def test_an_exhibit_alone_needs_its_form(shared: Path) -> None:
    with pytest.raises(ValueError, match="form="):
        served_file(shared / "filings" / "ixbrl" / "BTBT_6K-2024-06-30.htm.gz")


def test_what_says_no_moment_is_no_filing_to_serve(tmp_path: Path) -> None:
    document = b"<DOCUMENT>\n<TYPE>8-K\n<TEXT>\nx\n</TEXT>\n</DOCUMENT>\n"
    (tmp_path / "odd.txt").write_bytes(b"<SEC-DOCUMENT>odd\n" + document)
    with pytest.raises(ValueError, match="ACCEPTANCE-DATETIME"):
        wrapped_submission(tmp_path / "odd.txt")


@pytest.mark.parametrize(
    ("accepted", "filed"),
    [
        (datetime(2026, 1, 16, 17, 30), "2026-01-16"),
        (datetime(2026, 1, 16, 17, 31), "2026-01-19"),
        (datetime(2026, 1, 16, 22, 31, tzinfo=UTC), "2026-01-19"),
        (datetime(2026, 1, 12, 6, 0), "2026-01-12"),
    ],
)
def test_what_comes_after_half_past_five_is_filed_on_the_next_business_day(
    accepted: datetime, filed: str
) -> None:
    assert ServedFiling(MINER, "8-K", "0009999999-26-000004", accepted, ()).filed.isoformat() == filed
