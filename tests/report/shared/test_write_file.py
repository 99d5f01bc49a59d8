from __future__ import annotations

from pathlib import Path

import pytest

from hashpivot.core import HashpivotError, UnwritableFile
from hashpivot.report import SeasonReport, render_html, write_html


def test_writes_the_page_and_nothing_else(reports: dict[str, SeasonReport], tmp_path: Path) -> None:
    path = write_html(reports["2024Q4"], tmp_path / "season.html")
    assert path.read_text(encoding="utf-8") == render_html(reports["2024Q4"])
    assert list(tmp_path.iterdir()) == [path]


def test_replaces_an_earlier_page(reports: dict[str, SeasonReport], tmp_path: Path) -> None:
    path = tmp_path / "season.html"
    path.write_text("old", encoding="utf-8")
    assert "Season 2023Q4" in write_html(reports["2023Q4"], str(path)).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["", "absent/season.html", "file.txt/season.html", "x" * 300, "a\0b"])
def test_says_why_it_cannot_write(reports: dict[str, SeasonReport], tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("kept", encoding="utf-8")
    with pytest.raises(UnwritableFile) as caught:
        write_html(reports["2023Q4"], tmp_path / name)
    assert isinstance(caught.value, HashpivotError)
    assert caught.value.hint and str(tmp_path) in caught.value.where
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]
    assert (tmp_path / "file.txt").read_text(encoding="utf-8") == "kept"


def test_a_write_that_breaks_off_keeps_the_earlier_page(
    reports: dict[str, SeasonReport], tmp_path: Path
) -> None:
    """A limit on the size of files stops the write half way, as a full disk does."""
    resource, signal = pytest.importorskip("resource"), pytest.importorskip("signal")
    path = tmp_path / "season.html"
    path.write_text("kept", encoding="utf-8")
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.getsignal(signal.SIGXFSZ)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(UnwritableFile, match="cannot be written"):
            write_html(reports["2023Q4"], path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert [kept.read_text(encoding="utf-8") for kept in tmp_path.iterdir()] == ["kept"]
