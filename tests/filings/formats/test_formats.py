"""Transformations: what is shown, and what it means."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hashpivot.filings import read_filing
from hashpivot.filings.formats import (
    NUMBER_FORMATS,
    Reader,
    displayed_number,
    doubt,
    ordinary_number,
    plain_number,
)

Page = Callable[..., bytes]
Number = Callable[..., str]

NUMBERS = [
    ("ixt:num-dot-decimal", "1,234.50", "1234.50"),
    ("ixt:num-dot-decimal", "1\u00a0234.5", "1234.5"),
    ("ixt:num-dot-decimal", ".5", "0.5"),
    ("ixt:num-dot-decimal", "12,34,567", "1234567"),
    ("ixt3:numdotdecimal", "55,764", "55764"),
    ("ixt1:numcommadot", "1,234.5", "1234.5"),
    ("ixt5:num-dot-decimal-apos", "1'234.5", "1234.5"),
    ("ixt:num-comma-decimal", "1.234,5", "1234.5"),
    ("ixt1:numspacecomma", "1 234,5", "1234.5"),
    ("ixt:num-unit-decimal", "5 dollars 25 cents", "5.25"),
    ("ixt:num-unit-decimal", "1,005 dollars 5 cents", "1005.05"),
    ("ixt:fixed-zero", "—", "0"),
    ("ixt1:numdash", "-", "0"),
    ("ixt3:zerodash", "–", "0"),
    ("ixt-sec:numwordsen", "no", "0"),
    ("ixt-sec:numwordsen", "None", "0"),
    ("ixt-sec:numwordsen", "Twenty-five", "25"),
    ("ixt-sec:numwordsen", "one hundred and five", "105"),
    ("ixt-sec:numwordsen", "two million three hundred thousand", "2300000"),
    ("", "-12.5", "-12.5"),
]
TEXTS = [
    ("ixt:date-monthname-day-year-en", "June 30, 2024", "2024-06-30"),
    ("ixt3:datemonthdayyearen", "Sept. 5, 2024", "2024-09-05"),
    ("ixt:date-day-monthname-year-en", "30th of June 2024", "2024-06-30"),
    ("ixt:date-month-day-year", "06/30/24", "2024-06-30"),
    ("ixt1:dateslasheu", "30/06/2024", "2024-06-30"),
    ("ixt:date-year-month-day", "2024.6.30", "2024-06-30"),
    ("ixt:date-monthname-day-en", "December 31", "--12-31"),
    ("ixt:date-month-day", "09/30", "--09-30"),
    ("ixt:date-monthname-year-en", "March 2025", "2025-03"),
    ("ixt-sec:datequarterend", "second quarter of 2024", "2024-06-30"),
    ("ixt-sec:duryear", "4", "P4Y"),
    ("ixt-sec:duryear", "2.5", "P2Y6M"),
    ("ixt-sec:durmonth", "18", "P18M"),
    ("ixt-sec:durweek", "3", "P21D"),
    ("ixt-sec:durday", "90", "P90D"),
    ("ixt-sec:durhour", "36", "PT36H"),
    ("ixt-sec:durwordsen", "three-year", "P3Y"),
    ("ixt-sec:durwordsen", "18 months", "P18M"),
    ("ixt-sec:durwordsen", "one year and six months", "P1Y6M"),
    ("ixt-sec:boolballotbox", "☐", "false"),
    ("ixt-sec:boolballotbox", "☑", "true"),
    ("ixt3:booleantrue", "anything", "true"),
    ("ixt:fixed-empty", "x", ""),
    ("ixt-sec:exchnameen", "The Nasdaq Stock Market LLC", "NASDAQ"),
    ("ixt-sec:numwordsen", "three", "3"),
]


@pytest.mark.parametrize(("form", "shown", "value"), NUMBERS)
def test_numbers(page: Page, number: Number, form: str, shown: str, value: str) -> None:
    fact = read_filing("n", data=page(number(shown, format=form))).facts[0]
    assert fact.value == Decimal(value)
    assert fact.text == shown.replace("\u00a0", " ")


@pytest.mark.parametrize(("form", "shown", "value"), TEXTS)
def test_texts(page: Page, form: str, shown: str, value: str) -> None:
    body = f'<ix:nonNumeric name="dei:T" contextRef="c" format="{form}">{shown}</ix:nonNumeric>'
    filing = read_filing("t", data=page(body))
    assert filing.warnings == []
    assert filing.texts[0].text == value


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("ixt:date-month-day-year", "02/30/2024"),
        ("ixt:date-monthname-day-en", "june 3"),
        ("ixt-sec:durwordsen", "for ever"),
        ("ixt-sec:boolballotbox", "yes"),
        ("ixt-sec:duryear", "1e9"),
        ("ixt-sec:datequarterend", "next year"),
    ],
)
def test_texts_that_do_not_fit_are_left_out(page: Page, form: str, shown: str) -> None:
    keep = '<ix:nonNumeric name="dei:K" contextRef="c">kept</ix:nonNumeric>'
    body = f'<ix:nonNumeric name="dei:T" contextRef="c" format="{form}">{shown}</ix:nonNumeric>{keep}'
    filing = read_filing("t", data=page(body))
    assert [fact.text for fact in filing.texts] == ["kept"]
    assert "do not fit their format" in filing.warnings[0]


def shown_as(value: Decimal, style: str, scale: int) -> dict[str, str]:
    """Attributes and text of a number written in one style."""
    scaled = abs(value).scaleb(-scale)
    text = f"{scaled:,f}"
    if style == "ixt:num-comma-decimal":
        text = text.translate(str.maketrans(",.", ".,"))
    elif style == "":
        text = f"{scaled:f}"
    sign = "-" if value < 0 else ""
    return {"text": text, "format": style, "scale": str(scale) if scale else "", "sign": sign}


decimal = st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False, places=4)
styles = st.sampled_from(["ixt:num-dot-decimal", "ixt:num-comma-decimal", ""])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(decimal, styles, st.integers(-6, 12)), min_size=1, max_size=8))
def test_what_is_written_is_read(page: Page, number: Number, cases: list[tuple[Decimal, str, int]]) -> None:
    body = "".join(
        number(parts.pop("text"), name=f"us-gaap:C{n}", **parts)
        for n, parts in enumerate(shown_as(*case) for case in cases)
    )
    filing = read_filing("round", data=page(body))
    assert [fact.value for fact in filing.facts] == [value for value, _, _ in cases]
    assert filing.warnings == []


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"])))
def test_any_text_is_a_number_or_left_out(page: Page, number: Number, text: str) -> None:
    safe = text.replace("&", "").replace("<", "")
    filing = read_filing("any", data=page(number(safe, format="ixt:num-dot-decimal") + number("1", id="k")))
    assert filing.fact("fact:k").value == 1
    for fact in filing.facts:
        assert fact.value is not None
        assert any(digit in fact.text for digit in "0123456789")


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("ixt3:zerodash", "1,234"),
        ("ixt1:numdash", "1,234"),
        ("ixt3:numdotdecimal", "1 234,56"),
        ("ixt3:numunitdecimal", "265   2,"),
        ("ixt:num-dot-decimal", "1.234,56"),
        ("ixt:num-dot-decimal", "1\u2009234"),
        ("ixt:numdotdecimal", "1,234"),
        ("ixt3:num-dot-decimal", "1,234"),
        ("ixt:num-dot-decimal-apos", "1'234"),
        ("ixt:Num-Dot-Decimal", "1,234"),
        ("dei:num-dot-decimal", "1,234"),
    ],
)
def test_a_number_that_its_registry_rejects_is_left_out(
    page: Page, number: Number, form: str, shown: str
) -> None:
    filing = read_filing("n", data=page(number(shown, format=form) + number("7", id="kept")))
    assert [fact.value for fact in filing.facts] == [7]
    assert len(filing.warnings) == 1
    assert "left out" in filing.warnings[0]


@pytest.mark.parametrize(
    ("form", "shown", "value"),
    [
        ("ixt:fixed-zero", "1,234", 0),
        ("ixt:num-dot-decimal", "1 234,56", 123456),
        ("ixt:num-dot-decimal", "1,2345", 12345),
        ("ixt:num-comma-decimal", "1.234.5", 12345),
    ],
)
def test_a_number_that_the_page_may_not_show_is_read_with_a_warning(
    page: Page, number: Number, form: str, shown: str, value: int
) -> None:
    filing = read_filing("n", data=page(number(shown, format=form)))
    assert filing.facts[0].value == value
    assert repr(shown) in filing.warnings[0]


@pytest.mark.parametrize("shown", ["—", "0", "None", "0.00", ""])
def test_zero_that_the_page_shows_needs_no_warning(page: Page, number: Number, shown: str) -> None:
    filing = read_filing("n", data=page(number(shown, format="ixt:fixed-zero")))
    assert (filing.facts[0].value, filing.warnings) == (0, [])


@pytest.mark.parametrize("sign", ["+", "--", "−"])
def test_a_sign_that_is_no_minus_is_not_guessed(page: Page, number: Number, sign: str) -> None:
    filing = read_filing("n", data=page(number("5", sign=sign) + number("7", id="kept")))
    assert [fact.value for fact in filing.facts] == [7]


def test_a_format_reads_the_text_without_the_layout(page: Page) -> None:
    shown = "June<br/> 30, <span>20</span><!-- x --><ix:exclude>99</ix:exclude>24"
    form = "ixt:date-monthname-day-year-en"
    body = f'<ix:nonNumeric name="dei:T" contextRef="c" format="{form}">{shown}</ix:nonNumeric>'
    assert read_filing("t", data=page(body)).texts[0].text == "2024-06-30"


@given(
    text=st.from_regex(r"\A[0-9]{1,4}(,[0-9]{2,3}){0,3}([.,][0-9]{1,4})?\Z"),
    read=st.sampled_from([plain_number, *NUMBER_FORMATS.values()]),
    scale=st.sampled_from(["0", "2", "3", "6", "12", "-2", ""]),
    sign=st.sampled_from(["", "-", "+"]),
)
def test_the_short_path_gives_what_the_long_one_does(text: str, read: Reader, scale: str, sign: str) -> None:
    short = ordinary_number(text, read, scale, sign)
    if short is not None:
        long = displayed_number(text, read, int(scale), negative=sign == "-")
        assert (short.as_tuple(), "") == (long.as_tuple(), doubt(text, read))


def test_the_short_path_is_taken() -> None:
    read = NUMBER_FORMATS["http://www.xbrl.org/inlineXBRL/transformation/2022-02-16", "num-dot-decimal"]
    assert ordinary_number("1,234.5", read, "3", "-") == -1234500
    assert ordinary_number("0.05", plain_number, "0", "") == Decimal("0.05")
    assert ordinary_number("12,34", read, "0", "") is None
