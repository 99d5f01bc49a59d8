"""A small sample of each hostile kind; `python -m tools long hostile` measures them large."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest

from hashpivot.core import HashpivotError, UnreadableFile, UnreadableFiling
from hashpivot.filings import read_filing, read_prose, read_release, split_submission
from hashpivot.lines import read
from hashpivot.testing import release_page, release_table
from tools.checks import hostile

SIZE = 60_000
SECONDS = 5.0  # a slow machine; without the limits some kinds take minutes at this size


@pytest.mark.parametrize("kind", hostile.KINDS)
def test_a_sample_ends_in_a_reading_or_a_typed_error(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.htm"
    path.write_bytes(hostile.KINDS[kind](SIZE))
    for reader in (read, read_prose):
        started = time.process_time()
        try:
            reader(path)
        except HashpivotError as error:
            assert error.hint
        assert time.process_time() - started < SECONDS


def test_a_process_is_measured(tmp_path: Path) -> None:
    measured = hostile.measure("rows", 10_000, tmp_path)
    assert isinstance(measured, hostile.Measured)
    assert measured.outcomes == ["read", "unreadable_filing", "read", "read"]
    assert 10 << 20 < measured.resident < hostile.MOST_BYTES
    assert list(tmp_path.iterdir()) == []


def test_gzip_of_several_members_is_one_file(tmp_path: Path) -> None:
    whole = release_page(release_table(("", "Q1 2025"), ("Total revenue", "$ 1,234")))
    parts = [whole[start : start + 7] for start in range(0, len(whole), 7)]
    packed = b"".join(map(gzip.compress, parts))
    assert read_release("x", data=packed).sha256 == read_release("x", data=whole).sha256
    with pytest.raises(UnreadableFile, match="truncated gzip"):
        read_release("x", data=packed[:-5])
    with pytest.raises(UnreadableFile, match="more than 10,000 members"):
        read_release("x", data=gzip.compress(b"x") * 10_001)


def test_what_follows_a_gzip_is_left_out() -> None:
    whole = release_page(release_table(("", "Q1 2025"), ("Total revenue", "$ 1,234")))
    assert read_release("x", data=gzip.compress(whole) + b"\0" * 99).tables


def test_a_tree_too_large_for_memory_is_refused() -> None:
    with pytest.raises(UnreadableFiling, match="bytes of memory"):
        read_prose("x", data=b"<html><p>" + b"<" * 5_000_000)
    with pytest.raises(UnreadableFiling, match="bytes of memory"):
        read_filing("x", data=hostile.INLINE + b"<p a='' b=''/>" * 1_200_000)


def test_a_tag_of_thousands_of_attributes_is_refused_a_long_one_is_not() -> None:
    with pytest.raises(UnreadableFiling, match="more than 2,000 attributes"):
        read_release("x", data=hostile.KINDS["bare_attributes"](50_000))
    picture = f'<img src="data:image/png;base64,{"QUJD" * 20_000}" alt="{"word " * 5_000}">'
    page = release_page(picture, release_table(("", "Q1 2025"), ("Total revenue", "$ 1,234")))
    assert read_release("x", data=page).tables


def test_more_text_than_any_filing_has_is_refused() -> None:
    with pytest.raises(UnreadableFiling, match="20,000,000 characters"):
        read_prose("x", data=b"Revenue was up. " * 1_300_000)


def test_more_documents_than_any_submission_has_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="10,000 documents"):
        split_submission(b"<DOCUMENT>" * 10_001)
