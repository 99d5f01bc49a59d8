"""What came to a ledger since a moment, and what it changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from hashpivot.core import Figure, InvalidInput, Kind, Line, PlainLocator, Source
from hashpivot.desk import Desk
from hashpivot.ledger import Ledger
from hashpivot.testing import bundled_desk

DAY = date(2026, 11, 20)


def _source(key: str, known: date = date(2025, 3, 1), sha256: str = "") -> Source:
    return Source(
        key, "CORZ", "10-K", known, "filed", "A", sha256=sha256, reader=1, period_end=date(2024, 12, 31)
    )


def _revenue(source: Source, usd: int, line: Line | None = None) -> Figure:
    return Figure(
        "CORZ", "revenue" if line else "total_revenue", line, date(2024, 10, 1), date(2024, 12, 31),
        Decimal(usd), "usd", "Revenue", source.key, PlainLocator("row 1"), source.known, Kind.REPORTED,
    )  # fmt: skip


def _desk(path: Path, *sources: tuple[Source, int, date]) -> Desk:
    with Ledger.open(path) as ledger:
        for source, usd, day in sources:
            ledger.add(source, [_revenue(source, usd)], read_on=day)
    return Desk.open(path)


def test_an_old_filing_that_came_lately_is_new_and_one_that_was_there_is_not(tmp_path: Path) -> None:
    old, new = _source("old"), _source("new", date(2025, 3, 2))
    desk = _desk(tmp_path / "l", (old, 90_000_000, DAY), (new, 91_000_000, DAY + timedelta(1)))
    changes = desk.changes(DAY + timedelta(1)).changes
    assert [one.source.key for one in changes.sources] == ["new"]
    assert [one.source.key for one in desk.changes(DAY).changes.sources] == ["new", "old"]
    assert desk.changes(DAY + timedelta(2)).changes.companies == ()


def test_a_restatement_is_told_with_both_amounts(tmp_path: Path) -> None:
    old, new = _source("old"), _source("new", date(2025, 3, 2))
    desk = _desk(tmp_path / "l", (old, 90_000_000, DAY), (new, 91_000_000, DAY + timedelta(1)))
    (company,) = desk.changes(DAY + timedelta(1)).changes.companies
    (restated,) = company.restated
    assert (restated.first.value, restated.latest.value) == (90_000_000, 91_000_000)
    assert company.sources[0].restated == 1 and company.sources[0].new == 0
    assert company.headlines == ()  # of the four newest quarters alone


def test_bundled_sources_came_when_they_became_public() -> None:
    desk = bundled_desk()
    for since in (date(2026, 8, 20), date(2026, 5, 1)):
        keys = {one.source.key for one in desk.changes(since).changes.sources}
        assert keys == {k for k, s in desk.view.sources.items() if s.known >= since and s.ticker}
    moves = [move for company in desk.changes("2026-08-20").changes.companies for move in company.verdicts]
    assert ("WULF", "2026Q2", "growth") in {
        (company.ticker, str(move.quarter), move.question)
        for company in desk.changes("2026-08-20").changes.companies
        for move in company.verdicts
    }
    assert all(move.before != move.after for move in moves)


def test_the_latest_season_without_what_came_has_the_verdicts_before() -> None:
    desk = bundled_desk()
    before = bundled_desk(date(2026, 8, 19)).season("2026Q2")
    now = desk.season("2026Q2")
    for company in desk.changes("2026-08-20").changes.companies:
        for move in company.verdicts:
            if str(move.quarter) == "2026Q2" and company.ticker in now:
                assert now[company.ticker][move.question].verdict == move.after
                known = before[company.ticker][move.question].verdict if company.ticker in before else ""
                assert known == move.before


def test_a_moment_is_read_and_nothing_else_is() -> None:
    desk = bundled_desk()
    assert desk.changes("2026-11-20T09:30").since == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    assert desk.changes(DAY).since == datetime(2026, 11, 20, tzinfo=UTC)
    for text in ("yesterday", "2026-13-01", "2026-11-20T09:30:00+99:00", "20261120", "", "2026-W47-5T0930x"):
        with pytest.raises(InvalidInput, match="no moment"):
            desk.changes(text)


def test_changes_show_themselves(capsys: pytest.CaptureFixture[str]) -> None:
    result = bundled_desk().changes("2026-08-20")
    result.print()
    printed = capsys.readouterr().out
    assert "Since 2026-08-20:" in printed and "2026Q2 AI revenue $31.9m" in printed
    assert len(result.records()) == result.to_dict()["sources"] and "<table>" in result._repr_html_()
    assert "Nothing new" in (bundled_desk().changes("2030-01-01").print() or capsys.readouterr().out)
