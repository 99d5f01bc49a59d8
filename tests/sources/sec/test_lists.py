"""Lists of EDGAR from a stand-in: complete, each filing once, and a changed shape is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from hashpivot.core import NotAtSource, UnexpectedAnswer, Unreachable
from hashpivot.sources import Client, Store
from hashpivot.sources.sec import (
    base_form,
    chosen,
    current_filings,
    daily_index,
    fetch_filing,
    filing_list,
    filing_url,
    full_text_search,
    listed_filers,
)
from hashpivot.testing.services import EdgarService
from hashpivot.testing.services.edgar import column_added, column_missing, column_renamed, column_short
from hashpivot.testing.services.http import ServedAnswer, changed_json, cut_body, instead
from hashpivot.testing.submissions import FiledDocument, ServedFiler, ServedFiling

Clients = Callable[..., Client]
RIOT = ServedFiler("1167419", "Riot Platforms, Inc.", "RIOT")
OTHER = ServedFiler("320193", "Apple Inc.", "AAPL")


def filing(number: int, filer: ServedFiler = RIOT, form: str = "8-K", **changed: Any) -> ServedFiling:
    moment = datetime(2026, 1, 5, 9, 0) + timedelta(hours=5 * number)
    document = FiledDocument(form, f"page{number}.htm", b"<html><body>Results</body></html>")
    items = ("2.02", "9.01") if form == "8-K" else ()
    facts = {"period": moment.date(), "items": items} | changed
    return ServedFiling(filer, form, f"0001234567-26-{number:06d}", moment, (document,), **facts)


FILINGS = [filing(number) for number in range(1, 31)] + [filing(99, OTHER), filing(50, form="10-Q/A")]


@pytest.fixture
def edgar() -> Iterator[EdgarService]:
    with EdgarService(FILINGS, recent=10, older=8) as service:
        yield service


def test_older_pages_are_read_as_far_as_they_are_wanted(edgar: EdgarService, client: Clients) -> None:
    asked = client(edgar.url)
    everything = filing_list(asked, "0001167419")
    assert len(everything.filings) == 31 and everything.name == RIOT.name and everything.tickers == ("RIOT",)
    assert len(edgar.requests) == 4
    days = [entry.filed for entry in everything.filings]
    assert days == sorted(days, reverse=True)
    edgar.forget()
    recent = filing_list(asked, "1167419", max(days) - timedelta(days=1))
    assert len(edgar.requests) == 1 and all(e.filed >= max(days) - timedelta(days=1) for e in recent.filings)


def test_a_filing_is_listed_with_form_period_and_items(edgar: EdgarService, client: Clients) -> None:
    entry = next(e for e in filing_list(client(edgar.url), "1167419").filings if e.form == "8-K")
    assert entry.items == ("2.02", "9.01") and entry.period and entry.cik == "1167419"
    assert filing_url(entry).startswith("https://www.sec.gov/Archives/edgar/data/1167419/00012345672600")


def test_an_unknown_filer_is_told(edgar: EdgarService, client: Clients) -> None:
    with pytest.raises(NotAtSource, match="no filer with CIK 77"):
        filing_list(client(edgar.url), "77")


@pytest.mark.parametrize(
    "fault",
    [
        column_missing("form"),
        column_renamed("accessionNumber", "accession"),
        column_short("filingDate"),
        column_short("reportDate"),
        changed_json(lambda value: []),
        changed_json(lambda value: value | {"filings": None}),
        changed_json(
            lambda value: value["filings"]["recent"]["accessionNumber"].__setitem__(0, "x") or value
        ),
        changed_json(lambda value: value["filings"]["recent"]["filingDate"].__setitem__(0, "soon") or value),
        changed_json(
            lambda value: (
                value["filings"]["files"].append({"name": "../../x", "filingTo": "2030-01-01"}) or value
            )
        ),
    ],
)
def test_a_changed_shape_is_told_with_the_place(fault: Any, edgar: EdgarService, client: Clients) -> None:
    edgar.fail(fault, "CIK0001167419.json", times=None)
    with pytest.raises(UnexpectedAnswer, match=r"another shape|expected") as raised:
        filing_list(client(edgar.url), "1167419")
    assert "CIK0001167419" in raised.value.where and raised.value.hint


@pytest.mark.parametrize(
    "fault", [column_added(), column_missing("items"), column_missing("acceptanceDateTime")]
)
def test_what_we_do_not_need_may_change(fault: Any, edgar: EdgarService, client: Clients) -> None:
    edgar.fail(fault, times=None)
    assert len(filing_list(client(edgar.url), "1167419").filings) == 31


def test_the_feed_gives_each_filing_once_oldest_first(edgar: EdgarService, client: Clients) -> None:
    edgar.duplicate_feed_entries = True
    found = current_filings(client(edgar.url), datetime(2026, 1, 1, tzinfo=UTC))
    assert len(found) == len(FILINGS) and {frozenset({"1167419"}), frozenset({"320193"})} == {
        f.ciks for f in found
    }
    assert [f.updated for f in found] == sorted(f.updated for f in found)
    late = current_filings(client(edgar.url), found[-3].updated)
    assert [f.accession for f in late] == [f.accession for f in found[-3:]]


def test_a_character_xml_forbids_hides_no_filing(client: Clients) -> None:
    hostile = ServedFiler("77", "Evil \x1b[31m Corp", "EVIL")
    with EdgarService([*FILINGS, filing(70, hostile)]) as edgar:
        found = current_filings(client(edgar.url), datetime(2026, 1, 1, tzinfo=UTC))
        assert len(found) == len(FILINGS) + 1 and any("77" in one.ciks for one in found)


@pytest.mark.parametrize("body", [b"<html></feed>", b"</feed>", b"{} </feed>", b"<rss></rss></feed>"])
def test_what_is_no_feed_is_told(body: bytes, edgar: EdgarService, client: Clients) -> None:
    edgar.fail(instead(ServedAnswer(200, body, {"Content-Type": "application/atom+xml"})), times=None)
    with pytest.raises((UnexpectedAnswer, Unreachable)):
        current_filings(client(edgar.url), datetime(2026, 1, 1, tzinfo=UTC))


def test_the_daily_index_gives_a_days_filings(edgar: EdgarService, client: Clients, store: Store) -> None:
    asked = client(edgar.url)
    day = date(2026, 1, 6)
    listed = daily_index(asked, store, day)
    expected = {f.accession for f in FILINGS if f.filed == day}
    assert {entry.accession for entry in listed} == expected and expected
    assert {entry.form for entry in listed} <= {"8-K", "10-Q/A"} and all(e.filed == day for e in listed)
    daily_index(asked, store, day)
    assert [seen.status for seen in edgar.requests] == [200, 304]
    with pytest.raises(NotAtSource):
        daily_index(asked, store, date(2026, 1, 4))


_INDEX = """Form Type   Company Name        CIK         Date Filed  File Name
-----------------------------------------------------------------------
{rows}
"""
_FILE = "20260106    edgar/data/1167419/0001234567-26-000001.txt"


@pytest.mark.parametrize(
    ("row", "form"),
    [
        (f"8-K         RIOT PLATFORMS, INC. 1167419    {_FILE}      ", "8-K"),
        (f"8-K         A NAME AS LONG AS ITS COLUMN1167419    {_FILE}", "8-K"),
        (f"8-K                             1167419     {_FILE}", "8-K"),
        (f"SCHEDULE 13G/ARIOT PLATFORMS    1167419     {_FILE}", "SCHEDULE 13G/ARIOT PLATFORMS"),
    ],
)
def test_a_row_of_the_daily_index_whose_columns_run_together(
    row: str, form: str, edgar: EdgarService, client: Clients, store: Store
) -> None:
    whole = f"10-Q        RIOT PLATFORMS      1167419     {_FILE}".replace("-000001", "-000002")
    edgar.fail(instead(ServedAnswer(200, _INDEX.format(rows=f"{whole}\n{row}").encode())))
    listed = daily_index(client(edgar.url), store, date(2026, 1, 6))
    assert [(entry.form, entry.accession[-1]) for entry in listed] == [("10-Q", "2"), (form, "1")]


def test_a_daily_index_without_gaps_is_told(edgar: EdgarService, client: Clients, store: Store) -> None:
    row = f"8-K RIOT PLATFORMS 1167419 {_FILE}"
    edgar.fail(instead(ServedAnswer(200, _INDEX.format(rows=row).encode())))
    with pytest.raises(UnexpectedAnswer, match="without gaps"):
        daily_index(client(edgar.url), store, date(2026, 1, 6))


def test_a_filing_comes_whole_and_once(edgar: EdgarService, client: Clients, store: Store) -> None:
    asked = client(edgar.url)
    entry = filing_list(asked, "1167419", date(2026, 1, 5)).filings[0]
    edgar.fail(cut_body(0.9, chunked=True), "Archives")
    edgar.forget()
    document, now = fetch_filing(asked, store, entry)
    assert now and document.read() == next(f for f in FILINGS if f.accession == entry.accession).submission()
    assert fetch_filing(asked, store, entry) == (document, False) and len(edgar.requests) == 2


def test_a_search_gives_each_document_once(edgar: EdgarService, client: Clients) -> None:
    found = full_text_search(
        client(edgar.url), "Results", forms=["8-K"], ciks=["1167419"], first=date(2026, 1, 6)
    )
    assert found.complete and found.total == len(found.hits) > 20
    assert all(hit.form == "8-K" and hit.ciks == ("1167419",) for hit in found.hits)


def test_a_search_with_more_than_is_shown_says_so(client: Clients) -> None:
    with EdgarService(FILINGS, search_most=20) as edgar:
        assert not full_text_search(client(edgar.url), "Results").complete


def test_tickers_lead_to_filers(edgar: EdgarService, client: Clients, store: Store) -> None:
    found = listed_filers(client(edgar.url), store)
    assert (found["RIOT"].cik, found["RIOT"].name) == ("1167419", RIOT.name)
    edgar.fail(changed_json(lambda value: {"0": {"ticker": "X"}}))
    with pytest.raises(UnexpectedAnswer):
        listed_filers(client(edgar.url), store)


@pytest.mark.parametrize(
    ("form", "forms", "meant"),
    [
        ("10-K/A", ["10-K"], True),
        ("10-K", ["10-K/A"], True),
        ("10-KT", ["10-K"], False),
        ("424B5", ["424B"], True),
        ("8-K12B", ["8-K"], False),
        ("6-k", ["6-K"], True),
    ],
)
def test_forms_stand_for_their_amendments(form: str, forms: list[str], meant: bool) -> None:
    assert chosen(form, forms) is meant and base_form("20-F/A") == "20-F"
