from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hashpivot.core import FactLocator, Locator, SentenceLocator
from hashpivot.report.shared.formats import link_to, place_in, safe_url

PAGE = "https://www.sec.gov/Archives/edgar/data/1/2/riot-20240630x10q.htm"


@pytest.mark.parametrize(
    ("url", "locator", "fragment"),
    [
        (PAGE, "fact:F_450da648-9daf", "#F_450da648-9daf"),
        (PAGE, "fact:n12", ""),
        (PAGE, "fact:n12a", "#n12a"),
        (PAGE, "fact:a+fact:b", ""),
        (PAGE, 'fact:a"onclick="x', ""),
        (PAGE, "fact:1a", ""),
        (PAGE, "table:0/row:3/col:2", ""),
        (PAGE, "p:29/s:4", ""),
        (PAGE + "#x", "fact:a", ""),
        (PAGE.replace(".htm", ".txt"), "fact:a", ""),
        (PAGE.replace("https", "http"), "fact:a", ""),
        ("https://notsec.gov/x.htm", "fact:a", ""),
        ("https://github.com/x/y.htm", "fact:a", ""),
    ],
)
def test_only_a_fact_of_its_own_in_a_filing_is_opened(url: str, locator: str, fragment: str) -> None:
    assert place_in(url, Locator.parse(locator)) == fragment


@example("0 " * 40)
@given(st.text(min_size=1, max_size=80))
def test_a_sentence_is_opened_by_its_words(excerpt: str) -> None:
    fragment = place_in(PAGE, SentenceLocator(29, 4), excerpt)
    words = "".join(c if c.isprintable() else " " for c in excerpt).split()
    ends = [words] if len(words) <= 10 else [words[:5], words[-5:]]
    assert fragment == "" if not words else fragment.startswith("#:~:text=")
    assert unquote(fragment.removeprefix("#:~:text=")) == ",".join(" ".join(end) for end in ends)
    assert "-" not in fragment.removeprefix("#:~:text=") and safe_url(PAGE + fragment)


def test_a_long_sentence_is_opened_by_its_ends() -> None:
    excerpt = " ".join(f"word{n}" for n in range(400))
    fragment = unquote(place_in(PAGE, SentenceLocator(29, 4), excerpt))
    first, last = fragment.removeprefix("#:~:text=").split(",")
    assert excerpt.startswith(first) and first.endswith("word4") and last.startswith("word2")


def test_a_link_keeps_to_the_place() -> None:
    assert link_to("10-Q", PAGE, locator=FactLocator("F_1")).url == f"{PAGE}#F_1"
    assert link_to("10-Q", "", locator=FactLocator("F_1")).url == ""
