"""Real filings as pages: every fact a person sees has its place, and the text is unchanged."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from hashpivot.filings import read_filing, read_prose, split_submission
from hashpivot.filings.page import PageLines
from hashpivot.filings.release import parse_page
from hashpivot.filings.shown import shown_file
from hashpivot.filings.source import Notes

FEW = ("RIOT_10Q-2024-06-30", "BTBT_6K-2024-06-30", "BTCS_10Q-2024-06-30")
LOST = 0.01  # of the sentences: those a page's head cuts within their first word


def lines(page: bytes) -> list[str]:
    root = parse_page(page, Notes(), "page")
    assert root is not None
    return PageLines(root).lines


def check(data: bytes, name: str) -> None:
    shown = shown_file(data, name)
    body = split_submission(data).documents[0].body if data.startswith(b"<DOCUMENT>") else data
    assert lines(shown.documents[0].page()) == lines(body)
    if b"nonFraction" in data:
        visible = [fact for fact in read_filing(name, data=data).in_order if not fact.hidden]
        assert [str(fact.locator) for fact in visible if not shown.places(fact.locator)] == []
    sentences = read_prose(name, data=data).sentences
    lost = [one.text for one in sentences if not shown.places(one.locator)]
    assert len(lost) <= 1 + LOST * len(sentences), lost


@pytest.mark.parametrize("name", FEW)
def test_a_filing_is_shown_whole(real: Path, name: str) -> None:
    check(gzip.decompress((real / "ixbrl" / f"{name}.htm.gz").read_bytes()), name)


@pytest.mark.nightly
def test_every_filing_is_shown_whole(real: Path) -> None:
    files = [*sorted((real / "ixbrl").glob("*.gz")), *sorted((real.parent / "corpus").glob("*.gz"))]
    assert len(files) > 90
    for file in files:
        check(gzip.decompress(file.read_bytes()), file.name)
