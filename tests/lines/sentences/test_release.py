"""Results in sentences beside tables, alone, and where none may be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import hashpivot as hp
from hashpivot.core import Line, SentenceLocator, UnreadableFiling
from hashpivot.filings import read_prose
from hashpivot.lines import Reading, read
from hashpivot.lines.sentences import sentence_results

Reader = Callable[..., Reading]
TITLE = "<h1>Acme Announces Third Quarter 2025 Results</h1>"
REVENUE = "<p>Total revenue was $12.3 million.</p>"
STATEMENT = (
    "<p>Condensed Consolidated Statements of Operations (in thousands)</p><table>"
    "<tr><td></td><td>Three Months Ended September 30, 2025</td></tr>"
    "<tr><td>Bitcoin mining revenue</td><td>9,000</td></tr><tr><td>Hosting revenue</td><td>3,345</td></tr>"
    "<tr><td>Total revenue</td><td>12,345</td></tr><tr><td>Net loss</td><td>(2,111)</td></tr></table>"
)
Q3 = (date(2025, 7, 1), date(2025, 9, 30))


def bullet(text: str) -> str:
    return f"<table><tr><td>&#9679;</td><td>{text}</td></tr></table>"


def measures(reading: Reading) -> dict[str, Decimal]:
    return {found.measure.name: found.value for found in reading.reported}


def test_a_release_without_tables_is_read_by_its_sentences(reader: Reader) -> None:
    reading = reader(
        TITLE,
        bullet("Total revenue was $12.3 million, compared to $9.2 million in the prior year’s quarter."),
        bullet("Bitcoin mining revenue was $9.0 million."),
        bullet("Hosting revenue was $3.3 million."),
        bullet("Net loss was $2.1 million."),
    )
    now, then = reading.periods
    assert (now.start, now.end) == Q3 and now.revenue.ties
    assert now.revenue.by_line() == {Line.SELF_MINING: Decimal("9.0e6"), Line.HOSTING: Decimal("3.3e6")}
    assert then.total_revenue == Decimal("9.2e6") and not then.revenue.ties
    assert measures(reading) == {"net_income": Decimal("-2.1e6")}
    total = next(figure for figure in reading.figures() if figure.measure == "total_revenue")
    assert (total.locator, total.decimals) == (SentenceLocator(2, 1), -5)
    assert total.note == "stated in a sentence"


def test_a_total_alone_is_not_taken_for_mining(reader: Reader) -> None:
    reading = reader(
        TITLE, bullet("Total revenue was $12.3 million."), bullet("We mined 204 bitcoin in the quarter.")
    )
    assert not reading.periods[0].revenue.rows and measures(reading)["bitcoin_mined"] == 204


def test_what_does_not_add_up_is_said(reader: Reader) -> None:
    reading = reader(
        TITLE, bullet("Total revenue was $12.3 million."), bullet("Bitcoin mining revenue was $3.3 million.")
    )
    assert not reading.periods[0].revenue.ties
    assert any("9,000,000 USD is attributed to no line" in text for text in reading.warnings)


def test_a_table_counts_before_a_sentence_and_is_checked_by_it(reader: Reader) -> None:
    said = bullet("Total revenue was $12.3 million."), bullet("Adjusted EBITDA was $1.5 million.")
    reading = reader(TITLE, *said, STATEMENT)
    (period,) = reading.periods
    assert period.total_revenue == 12_345_000 and measures(reading)["adjusted_ebitda"] == 1_500_000
    assert not [text for text in reading.warnings if "sentence" in text]
    wrong = bullet("Total revenue was $13.2 million."), bullet("Net loss was $2.4 million.")
    reading = reader(TITLE, *wrong, STATEMENT)
    assert reading.periods[0].total_revenue == 12_345_000 and measures(reading)["net_income"] == -2_111_000
    assert (
        len([text for text in reading.warnings if "a sentence says" in text and "which is used" in text]) == 2
    )


def test_a_line_in_a_sentence_is_not_added_to_a_statement(reader: Reader) -> None:
    reading = reader(TITLE, bullet("Cloud services revenue was $1.0 million."), STATEMENT)
    assert set(reading.periods[0].revenue.by_line()) == {Line.SELF_MINING, Line.HOSTING}


def test_sentences_that_contradict_one_another_are_not_read(reader: Reader) -> None:
    reading = reader(
        TITLE,
        bullet("Total revenue was $12.3 million."),
        bullet("Total revenue for the third quarter of 2025 was $12.9 million."),
        bullet("Net loss was $2.1 million."),
    )
    assert not reading.periods and measures(reading) == {"net_income": Decimal("-2.1e6")}
    assert any("sentences on one number differ" in text for text in reading.warnings)


def test_of_two_roundings_the_finer_is_read(reader: Reader) -> None:
    reading = reader(
        TITLE,
        bullet("Total revenue was $12 million."),
        bullet("Total revenue for the third quarter of 2025 was $12.34 million."),
    )
    assert reading.periods[0].total_revenue == 12_340_000


@pytest.mark.parametrize(
    "parts",
    [
        (TITLE.replace("Third", "Preliminary Third"), REVENUE),
        (TITLE, "<h2>Guidance</h2>", REVENUE),
        (TITLE, "<h2>Hosting segment</h2>", "<p>Revenue was $12.3 million.</p>"),
        (TITLE, "<p>“We did well. Total revenue was $12.3 million. We are proud,” said Jane Doe.</p>"),
        (TITLE.replace("Quarter", "Quarter and Nine Months"), REVENUE),
        (TITLE, "<p>Hosting went well. Revenue was $12.3 million.</p>"),
        (TITLE, "<h2>October 2025 Production Update</h2>", "<p>We mined 204 bitcoin.</p>"),
        (TITLE, "<p>All amounts are in Canadian dollars.</p>", REVENUE),
    ],
    ids=["preliminary", "guidance", "segment", "quote", "two periods", "sequel", "month", "other dollars"],
)  # fmt: skip
def test_what_is_not_certain_is_not_read(reader: Reader, parts: tuple[str, ...]) -> None:
    with pytest.raises(UnreadableFiling, match="nor results in sentences"):
        reader(*parts)


def test_a_transcript_is_no_release(tmp_path: Path) -> None:
    (tmp_path / "call.txt").write_text(
        "Jane Doe: Total revenue for the third quarter of 2025 was $12.3 million."
    )
    with pytest.raises(UnreadableFiling):
        read(tmp_path / "call.txt")


def test_a_prospectus_repeats_what_was_released_before(tmp_path: Path) -> None:
    form = "<SEC-DOCUMENT>\n<SEC-HEADER>\nCONFORMED SUBMISSION TYPE: {0}\nFILED AS OF DATE: 20251112\n"
    form += "</SEC-HEADER>\n"
    body = (
        "<DOCUMENT>\n<TYPE>{0}\n<TEXT>\n<html><body>"
        + TITLE
        + "<p>Total revenue was $12.3 million.</p></body></html>"
    )
    path = tmp_path / "filing.txt"
    path.write_text((form + body + "\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n").format("8-K"))
    assert read(path).periods[0].total_revenue == 12_300_000
    path.write_text((form + body + "\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n").format("424B5"))
    with pytest.raises(UnreadableFiling):
        read(path)


def test_a_period_that_had_not_ended_is_no_result(tmp_path: Path) -> None:
    prose = read_prose("page.htm", data=f"{TITLE}<p>Total revenue was $12.3 million.</p>".encode())
    assert sentence_results(prose, filed=date(2025, 11, 12), calendar=None).facts
    assert not sentence_results(prose, filed=date(2025, 9, 12), calendar=None).facts


def test_the_text_itself_dates_fiscal_quarters(reader: Reader) -> None:
    reading = reader(
        "<h1>Acme Announces Results for the Third Quarter of Fiscal 2025</h1>",
        "<p>Total revenue was $12.3 million.</p>",
        "<p>See our report for the fiscal years ended March 31, 2024 and 2023.</p>",
    )
    (period,) = reading.periods
    assert (period.start, period.end) == (date(2024, 10, 1), date(2024, 12, 31))


def test_a_stored_figure_leads_back_to_its_sentence(tmp_path: Path) -> None:
    page = tmp_path / "release.htm"
    page.write_text(f"<html><body>{TITLE}<p>Total revenue was $12.3 million.</p></body></html>")
    reading = read(page, filed=date(2025, 11, 12))
    (figure,) = (figure for figure in reading.figures() if figure.measure == "total_revenue")
    assert "$12.3 million" in read_prose(page).sentence(figure.locator).text


PIECES = """total|revenue|was|$12.3|million|net loss|of|and|for|the|third quarter of 2025|,|compared to
$9 million|in|same period last year|respectively|three months ended September 30, 2025|from|bitcoin mining
up 3%|(|)|$(|-|RMB|“|”|612 BTC|we|held|as of|per|share|cash and cash equivalents|;|prior-year|$1,2,3|20255"""
WORDS = st.sampled_from(PIECES.replace("\n", "|").split("|"))


@settings(max_examples=300, deadline=2000)
@given(st.lists(WORDS, max_size=60))
def test_any_words_give_results_or_none(words: list[str]) -> None:
    prose = read_prose("page.htm", data=f"{TITLE}<p>x {' '.join(words)}</p>".encode())
    for fact in sentence_results(prose, filed=date(2025, 11, 12), calendar=None).facts:
        assert fact.value.is_finite() and fact.end <= date(2025, 11, 12)


AMOUNT = st.integers(1, 99_999)


@settings(max_examples=60, deadline=2000)
@given(AMOUNT, AMOUNT, st.integers(0, 3))
@example(1, 5000, 0)
def test_an_amount_keeps_its_digits(now: int, then: int, places: int) -> None:
    amounts = [Decimal(value).scaleb(-places) for value in (now, then)]
    text = "Total revenue was ${0:,f} million, compared to ${1:,f} million in the third quarter of 2024."
    prose = read_prose("page.htm", data=f"{TITLE}<p>{text.format(*amounts)}</p>".encode())
    facts = sentence_results(prose, filed=date(2025, 11, 12), calendar=None).facts
    assert [(fact.value, fact.decimals) for fact in facts] == [
        (value * 10**6, places - 6) for value in amounts
    ]


def test_the_shared_case_is_read(shared: Path) -> None:
    folder = shared.parent / "cases" / "reader"
    name = "r9_results_in_sentences.htm"
    if not (folder / name).is_file():
        pytest.skip("needs ../shared/cases/reader, which is not there")
    right = json.loads((folder / "expected.json").read_text(encoding="utf-8"))[name]["total_revenue_rounded"]
    found = {f"{p.start}..{p.end}": p.total_revenue for p in hp.read(folder / name).periods}
    assert found == right


def test_a_real_release_says_in_sentences_what_its_tables_show(shared: Path) -> None:
    (path,) = shared.glob("filings/submissions/CORZ_8K_2025Q3_*")
    corz = hp.Companies.load()["CORZ"]
    said = sentence_results(
        read_prose(path), filed=date(2025, 10, 24), calendar=corz.calendar, names=corz.names
    )
    assert len(said.facts) == 12 and not said.warnings
    assert not [text for text in read(path).warnings if "sentence" in text]


@pytest.mark.parametrize("name", ["BTBT_8K*", "BTBT_424*", "BTDR*", "CLSK*", "CORZ_8K_2025-10-30*", "RIOT*"])
def test_nothing_is_read_from_real_filings_without_results(shared: Path, name: str) -> None:
    paths = sorted(shared.glob(f"filings/submissions/{name}"))
    assert paths and not [figure for path in paths for figure in read(path).figures()]
