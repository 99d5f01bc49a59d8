"""Results printed from Python, wherever `sys.stdout` leads."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from hashpivot.core import UnwritableFile
from hashpivot.report.shared import printable
from hashpivot.testing import bundled_desk

FULL = Path("/dev/full")


@pytest.mark.parametrize(
    ("encoding", "shown"), [("cp1252", "– >= \\u0141"), ("ascii", "- >= \\u0141"), ("utf-8", "– ≥ Ł")]
)
def test_a_code_page_loses_nothing(encoding: str, shown: str) -> None:
    file = io.BytesIO()
    stream = printable(io.TextIOWrapper(file, encoding))
    stream.write("– ≥ Ł")
    stream.flush()
    assert file.getvalue().decode(encoding) == shown


def test_a_result_prints_on_a_code_page_and_on_none(monkeypatch: pytest.MonkeyPatch) -> None:
    halving = bundled_desk().halving()
    file = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(file, "ascii"))
    halving.print()
    assert b"Halving" in file.getvalue() or b"halving" in file.getvalue()
    monkeypatch.setattr(sys, "stdout", None)
    halving.print()


def test_a_closed_stream_is_named() -> None:
    closed = io.TextIOWrapper(io.BytesIO())
    closed.close()
    with pytest.raises(UnwritableFile, match="is closed"):
        printable(closed).write("x")


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full, a disk that is always full")
def test_a_full_disk_is_named() -> None:
    raw = io.FileIO(str(FULL), "w")
    stream = printable(io.TextIOWrapper(raw, "utf-8", write_through=True))  # type: ignore[arg-type]
    with pytest.raises(UnwritableFile, match="No space"):
        stream.write("x")
    raw.close()
