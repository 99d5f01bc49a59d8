"""A watch with real reading: what each filing of a made-up company changed, however often the watch died."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hashpivot import Desk
from hashpivot.core import Company, InvalidInput, Line, Quarter, UnknownCompany, home
from hashpivot.desk.watch import DeskWatch, watch_events
from hashpivot.sources import Client, Identity, Store
from hashpivot.sources.sec import sec_service
from hashpivot.testing.generated import GeneratedCompany, company_filings
from hashpivot.testing.services import EdgarService, ServedFiling

TICKER, CIK = "ZZZM", "9000201"
BOOKS = GeneratedCompany(
    Company(TICKER, "Zzz Mining Inc.", CIK), lines=(Line.SELF_MINING, Line.AI_CLOUD), seed=3
)
START, DAY = datetime(2026, 10, 1, tzinfo=UTC), timedelta(days=1)
NEWEST = Quarter.parse("2026Q3")
HELD = [Quarter.parse(text) for text in ("2026Q1", "2026Q2")]


FILED = company_filings(BOOKS, [*HELD, NEWEST], amended=[NEWEST])


@pytest.fixture(scope="module")
def filings() -> list[ServedFiling]:
    """All it filed since the start: an update, a release, a report, and its amendment."""
    return [one for one in FILED if one.known > START]


@pytest.fixture(scope="module")
def earlier() -> list[ServedFiling]:
    """Its releases and reports before that."""
    return [one for one in FILED if one.known < START and "7.01" not in one.items]


@pytest.fixture
def quick(tmp_path: Path) -> Callable[[EdgarService], Client]:
    def make(edgar: EdgarService) -> Client:
        service = sec_service(Identity("Jane Doe", "jane@example.com"), base_url=edgar.url)
        return Client(replace(service, rate=2000.0), limits=tmp_path / "limits")

    return make


@pytest.fixture
def desk(earlier: list[ServedFiling]) -> Desk:
    """A desk that knows the company and its earlier reports."""
    home().mkdir(parents=True)
    (home() / "companies.toml").write_text(f'[{TICKER}]\nname = "Zzz Mining Inc."\ncik = "{CIK}"\n')
    with Store() as store:
        for one in earlier:
            Desk.open().add_file(store.put(f"sec/{one.accession}.txt", one.submission()).path)
    return Desk.open()


class Killed(BaseException):
    """The process ends here."""


def watched(
    desk: Desk, edgar: EdgarService, quick: Callable[[EdgarService], Client], *, dies: bool
) -> list[dict[str, Any]]:
    """Everything told over the weeks; if it `dies`, then whenever a filing is read and not yet told."""

    def polled(watch: DeskWatch) -> list[dict[str, Any]]:
        return [event.to_dict() for event in watch.poll(edgar.now)]

    told: list[dict[str, Any]] = []
    while edgar.now < START + 80 * DAY:
        edgar.advance(5 * DAY)
        if dies:
            with suppress(Killed), desk.watcher([TICKER], client=quick(edgar), now=START) as watch:
                watch.journal.tell = _die  # type: ignore[method-assign]
                told += polled(watch)
        with desk.watcher([TICKER], client=quick(edgar), now=START) as watch:
            told += polled(watch)
    return told


def _die(*_: object) -> None:
    raise Killed


def test_what_each_filing_changed_is_told_and_the_same_after_every_death(
    desk: Desk,
    filings: list[ServedFiling],
    earlier: list[ServedFiling],
    quick: Callable[[EdgarService], Client],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with EdgarService([*earlier, *filings], now=START) as edgar:
        told = watched(desk, edgar, quick, dies=True)
    assert [each["accession"] for each in told] == [one.accession for one in filings]
    by_form = {each["form"]: each for each in told}
    assert {each["state"] for each in told} == {"in_ledger"}
    # Of the release: the quarter's revenue, its verdicts, and the nowcast it is compared with.
    release = next(each for each in told if each["changes"]["surprise"])
    assert release["form"] == "8-K"
    amounts = BOOKS.quarter(NEWEST)
    headlines = {(h["quarter"], h["measure"]): h for h in release["changes"]["headlines"]}
    total = headlines[str(NEWEST), "total_revenue"]
    assert (total["before_usd"], total["after_usd"]) == (None, sum(amounts.revenue.values()) * 1000)
    ai = headlines[str(NEWEST), "ai_revenue"]
    assert ai["after_usd"] == amounts.revenue[Line.AI_CLOUD] * 1000
    surprise = release["changes"]["surprise"]
    assert surprise["quarter"] == str(NEWEST)
    assert surprise["nowcast"]["p10_usd"] < surprise["nowcast"]["median_usd"] < surprise["nowcast"]["p90_usd"]
    assert surprise["position"] in ("below", "inside", "above")
    moved = {(v["quarter"], v["question"]): v for v in release["changes"]["verdicts"]}
    assert moved[str(NEWEST), "revenue"]["before"] is None
    # The report says the same of the quarter, and more; its amendment differs in costs alone.
    assert by_form["10-Q"]["changes"]["surprise"] is None
    assert by_form["10-Q"]["changes"]["new"] > 0
    assert by_form["10-Q/A"]["changes"]["restated"] > 0
    assert by_form["10-Q/A"]["changes"]["new"] == 0
    # A watch that never dies, in another home, says the same to the letter.
    before, again = home(), tmp_path / "again"
    monkeypatch.setenv("HASHPIVOT_HOME", str(again))
    again.mkdir()
    (again / "companies.toml").write_bytes((before / "companies.toml").read_bytes())
    with Store() as store:
        for one in earlier:
            Desk.open().add_file(store.put(f"sec/{one.accession}.txt", one.submission()).path)
    with EdgarService([*earlier, *filings], now=START) as edgar:
        assert watched(Desk.open(), edgar, quick, dies=False) == told


def test_the_start_says_who_is_watched_and_what_the_ledger_lacks(
    quick: Callable[[EdgarService], Client],
) -> None:
    desk = Desk.open()
    with (
        EdgarService(now=START) as edgar,
        desk.watcher(["CORZ", "EBON"], client=quick(edgar), now=START) as watch,
    ):
        started = watch.started(desk.view, START.date() + 400 * DAY)
    answer = started.to_dict()
    assert answer["tickers"] == ["CORZ"]
    assert [lost["ticker"] for lost in answer["lost"]] == ["EBON"]
    assert answer["since"] == START.isoformat()
    assert [report["ticker"] for report in answer["overdue"]] == ["CORZ"]


def test_what_cannot_be_watched_is_refused(quick: Callable[[EdgarService], Client]) -> None:
    desk = Desk.open()
    with pytest.raises(InvalidInput, match="too few"), EdgarService(now=START) as edgar:  # noqa: SIM117
        with desk.watcher(["CORZ"], client=quick(edgar)) as watch:
            next(watch_events(watch, desk.view, every=5, once=True))
    with pytest.raises(UnknownCompany), EdgarService(now=START) as edgar:
        next(desk.watch(["EBON"], base_url=edgar.url))
    with pytest.raises(UnknownCompany):
        next(desk.watch(["NOBODY"]))
    with pytest.raises(InvalidInput, match="who asks"):
        next(desk.watch(["CORZ"]))
