"""Every feature once, in hand-written documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hashpivot.core import InvalidInput, UnreadableFile
from hashpivot.filings import Fact, Filing, read_filing, split_submission


@pytest.fixture(scope="module")
def inline(small: Path) -> Filing:
    return read_filing(small / "small.htm")


def one(filing: Filing, locator: str) -> Fact:
    return filing.fact(f"fact:{locator}")


def test_nothing_is_wrong_with_a_sound_document(inline: Filing) -> None:
    assert inline.warnings == []
    assert len(inline.facts) == 11
    assert len(inline.texts) == 10


def test_numbers(inline: Filing) -> None:
    wanted = {"m": "1234000", "loss": "-56500", "total": "2000500", "cash": "0", "due": "12"}
    wanted |= {"outer": "0.25", "inner": "0.25", "third": "0.25"}
    assert {key: one(inline, key).value for key in wanted} == {k: Decimal(v) for k, v in wanted.items()}
    assert str(one(inline, "m").value) == "1234000"


def test_numbers_without_an_id_are_located_by_their_ordinal(inline: Filing) -> None:
    mined = next(fact for fact in inline.facts if fact.concept == "mine:BitcoinMined")
    assert mined.value == Decimal("1234.56")
    assert str(mined.locator) == "fact:n14"
    assert inline.fact(mined.locator) is mined
    sites = next(fact for fact in inline.facts if fact.concept == "mine:Sites")
    assert sites.value == 25


def test_every_locator_leads_back(inline: Filing) -> None:
    every = [*inline.facts, *inline.texts]
    assert len({fact.locator for fact in every}) == len(every)
    assert all(inline.fact(fact.locator) is fact for fact in every)
    with pytest.raises(InvalidInput, match="no fact"):
        inline.fact("fact:nowhere")


def test_prefixes_are_chosen_by_namespace(inline: Filing) -> None:
    assert one(inline, "total").concept == "us-gaap:Revenues"
    assert one(inline, "third").concept == "mine:Share"


def test_contexts(inline: Filing) -> None:
    mining = one(inline, "m").context
    assert mining.entity == "1234"
    assert (mining.start, mining.end) == (date(2024, 1, 1), date(2024, 6, 30))
    assert mining.dims == (("srt:ProductOrServiceAxis", "mine:MiningMember"),)
    typed = next(fact for fact in inline.facts if fact.concept == "mine:Sites").context
    assert (typed.start, typed.end) == (None, date(2024, 6, 30))
    assert typed.dims == (("mine:SiteAxis", "Site No. 7"),)


def test_units_and_decimals(inline: Filing) -> None:
    assert {one(inline, key).unit for key in ("m", "outer", "third")} == {"USD", "USD/shares", "pure"}
    assert next(fact.unit for fact in inline.facts if fact.concept == "mine:BitcoinMined") == "BTC"
    assert [one(inline, key).decimals for key in ("m", "due", "inner")] == [-3, None, 2]


def test_nil_and_hidden(inline: Filing) -> None:
    goodwill = one(inline, "h3")
    assert (goodwill.value, goodwill.nil, goodwill.hidden) == (None, True, True)
    assert not one(inline, "m").hidden
    assert [str(fact.locator) for fact in inline.texts if fact.hidden] == ["fact:h1", "fact:h2"]


def test_cover(inline: Filing) -> None:
    assert inline.cover["AmendmentFlag"] == "false"
    assert inline.cover["CurrentFiscalYearEndDate"] == "--12-31"
    assert inline.cover["IcfrAuditorAttestationFlag"] == "true"
    assert (inline.form, inline.cik, inline.ticker) == ("10-Q", "1234", "EXMN")
    assert (inline.company_name, inline.period_end) == ("Example Mining Inc.", date(2024, 6, 30))
    assert (inline.accession, inline.filed) == ("", None)


def test_texts(inline: Filing) -> None:
    assert one(inline, "policy").text == "Revenue is recognised when bitcoin arrives."
    assert one(inline, "term").text == "P2Y3M"
    assert one(inline, "policy").value is None
    assert one(inline, "policy").unit == ""


def test_labels(inline: Filing) -> None:
    wanted = {"m": "Bitcoin mining", "loss": "Loss", "total": "Total revenue", "cash": "Total revenue"}
    wanted |= {"due": "2025", "outer": ""}
    assert {key: one(inline, key).label for key in wanted} == wanted


def test_places_and_headers(inline: Filing) -> None:
    assert [(f.table, f.row, f.column) for f in (one(inline, "m"), one(inline, "cash"))] == [
        (0, 2, 2),
        (0, 5, 5),
    ]
    assert one(inline, "m").column_header == "Six months ended June 30, 2024"
    assert one(inline, "cash").column_header == "As of June 30, 2024"
    outside = one(inline, "inner")
    assert (outside.table, outside.row, outside.column, outside.column_header) == (-1, -1, -1, "")


def test_instance(small: Path) -> None:
    filing = read_filing(small / "small.xml")
    values = {fact.concept: fact.value for fact in filing.facts}
    assert values == {
        "us-gaap:Revenues": Decimal(1234000),
        "us-gaap:NetIncomeLoss": Decimal(-12345),
        "us-gaap:Goodwill": None,
        "mine:Ratio": Decimal("0.375"),
    }
    assert [fact.decimals for fact in filing.facts] == [-3, -1, None, None]
    assert filing.fact("fact:r").end == date(2023, 12, 31)
    assert filing.fact("fact:n4").context.end == date.max
    assert (filing.form, filing.period_end, filing.cik) == ("10-K", date(2023, 12, 31), "1234")
    assert [(f.label, f.table, f.hidden) for f in filing.facts] == [("", -1, False)] * 4
    assert len(filing.warnings) == 1
    assert "tuples" in filing.warnings[0]


def test_submission(small: Path) -> None:
    submission = split_submission((small / "small.txt").read_bytes())
    assert (submission.accession, submission.form, submission.cik) == ("0000001234-24-000007", "10-Q", "1234")
    assert (submission.filed, submission.period) == (date(2024, 8, 1), date(2024, 6, 30))
    assert submission.company == "Example Mining Inc."
    assert [(d.type, d.sequence, d.filename) for d in submission.documents] == [
        ("EX-99.1", 2, "release.htm"),
        ("EX-101.INS", 3, "mine.xml"),
        ("GRAPHIC", 4, "dot.bin"),
    ]
    assert submission.documents[0].description == "RELEASE"
    assert submission.documents[1].body.startswith(b"<?xml")
    assert submission.documents[2].body == b"hello"


def test_a_filing_from_a_submission(small: Path) -> None:
    filing = read_filing(small / "small.txt")
    assert [fact.value for fact in filing.facts] == [Decimal(42)]
    assert (filing.form, filing.accession, filing.filed) == ("10-Q", "0000001234-24-000007", date(2024, 8, 1))
    assert (filing.company_name, filing.cik, filing.period_end) == (
        "Example Mining Inc.",
        "1234",
        date(2024, 6, 30),
    )
    assert filing.submission is not None


def test_several_pages_of_a_submission_are_one_filing(
    page: Callable[..., bytes], number: Callable[..., str]
) -> None:
    first = page(
        number("1", id="a") + '<ix:nonNumeric name="dei:N" contextRef="c" continuedAt="k">x</ix:nonNumeric>'
    )
    second = page(
        number("2") + "<table><tr><td>Row</td><td>" + number("3", contextRef="c") + "</td></tr></table>"
        '<ix:continuation id="k">y</ix:continuation>',
        resources="",
    )
    text = b"".join(
        b"<DOCUMENT>\n<TYPE>10-K\n<TEXT>\n<XBRL>\n%s\n</XBRL>\n</TEXT>\n</DOCUMENT>\n" % p
        for p in (first, second)
    )
    filing = read_filing("sub.txt", data=text)
    assert [fact.value for fact in filing.facts] == [1, 2, 3]
    assert filing.texts[0].text == "x y"
    assert (filing.facts[2].label, filing.facts[2].table) == ("Row", 0)


def test_no_submission() -> None:
    with pytest.raises(UnreadableFile, match="not an EDGAR"):
        split_submission(b"hello")
