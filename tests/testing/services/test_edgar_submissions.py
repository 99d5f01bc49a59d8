"""The submissions JSON, tickers and identification of the stand-in for EDGAR."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hashpivot.testing.services import EdgarService
from hashpivot.testing.services.edgar import (
    column_added,
    column_missing,
    column_renamed,
    column_short,
    maintenance,
    missing_key,
    not_found,
    rate_threshold,
    undeclared_tool,
    zulu_in_doubt,
)
from hashpivot.testing.services.http import Fault

from ._client import get
from ._filings import MINER, filing

PATH = f"/submissions/CIK{MINER.padded}.json"
DAY = timedelta(days=1)
FILINGS = [filing(number, after=number * DAY) for number in range(5)]
COLUMNS = [
    *("accessionNumber", "filingDate", "reportDate", "acceptanceDateTime", "act", "form", "fileNumber"),
    *("filmNumber", "items", "core_type", "size", "isXBRL", "isInlineXBRL", "isXBRLNumeric"),
    *("primaryDocument", "primaryDocDescription"),
]


def recent(service: EdgarService) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = get(service.url, PATH).json["filings"]["recent"]
    return columns


def test_recent_filings_stand_in_sixteen_parallel_columns_newest_first() -> None:
    with EdgarService(FILINGS) as service:
        got = get(service.url, PATH)
    shown = got.json["filings"]["recent"]
    assert got.json["cik"] == MINER.padded
    assert list(shown) == COLUMNS
    assert {len(column) for column in shown.values()} == {5}
    assert shown["accessionNumber"][0] == FILINGS[-1].accession
    assert got.headers["transfer-encoding"] == "chunked"
    assert not {"etag", "last-modified"} & set(got.headers)


def test_older_filings_stand_in_flat_pages_of_fifteen_columns() -> None:
    with EdgarService(FILINGS, recent=2, older=2) as service:
        filings = get(service.url, PATH).json["filings"]
        pages = [get(service.url, f"/submissions/{one['name']}").json for one in filings["files"]]
        beyond = get(service.url, PATH.replace(".json", "-submissions-003.json"))
    assert [one["filingCount"] for one in filings["files"]] == [2, 1]
    assert filings["files"][0]["filingFrom"] == FILINGS[1].filed.isoformat()
    assert filings["files"][0]["filingTo"] == FILINGS[2].filed.isoformat()
    assert all(list(page) == [name for name in COLUMNS if name != "isXBRLNumeric"] for page in pages)
    shown = filings["recent"]["accessionNumber"] + [one for page in pages for one in page["accessionNumber"]]
    assert shown == [one.accession for one in reversed(FILINGS)]
    assert beyond.status == 404


def test_an_unknown_filer_is_a_missing_key() -> None:
    with EdgarService(FILINGS) as service:
        got = get(service.url, "/submissions/CIK0000000007.json")
    assert (got.status, got.headers["content-type"]) == (404, "application/xml")
    assert "<Code>NoSuchKey</Code>" in got.text


@pytest.mark.parametrize(("eastern", "hour"), [((), 15), ((MINER.cik,), 10), (None, 15)])
def test_the_z_of_some_filers_is_eastern(eastern: tuple[str, ...] | None, hour: int) -> None:
    with EdgarService(FILINGS[:1], eastern_ciks=eastern) as service:
        moments = get(service.url, PATH).json["filings"]["recent"]["acceptanceDateTime"]
    assert moments == [f"2026-01-12T{hour}:00:00.000Z"]


def test_filings_appear_after_acceptance_and_their_lag() -> None:
    late = {FILINGS[1].accession: timedelta(hours=30)}
    with EdgarService(FILINGS, submissions_lag=timedelta(hours=2), late=late) as service:
        seen = []
        for hours in (0, 3, 24 + 3, 24 + 31):
            service.now = datetime(2026, 1, 12, 15, tzinfo=UTC) + timedelta(hours=hours)
            seen.append(len(get(service.url, PATH).json["filings"]["recent"]["form"]))
    assert seen == [0, 1, 1, 3]


def test_tickers_are_listed_twice() -> None:
    with EdgarService(FILINGS) as service:
        plain = get(service.url, "/files/company_tickers.json").json
        full = get(service.url, "/files/company_tickers_exchange.json").json
    assert plain == {"0": {"cik_str": 1000002, "ticker": "ZMCO", "title": MINER.name}}
    assert full["fields"] == ["cik", "name", "ticker", "exchange"]
    assert full["data"] == [[1000002, MINER.name, "ZMCO", "Nasdaq"]]


@pytest.mark.parametrize(
    "agent",
    ["", "python-httpx/2", "Jane Doe", "Jane (jane@example.com)", "Jane jane@example.com https://a.b"],
)
def test_who_does_not_say_who_asks_is_refused(agent: str) -> None:
    with EdgarService(FILINGS) as service:
        got = get(service.url, PATH, agent=agent)
        assert got.status == 403
        assert "Undeclared Automated Tool" in got.text
        assert get(service.url, PATH).status == 200  # per request, not per address


@pytest.mark.parametrize("code", [403, 429, 200])
def test_a_block_shows_the_rate_threshold_page(code: int) -> None:
    with EdgarService(FILINGS, requests_per_second=1, block_seconds=2, block_status=code) as service:
        get(service.url, PATH)
        got = get(service.url, PATH)
    assert got.status == code
    assert "Request Rate Threshold Exceeded" in got.text
    assert "retry-after" not in got.headers


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        (undeclared_tool(), 403, "Undeclared Automated Tool"),
        (rate_threshold(429), 429, "Rate Threshold"),
        (missing_key(), 403, "AccessDenied"),
        (not_found(), 404, "NoSuchKey"),
        (maintenance(), 503, "undergoing maintenance"),
    ],
)
def test_refusals_on_command(fault: Fault, code: int, words: str) -> None:
    with EdgarService(FILINGS) as service:
        service.fail(fault, "/submissions/")
        got = get(service.url, PATH)
        assert got.status == code
        assert words in got.text
        assert get(service.url, PATH).status == 200


def test_schemas_change_on_command() -> None:
    faults = (
        column_missing("form"),
        column_renamed(),
        column_added(),
        column_short("form"),
        zulu_in_doubt(-5),
    )
    with EdgarService(FILINGS, recent=3) as service:
        right = recent(service)
        for fault in faults:
            service.fail(fault)
        missing, renamed, added, short, moved = (recent(service) for _ in faults)
    assert set(right) - set(missing) == {"form"}
    assert set(renamed) - set(right) == {"acceptedAt"}
    assert set(added) - set(right) == {"made_up"}
    assert len(short["form"]) == 2
    assert right["acceptanceDateTime"][-1] == "2026-01-14T15:00:00.000Z"
    assert moved["acceptanceDateTime"][-1] == "2026-01-14T10:00:00.000Z"
