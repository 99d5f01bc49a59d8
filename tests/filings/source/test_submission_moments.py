"""When a submission became public, and where its page stands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hashpivot.filings.source import Submission, split_submission

HEADER = """<SEC-DOCUMENT>0001104659-25-125324.txt : 20251231
<SEC-HEADER>0001104659-25-125324.hdr.sgml : 20251231
<ACCEPTANCE-DATETIME>{accepted}
ACCESSION NUMBER:\t\t0001104659-25-125324
CONFORMED SUBMISSION TYPE:\t8-K
FILED AS OF DATE:\t\t{filed}
\t\tCENTRAL INDEX KEY:\t\t\t0001167419
</SEC-HEADER>
<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<FILENAME>{main}\n<TEXT>x</TEXT>\n</DOCUMENT>
<DOCUMENT>\n<TYPE>EX-99.1\n<SEQUENCE>2\n<FILENAME>ex99-1.htm\n<TEXT>x</TEXT>\n</DOCUMENT>
"""


def submission(
    accepted: str = "20251230192824", filed: str = "20251231", main: str = "a8-k.htm"
) -> Submission:
    return split_submission(HEADER.format(accepted=accepted, filed=filed, main=main).encode())


@pytest.mark.parametrize(
    ("accepted", "filed", "public"),
    [
        ("20251230163258", "20251230", datetime(2025, 12, 30, 21, 32, 58, tzinfo=UTC)),  # winter: UTC-5
        ("20250808163258", "20250808", datetime(2025, 8, 8, 20, 32, 58, tzinfo=UTC)),  # summer: UTC-4
        ("20251230192824", "20251231", datetime(2025, 12, 31, 11, 0, tzinfo=UTC)),  # next morning at six
        ("20260306180000", "20260309", datetime(2026, 3, 9, 10, 0, tzinfo=UTC)),  # over the change to summer
        ("20251230199999", "20251231", None),
        ("", "20251231", None),
    ],
)
def test_the_moment_is_that_of_the_header(accepted: str, filed: str, public: datetime | None) -> None:
    assert submission(accepted, filed).public == public


def test_a_header_without_a_day_of_filing_gives_the_moment_of_acceptance() -> None:
    one = submission("20251230163258", "")
    assert one.public == one.accepted == datetime(2025, 12, 30, 21, 32, 58, tzinfo=UTC)


def test_its_page_is_the_main_document_or_the_exhibit() -> None:
    folder = "https://www.sec.gov/Archives/edgar/data/1167419/000110465925125324/"
    assert submission().page_url(exhibit=False) == f"{folder}a8-k.htm"
    assert submission().page_url(exhibit=True) == f"{folder}ex99-1.htm"


@pytest.mark.parametrize("main", ["../../x.htm", 'a"onclick=.htm', "a b.htm", "x.pdf", ""])
def test_a_name_that_is_not_plain_makes_no_address(main: str) -> None:
    assert submission(main=main).page_url(exhibit=False).endswith("/ex99-1.htm")
