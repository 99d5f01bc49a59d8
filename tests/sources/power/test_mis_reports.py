"""The keyless reports of the stand-in: lists, documents, offsets that are wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from hashpivot.sources.power import ERCOT_CLOCK, ERCOT_PRODUCTS, DayState, MisReports
from hashpivot.sources.store import Store
from hashpivot.testing.services.ercot import (
    ERCOT_REPORTS,
    ErcotPosting,
    ErcotService,
    cut_zip,
    ercot_postings,
    flag_absent,
    flag_never_set,
    made_up_value,
    report_column_renamed,
)
from hashpivot.testing.services.http import changed_json, status

from .conftest import fetched

Keyless = Callable[..., MisReports]
AUTUMN, SPRING, JUNE = date(2026, 11, 1), date(2026, 3, 8), date(2026, 6, 1)


def postings(product: str, first: date, last: date | None = None) -> list[ErcotPosting]:
    wanted = [one for one in ERCOT_REPORTS if one.emil_id == ERCOT_PRODUCTS[product].emil_id]
    return ercot_postings(first, last or first, ("HB_WEST", "LZ_WEST"), wanted)


@pytest.mark.parametrize("day", [AUTUMN, SPRING, JUNE])
@pytest.mark.parametrize("offset", ["", "+09:00", "-05:00"])
def test_prices_stand_at_their_moment_whatever_the_offset_says(
    keyless: Keyless, store: Store, day: date, offset: str
) -> None:
    with ErcotService(postings("real-time", day)) as service:
        service.now = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=3)
        service.publish_offset, service.named_by_moment = offset, not offset
        one = fetched(keyless(service), store, "real-time", day, day, service.now, ("LZ_WEST",))[
            day, "LZ_WEST"
        ]
    assert one.state == DayState.COMPLETE, one.reason
    assert one.series["rt_usd_per_mwh"].values == {
        start: made_up_value("LZ_WEST real-time", start) for start in ERCOT_CLOCK.starts(day, 15)
    }


@pytest.mark.parametrize("name", list(ERCOT_PRODUCTS))
def test_every_product(keyless: Keyless, store: Store, name: str) -> None:
    made = postings(name, JUNE - timedelta(days=3), JUNE + timedelta(days=2))
    with ErcotService(made, keyless_days=12) as service:
        (one,) = fetched(keyless(service), store, name, JUNE, JUNE, service.now).values()
    assert one.state == DayState.COMPLETE, one.reason


def test_the_day_that_runs_grows_and_documents_come_once(keyless: Keyless, store: Store) -> None:
    with ErcotService(postings("real-time", JUNE)) as service:
        service.now = datetime(2026, 6, 1, 17, 1, tzinfo=UTC)  # noon there
        (one,) = fetched(keyless(service), store, "real-time", JUNE, JUNE, service.now).values()
        assert one.state == DayState.NOT_YET_PUBLISHED
        assert len(one.series["rt_usd_per_mwh"].values) == 47
        service.advance(timedelta(hours=15))
        (one,) = fetched(keyless(service), store, "real-time", JUNE, JUNE, service.now).values()
        assert one.state == DayState.COMPLETE
        documents = [seen.path for seen in service.requests if "doclookupId" in seen.path]
        assert len(documents) == len(set(documents)) == 96
        service.forget()
        fetched(keyless(service), store, "real-time", JUNE, JUNE, service.now)
        assert service.requests == []


def test_days_before_the_list_ask_for_keys(keyless: Keyless, store: Store) -> None:
    with ErcotService(postings("day-ahead", JUNE, JUNE + timedelta(days=20))) as service:
        last = JUNE + timedelta(days=20)
        days = fetched(keyless(service), store, "day-ahead", JUNE, last, service.now)
    assert days[JUNE, "HB_WEST"].state == DayState.MISSING
    assert "keys" in days[JUNE, "HB_WEST"].reason
    assert days[last, "HB_WEST"].state == DayState.COMPLETE


def test_a_lost_document_is_missed_by_its_interval(keyless: Keyless, store: Store) -> None:
    with ErcotService(postings("real-time", JUNE)) as service:
        service.fail(status(404), "mirDownload", after=10)
        (one,) = fetched(keyless(service), store, "real-time", JUNE, JUNE, service.now).values()
    assert one.state == DayState.MISSING and "lacks 1 of 96" in one.reason
    assert len(one.series["rt_usd_per_mwh"].values) == 95


def test_a_cut_zip_is_asked_for_again(keyless: Keyless, store: Store) -> None:
    with ErcotService(postings("day-ahead", JUNE)) as service:
        service.fail(cut_zip(), "mirDownload", times=2)
        (one,) = fetched(keyless(service), store, "day-ahead", JUNE, JUNE, service.now).values()
        assert one.state == DayState.COMPLETE
        for document in list(store):
            store.drop(document.key)
        service.fail(cut_zip(), "mirDownload", times=None)
        (one,) = fetched(keyless(service), store, "day-ahead", JUNE, JUNE, service.now).values()
    assert one.state == DayState.UNREACHABLE and "whole" in one.reason and not list(store)


@pytest.mark.parametrize("fault", [flag_absent(), flag_never_set()])
def test_an_unmarked_repeated_hour_is_never_shifted(keyless: Keyless, store: Store, fault: object) -> None:
    with ErcotService(postings("real-time", AUTUMN)) as service:
        service.fail(fault, "mirDownload", times=None)  # type: ignore[arg-type]
        (one,) = fetched(keyless(service), store, "real-time", AUTUMN, AUTUMN, service.now).values()
    assert one.state == DayState.UNREADABLE and not one.series


def test_a_renamed_column_spoils_its_day_alone(keyless: Keyless, store: Store) -> None:
    with ErcotService(postings("day-ahead", JUNE, JUNE + timedelta(days=2))) as service:
        service.fail(report_column_renamed("SettlementPoint"), "mirDownload")
        days = fetched(keyless(service), store, "day-ahead", JUNE, JUNE + timedelta(days=2), service.now)
    states = [one.state for one in days.values()]
    assert states[0] == DayState.UNREADABLE and "settlementpoint" in days[JUNE, "HB_WEST"].reason
    assert DayState.COMPLETE in states


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (lambda answer: {}, DayState.UNREADABLE),
        (lambda answer: [], DayState.UNREADABLE),
        (lambda answer: {"ListDocsByRptTypeRes": {"DocumentList": [{"Document": {}}]}}, DayState.UNREADABLE),
        (lambda answer: {"ListDocsByRptTypeRes": {}}, DayState.MISSING),
    ],
)
def test_lists_of_another_shape(
    keyless: Keyless, store: Store, change: Callable[[object], object], state: DayState
) -> None:
    with ErcotService(postings("day-ahead", JUNE)) as service:
        service.fail(changed_json(change), "IceDocList")
        (one,) = fetched(keyless(service), store, "day-ahead", JUNE, JUNE, service.now).values()
    assert one.state == state


def test_a_list_of_one_document(keyless: Keyless, store: Store) -> None:
    def alone(answer: dict) -> dict:  # type: ignore[type-arg]
        entries = answer["ListDocsByRptTypeRes"]["DocumentList"]
        only = next(entry for entry in entries if "csv" in entry["Document"]["FriendlyName"])
        return {"ListDocsByRptTypeRes": {"DocumentList": only}}

    with ErcotService(postings("day-ahead", JUNE)) as service:
        service.fail(changed_json(alone), "IceDocList")
        (one,) = fetched(keyless(service), store, "day-ahead", JUNE, JUNE, service.now).values()
    assert one.state == DayState.COMPLETE
