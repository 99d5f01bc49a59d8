"""The indexes, the feed of current filings and full-text search of the stand-in for EDGAR."""

from __future__ import annotations

import gzip
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest

from hashpivot.testing.generated import other_filings
from hashpivot.testing.services import EdgarService, ServedFiling

from ._client import Got, get
from ._filings import MINER, OWNER, filing

HOUR = timedelta(hours=1)
FULL, DAILY = "/Archives/edgar/full-index/2026/QTR1", "/Archives/edgar/daily-index/2026/QTR1"
FEED = "/cgi-bin/browse-edgar?action=getcurrent&output=atom"
ATOM = "{http://www.w3.org/2005/Atom}"
LAST = datetime(2026, 3, 31, 23, tzinfo=UTC)
MIXED = [
    filing(1, "10-Q"),
    filing(2, "10-Q/A", after=HOUR),
    filing(3, "4", after=2 * HOUR, others=((OWNER, "Reporting"),), role="Issuer"),
    filing(4, "SCHEDULE 13G/A", after=26 * HOUR),
]


class TestIndexes:
    def test_the_quarterly_index_is_sorted_by_form(self) -> None:
        with EdgarService(MIXED, now=LAST) as service:
            plain, packed = get(service.url, f"{FULL}/form.idx"), get(service.url, f"{FULL}/form.gz")
            master = get(service.url, f"{FULL}/master.idx").text
            again = get(service.url, f"{FULL}/form.gz", If_None_Match=packed.headers["etag"])
            since = get(service.url, f"{FULL}/form.gz", If_Modified_Since=packed.headers["last-modified"])
        assert gzip.decompress(packed.wire) == plain.body
        heading, rows = plain.text.partition("-" * 100)[::2]
        assert "Form Type   Company Name" in heading
        lines = rows.splitlines()[1:]
        assert [line[:17].strip() for line in lines] == ["10-Q", "10-Q/A", "4", "4", "SCHEDULE 13G/A"]
        assert f"edgar/data/{MINER.cik}/{MIXED[0].accession}.txt" in lines[0]
        assert "2026-01-12" in lines[0]
        assert f"{MINER.cik}|{MINER.name}|10-Q|2026-01-12|" in master
        assert (again.status, since.status) == (304, 304)

    def test_short_forms_leave_the_column_narrow(self) -> None:
        with EdgarService(MIXED[:2], now=LAST) as service:
            (first, *_) = get(service.url, f"{FULL}/form.idx").text.partition("-" * 141)[2].split("\n")[1:]
        cells = [first[start:end].strip() for start, end in ((0, 12), (12, 74), (74, 86), (86, 98))]
        assert cells == ["10-Q", MINER.name, MINER.cik, "2026-01-12"]

    def test_the_daily_index_comes_after_the_day(self) -> None:
        with EdgarService(MIXED, now=datetime(2026, 1, 13, 2, 59, tzinfo=UTC)) as service:
            assert get(service.url, f"{DAILY}/form.20260112.idx").status == 403
            service.advance(timedelta(minutes=1))
            day = get(service.url, f"{DAILY}/form.20260112.idx")
            listing = get(service.url, f"{DAILY}/index.json").json["directory"]["item"]
        lines = day.text.splitlines()
        first = next(number for number, line in enumerate(lines) if line.startswith("---"))
        assert lines[first - 1] == "      Date Filed  File Name"
        assert [line[:17].strip() for line in lines[first + 1 :]] == ["10-Q", "10-Q/A", "4", "4"]
        assert lines[first + 1][17:79].strip() == MINER.name
        assert lines[first + 1][79:91].strip() == MINER.cik
        assert lines[first + 1][91:103].strip() == "20260112"
        assert lines[first + 1][103:].strip() == f"edgar/data/{MINER.cik}/{MIXED[0].accession}.txt"
        assert listing[-1]["name"] == "form.20260112.idx"

    @pytest.mark.parametrize(
        "path",
        [
            "/Archives/edgar/full-index/2099/QTR1/form.gz",
            "/Archives/edgar/full-index/0001/QTR1/form.gz",
            f"{FULL}/nothing.idx",
            f"{DAILY}/form.20260111.idx",  # a Sunday
            f"{DAILY}/form.20260230.idx",
        ],
    )
    def test_an_index_that_is_not_there_is_denied(self, path: str) -> None:
        with EdgarService(MIXED, now=LAST) as service:
            assert get(service.url, path).status == 403


def entries(got: Got) -> list[ElementTree.Element]:
    return ElementTree.fromstring(got.body).findall(f"{ATOM}entry")


def accessions(got: Got) -> list[str]:
    return [(entry.findtext(f"{ATOM}id") or "").partition("=")[2] for entry in entries(got)]


class TestFeed:
    def test_it_has_an_entry_for_each_party_newest_first(self) -> None:
        with EdgarService(MIXED, now=LAST) as service:
            got = get(service.url, FEED)
        assert b'encoding="ISO-8859-1"' in got.body
        titles = [entry.findtext(f"{ATOM}title") for entry in entries(got)]
        assert titles == [
            "SCHEDULE 13G/A - Zürich Mining & Co. (0001000002) (Filer)",
            "4 - Zürich Mining & Co. (0001000002) (Issuer)",
            "4 - Owner Jane (0001000003) (Reporting)",
            "10-Q/A - Zürich Mining & Co. (0001000002) (Filer)",
            "10-Q - Zürich Mining & Co. (0001000002) (Filer)",
        ]
        assert entries(got)[-1].findtext(f"{ATOM}updated") == "2026-01-12T10:00:00-05:00"

    def test_types_are_beginnings_of_forms(self) -> None:
        with EdgarService(MIXED, now=LAST) as service:
            assert accessions(get(service.url, f"{FEED}&type=10-Q")) == [
                MIXED[1].accession,
                MIXED[0].accession,
            ]
            assert len(entries(get(service.url, f"{FEED}&owner=exclude"))) == 3

    def test_pages_end_in_maintenance(self) -> None:
        many = other_filings(70, date(2026, 1, 12), date(2026, 1, 16))
        rows = sum(len(one.parties) for one in many)
        with EdgarService(many, now=LAST) as service:
            pages = [get(service.url, f"{FEED}&count=20&start={start}") for start in range(0, rows, 20)]
            odd = get(service.url, f"{FEED}&count=33")
            past = get(service.url, f"{FEED}&count=20&start={rows + 20}")
        assert Counter(one for got in pages for one in accessions(got)) == Counter(
            {one.accession: len(one.parties) for one in many}
        )
        assert len(entries(odd)) == 40
        assert (past.status, past.headers["connection"]) == (503, "close")

    def test_it_is_fast_misses_some_and_repeats_some(self) -> None:
        missing = (MIXED[1].accession,)
        with EdgarService(MIXED, now=MIXED[2].known, missing_from_feed=missing) as service:
            assert set(accessions(get(service.url, FEED))) == {MIXED[0].accession, MIXED[2].accession}
            service.duplicate_feed_entries = True
            assert len(entries(get(service.url, f"{FEED}&type=10-Q"))) == 2
            service.publish(filing(9, "10-Q"))
            assert len(entries(get(service.url, f"{FEED}&type=10-Q"))) == 4

    def test_it_is_empty_before_the_first(self) -> None:
        with EdgarService(MIXED, now=MIXED[0].known - HOUR) as service:
            assert entries(get(service.url, FEED)) == []


class TestSearch:
    @staticmethod
    def hits(service: EdgarService, query: str) -> list[str]:
        found = get(service.url, f"/LATEST/search-index?{query}").json["hits"]["hits"]
        return [hit["_id"] for hit in found]

    def test_it_finds_phrases_and_words_in_forms_of_filers_and_days(self) -> None:
        with EdgarService(MIXED, now=LAST) as service:
            all_of_them = self.hits(service, "q=%22leases+a+data+hall%22+number")
            assert all_of_them[-1] == f"{MIXED[0].accession}:doc1.htm"
            assert len(all_of_them) == 4
            assert self.hits(service, "q=%22data+leases%22") == []
            assert len(self.hits(service, "q=hall&forms=10-Q")) == 2
            assert len(self.hits(service, "q=hall&forms=10-Q/A")) == 1
            assert len(self.hits(service, f"q=hall&ciks={OWNER.padded}")) == 1
            assert len(self.hits(service, "q=hall&startdt=2026-01-13&enddt=2026-01-13")) == 1

    def test_a_hundred_a_page_and_no_more_than_it_counts(self) -> None:
        many: list[ServedFiling] = [filing(number, after=number * HOUR) for number in range(130)]
        with EdgarService(many, now=LAST, search_most=120) as service:
            pages = [self.hits(service, f"q=hall&from={start}") for start in (0, 100, 200)]
            total = get(service.url, "/LATEST/search-index?q=hall").json["hits"]["total"]
            few = get(service.url, "/LATEST/search-index?q=%22number+7%22").json["hits"]["total"]
        assert [len(page) for page in pages] == [100, 20, 0]
        assert total == {"value": 120, "relation": "gte"}
        assert few == {"value": 1, "relation": "eq"}
