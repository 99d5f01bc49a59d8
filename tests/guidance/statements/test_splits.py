"""Stock splits in made-up sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hashpivot.core import Source
from hashpivot.filings import read_prose
from hashpivot.guidance import Disclosures, SplitMention, find_splits, split_of, statement_remarks


def found(*texts: str) -> list[SplitMention]:
    body = "".join(f"<p>{text}</p>" for text in ("Begin.", *texts))
    return find_splits(read_prose("made-up.htm", data=f"<html><body>{body}</body></html>".encode()))


@pytest.mark.parametrize(
    ("text", "ratio", "day"),
    [
        ("On January 15, 2025, we effected a 1-for-10 reverse stock split.", "0.1", "2025-01-15"),
        ("A one-for-twenty (1-for-20) reverse split became effective March 3, 2024.", "0.05", "2024-03-03"),
        ("The four-for-one forward stock split was effective on June 1, 2024.", "4", "2024-06-01"),
        ("All share amounts are retroactively adjusted for the 2:1 stock split.", "2", None),
        ("A 1:25 share consolidation was effected on May 2, 2023.", "0.04", "2023-05-02"),
        ("The 10-for-1 reverse stock split was completed on May 2, 2023.", "0.1", "2023-05-02"),
    ],
)  # fmt: skip
def test_splits_that_happened(text: str, ratio: str, day: str | None) -> None:
    (split,) = found(text)
    assert (split.ratio, split.day) == (Decimal(ratio), date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    "text",
    [
        "Our stockholders approved a proposal that may effect a reverse stock split of 1-for-10.",
        "The board intends to propose a 1-for-5 reverse stock split, to be effected next year.",
        "We effected a stock split last year.",
        "The warrants were adjusted for one-for-one exchanges of common stock.",
    ],
)
def test_what_may_come_and_what_is_none(text: str) -> None:
    assert found(text) == []


def test_the_sentence_with_the_day_counts_and_the_remark_leads_back() -> None:
    (split,) = found(
        "All amounts give effect to the 1-for-10 reverse stock split.",
        "The 1-for-10 reverse stock split was effected on January 15, 2025.",
    )
    assert split.day == date(2025, 1, 15)
    source = Source("s", "TEST", "10-Q", date(2025, 5, 1), "filed", "A")
    _, remark = statement_remarks(Disclosures(splits=(split,)), source)
    assert remark.kind == "split" and split_of(remark) == split
