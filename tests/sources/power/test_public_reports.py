"""The public API of the stand-in: directly, from the archive, with and without its faults."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from hashpivot.sources.http import Client
from hashpivot.sources.power import ERCOT_CLOCK, ERCOT_PRODUCTS, DayState, ErcotKeys, PublicReports
from hashpivot.sources.store import Store
from hashpivot.testing.services.ercot import (
    ERCOT_REPORTS,
    ErcotService,
    cut_zip,
    ercot_postings,
    flag_absent,
    flag_never_set,
    made_up_value,
    page_missing,
    report_column_renamed,
    too_many_requests,
)
from hashpivot.testing.services.http import changed_json, html_instead, status

from .conftest import fetched

Public = Callable[..., PublicReports]
AUTUMN, SPRING = date(2026, 11, 1), date(2026, 3, 8)


def report(emil_id: str):  # type: ignore[no-untyped-def]
    return [one for one in ERCOT_REPORTS if one.emil_id == emil_id]


def prices(day: date, last: date | None = None, points: tuple[str, ...] = ("HB_WEST", "LZ_WEST")):  # type: ignore[no-untyped-def]
    return ercot_postings(day, last or day, points, report("NP4-190-CD") + report("NP6-905-CD"))


@pytest.mark.parametrize("day", [AUTUMN, SPRING, date(2026, 6, 1)])
@pytest.mark.parametrize("direct", [90, 0])
def test_prices_stand_at_their_moment(public: Public, store: Store, day: date, direct: int) -> None:
    """Directly and from the archive, on days of 23, 24 and 25 hours."""
    with ErcotService(prices(day), direct_days=90) as service:
        service.now = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(
            days=7 if direct else 200
        )
        points = ("HB_WEST", "LZ_WEST")
        for name, series, minutes in (
            ("day-ahead", "da_usd_per_mwh", 60),
            ("real-time", "rt_usd_per_mwh", 15),
        ):
            days = fetched(public(service), store, name, day, day, service.now, points)
            for point in points:
                one = days[day, point]
                assert one.state == DayState.COMPLETE and one.fetched, one.reason
                starts = ERCOT_CLOCK.starts(day, minutes)
                assert one.series[series].values == {
                    start: made_up_value(f"{point} {name}", start) for start in starts
                }
        asked = [seen.route for seen in service.requests]
        assert any("/archive/" in route for route in asked) == (not direct)


@pytest.mark.parametrize("name", list(ERCOT_PRODUCTS))
def test_every_product_directly_and_from_the_archive_alike(public: Public, store: Store, name: str) -> None:
    day = date(2026, 2, 10)
    product = ERCOT_PRODUCTS[name]
    postings = ercot_postings(
        day - timedelta(days=3), day + timedelta(days=2), ("HB_WEST",), report(product.emil_id)
    )
    with ErcotService(postings) as service:
        recent = fetched(public(service), store, name, day, day, service.now)
        service.now = service.now + timedelta(days=120)
        for document in list(store):
            store.drop(document.key)
        older = fetched(public(service), store, name, day, day, service.now)
    (one,), (other,) = recent.values(), older.values()
    assert one.state == other.state == DayState.COMPLETE
    assert one.series == other.series
    assert set(one.series) == {column.name for column in product.columns}


def test_a_forecast_is_the_last_one_before_bids_close(public: Public, store: Store) -> None:
    day = date(2026, 2, 10)
    postings = ercot_postings(date(2026, 2, 7), date(2026, 2, 11), (), report("NP4-732-CD"))
    with ErcotService(postings) as service:
        (one,) = fetched(public(service), store, "wind-forecast", day, day, service.now).values()
    posted = day - timedelta(days=1)
    assert one.series["wind_fc_mw"].values == {
        start: made_up_value(f"wind {posted} 9", start) for start in ERCOT_CLOCK.starts(day, 60)
    }


def test_a_second_run_asks_nothing(public: Public, store: Store) -> None:
    first, last = date(2026, 6, 1), date(2026, 6, 10)
    with ErcotService(prices(first, last)) as service:
        before = fetched(public(service), store, "real-time", first, last, service.now)
        service.forget()
        after = fetched(public(service), store, "real-time", first, last, service.now)
        assert service.requests == []
    assert [one.series for one in before.values()] == [one.series for one in after.values()]
    assert not any(one.fetched for one in after.values())


def test_pages_are_joined_and_a_lost_one_is_seen(
    public: Public, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hashpivot.sources.power.ercot._public_api._PAGE", 50)
    day = date(2026, 6, 1)
    with ErcotService(prices(day)) as service:
        service.fail(page_missing(), r"page=2")
        (one,) = fetched(public(service), store, "real-time", day, day, service.now).values()
        assert one.state == DayState.UNREADABLE and "a page is missing" in one.reason
        (one,) = fetched(public(service), store, "real-time", day, day, service.now).values()
    assert one.state == DayState.COMPLETE


def test_the_archive_is_asked_for_no_more_than_1000_documents(public: Public, store: Store) -> None:
    first, last = date(2026, 5, 1), date(2026, 5, 14)
    with ErcotService(prices(first, last, ("HB_WEST",))) as service:
        service.now = datetime(2026, 12, 1, tzinfo=UTC)
        days = fetched(public(service), store, "real-time", first, last, service.now)
        posts = [seen for seen in service.requests if seen.path.endswith("/download")]
    assert {one.state for one in days.values()} == {DayState.COMPLETE}
    assert len(posts) == 2 and {seen.status for seen in posts} == {200}


def test_days_without_data_are_told_apart(public: Public, store: Store) -> None:
    with ErcotService(prices(date(2026, 6, 1))) as service:
        service.now = datetime(2026, 6, 3, 12, tzinfo=UTC)  # seven in the morning there
        first, last = date(2025, 12, 4), date(2026, 6, 6)
        route = public(service)
        days = fetched(route, store, "day-ahead", date(2026, 6, 1), date(2026, 6, 6), service.now)
        states = [days[date(2026, 6, number), "HB_WEST"].state for number in range(1, 7)]
        early = fetched(route, store, "real-time-ancillary", first, first, service.now)
    missing, yet = DayState.MISSING, DayState.NOT_YET_PUBLISHED
    assert states == [DayState.COMPLETE, missing, missing, yet, yet, yet]
    assert days[last, "HB_WEST"].reason == ""
    assert [one.state for one in early.values()] == [DayState.NOT_INTRODUCED]


def test_a_product_that_ended_is_retired(
    public: Public, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    old = ERCOT_PRODUCTS["day-ahead"]
    ended = tuple(replace(column, last=date(2026, 6, 1)) for column in old.columns)
    monkeypatch.setitem(ERCOT_PRODUCTS, "day-ahead", replace(old, columns=ended))
    with ErcotService(prices(date(2026, 6, 1))) as service:
        days = fetched(public(service), store, "day-ahead", date(2026, 6, 1), date(2026, 6, 2), service.now)
    assert [one.state for one in days.values()] == [DayState.RETIRED, DayState.COMPLETE]


def test_a_series_that_began_later_is_not_missed_before(public: Public, store: Store) -> None:
    day = date(2023, 6, 9)  # the day before the contingency reserve service
    with ErcotService(ercot_postings(day, day, (), report("NP4-188-CD"))) as service:
        (one,) = fetched(public(service), store, "day-ahead-ancillary", day, day, service.now).values()
    assert one.state == DayState.COMPLETE and set(one.series) == {
        "as_regup",
        "as_regdn",
        "as_rrs",
        "as_nspin",
    }


def test_the_token_is_renewed_when_the_service_ends_it(public: Public, store: Store) -> None:
    first, last = date(2026, 6, 1), date(2026, 6, 2)
    with ErcotService(prices(first, last)) as service:
        route = public(service)
        fetched(route, store, "day-ahead", first, first, service.now)
        service.expire_tokens()
        days = fetched(route, store, "day-ahead", last, last, service.now)
        tokens = [seen for seen in service.requests if "oauth2" in seen.path]
    assert days[last, "HB_WEST"].state == DayState.COMPLETE and len(tokens) == 2


def test_the_token_is_renewed_in_time(public: Public, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("hashpivot.sources.power.ercot._token.time.monotonic", lambda: now[0])
    first, last = date(2026, 6, 1), date(2026, 6, 2)
    with ErcotService(prices(first, last)) as service:
        route = public(service)
        fetched(route, store, "day-ahead", first, first, service.now)
        now[0] += 3500
        fetched(route, store, "day-ahead", last, last, service.now)
        statuses = [seen.status for seen in service.requests]
        assert len([seen for seen in service.requests if "oauth2" in seen.path]) == 2
    assert set(statuses) == {200}


@pytest.mark.parametrize(
    "keys",
    [
        ErcotKeys("user@example.com", "wrong-secret", "made-up-key"),
        ErcotKeys("user@example.com", "made-up-password", "wrong-secret"),
    ],
)
def test_wrong_keys_end_with_advice_and_are_not_shown(public: Public, store: Store, keys: ErcotKeys) -> None:
    day = date(2026, 6, 1)
    with ErcotService(prices(day)) as service:
        (one,) = fetched(public(service, keys), store, "day-ahead", day, day, service.now).values()
        asked = len(service.requests)
    assert one.state == DayState.UNREACHABLE and "refuses the request" in one.reason
    assert "wrong-secret" not in repr(one) + one.reason + repr(keys)
    assert asked <= 4


def test_429_is_waited_out(public: Public, store: Store) -> None:
    day = date(2026, 6, 1)
    with ErcotService(prices(day)) as service:
        fault = service.fail(too_many_requests(), "dam_stlmnt")
        (one,) = fetched(public(service), store, "day-ahead", day, day, service.now).values()
    assert one.state == DayState.COMPLETE and fault.met == 1


@pytest.mark.parametrize("fault", [status(503), html_instead(), cut_zip()])
def test_a_passing_fault_of_the_archive_is_asked_again(public: Public, store: Store, fault: object) -> None:
    day = date(2026, 6, 1)
    with ErcotService(prices(day)) as service:
        service.now = datetime(2026, 12, 1, tzinfo=UTC)
        service.fail(fault, "download")  # type: ignore[arg-type]
        (one,) = fetched(public(service), store, "real-time", day, day, service.now).values()
    assert one.state == DayState.COMPLETE


def test_a_lasting_fault_is_unreachable_and_what_came_is_kept(public: Public, store: Store) -> None:
    first, last = date(2026, 2, 1), date(2026, 6, 1)
    with ErcotService(prices(first, last, ("HB_WEST",))) as service:
        service.now = datetime(2026, 6, 4, tzinfo=UTC)
        service.fail(status(500), "dam_stlmnt", times=None, after=1)
        days = fetched(public(service), store, "day-ahead", first, last, service.now)
        service.heal()
        service.forget()
        again = fetched(public(service), store, "day-ahead", first, last, service.now)
        posts = [seen for seen in service.requests if seen.path.endswith("/download")]
    states = [one.state for one in days.values()]
    assert states.count(DayState.UNREACHABLE) > 30 and states.count(DayState.COMPLETE) > 30
    assert {one.state for one in again.values()} == {DayState.COMPLETE} and not posts


def test_a_renamed_column_is_named(public: Public, store: Store) -> None:
    first, last = date(2026, 6, 1), date(2026, 6, 20)
    with ErcotService(prices(first, last)) as service:
        service.fail(report_column_renamed("settlementPointPrice"), "dam_stlmnt", times=None)
        days = fetched(public(service), store, "day-ahead", first, last, service.now)
        assert len(service.requests) == 2
    assert {one.state for one in days.values()} == {DayState.UNREADABLE}
    assert all("no column 'settlementpointprice'" in one.reason for one in days.values())


@pytest.mark.parametrize("age", [7, 200])
@pytest.mark.parametrize("fault", [flag_absent(), flag_never_set()])
def test_an_unmarked_repeated_hour_is_never_shifted(
    public: Public, store: Store, fault: object, age: int
) -> None:
    """Real-time prices come one posting each: unmarked, the second pass would replace the first."""
    with ErcotService(prices(AUTUMN, AUTUMN + timedelta(days=1), ("HB_WEST",))) as service:
        service.now = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=age)
        service.fail(fault, "spp_node|download", times=None)  # type: ignore[arg-type]
        days = fetched(public(service), store, "real-time", AUTUMN, AUTUMN + timedelta(days=1), service.now)
    autumn, next_day = days.values()
    assert autumn.state == DayState.UNREADABLE and not autumn.series and "02:00" in autumn.reason
    assert next_day.state == DayState.COMPLETE


def test_without_marks_an_ordinary_day_is_read_and_said_so(public: Public, store: Store) -> None:
    day = date(2026, 6, 1)
    with ErcotService(prices(day)) as service:
        service.fail(flag_absent(), "dam_stlmnt")
        (one,) = fetched(public(service), store, "day-ahead", day, day, service.now).values()
    assert one.state == DayState.COMPLETE and "DSTFlag" in one.notes[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: {**answer, "data": {}},
        lambda answer: {**answer, "_meta": None},
        lambda answer: {**answer, "fields": [{}]},
        lambda answer: {**answer, "data": [row[:-1] for row in answer["data"]]},
        lambda answer: {**answer, "data": [[*row[:1], "25:00", *row[2:]] for row in answer["data"]]},
        lambda answer: {**answer, "data": [[*row[:3], "n/a", row[4]] for row in answer["data"]]},
        lambda answer: {**answer, "data": [[*row[:4], "perhaps"] for row in answer["data"]]},
        lambda answer: {**answer, "data": [["2026-02-31", *row[1:]] for row in answer["data"]]},
        lambda answer: {
            **answer,
            "_meta": {"totalPages": 1},
            "data": answer["data"] + [[*row[:3], 1.0, row[4]] for row in answer["data"]],
        },
        lambda answer: [answer],
    ],
)
def test_another_shape_is_unreadable(
    public: Public, store: Store, change: Callable[[object], object]
) -> None:
    day = date(2026, 6, 1)
    with ErcotService(prices(day)) as service:
        service.fail(changed_json(change), "dam_stlmnt")
        (one,) = fetched(public(service), store, "day-ahead", day, day, service.now).values()
    assert one.state == DayState.UNREADABLE and one.reason
    assert not list(store)


def test_a_correction_replaces_what_was_posted_before(public: Public, store: Store) -> None:
    from dataclasses import replace

    day = date(2026, 6, 1)
    (posting,) = ercot_postings(day, day, ("HB_WEST",), report("NP4-190-CD"))
    mended = replace(
        posting,
        posted=posting.posted + timedelta(hours=30),
        rows=tuple((*row[:3], "1.25", row[4]) for row in posting.rows),
    )
    for direct in (True, False):
        with ErcotService([mended, posting]) as service:
            service.now = service.now + timedelta(days=0 if direct else 200)
            (one,) = fetched(public(service), store, "day-ahead", day, day, service.now).values()
        assert one.state == DayState.COMPLETE, one.reason
        assert set(one.series["da_usd_per_mwh"].values.values()) == {1.25}
        for document in list(store):
            store.drop(document.key)


def test_secrets_go_nowhere(
    public: Public, store: Store, tmp_path: object, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither password nor token nor key stands in errors, reprs, logs, the store or the limiter's files."""
    caplog.set_level("DEBUG")
    secrets = ["made-up-password", "made-up-key", "made-up-token", "user@example.com"]
    day = date(2026, 6, 1)
    shown = []
    with ErcotService(prices(day)) as service:
        for fault in (status(500), status(403), html_instead(), status(429), cut_zip()):
            service.fail(fault, times=None)
            route = public(service)
            days = fetched(route, store, "day-ahead", day, day, service.now)
            shown += [repr(days), repr(route), repr(route._client.service), repr(route._token)]
            shown += [one.reason for one in days.values()]
            service.heal()
        fetched(public(service), store, "day-ahead", day, day, service.now)
    for path in sorted(store.folder.parent.rglob("*")):
        if path.is_file():
            shown.append(path.read_bytes().decode("latin-1"))
    shown += [document.read().decode() + document.url for document in store]
    shown.append(caplog.text)
    assert not [secret for secret in secrets for text in shown if secret in text]
    assert isinstance(route._client, Client)
