"""Which of the trading symbols on a cover is the common stock's."""

from __future__ import annotations

from pathlib import Path

import pytest

from hashpivot.filings import Filing, read_filing

_HEAD = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"
 xmlns:us-gaap="http://fasb.org/us-gaap/2024" xmlns:dei="http://xbrl.sec.gov/dei/2024" xmlns:x="http://x.test/1">
<body><div style="display:none"><ix:header><ix:hidden>"""


def cover(tmp_path: Path, *classes: tuple[str, str]) -> Filing:
    """A filing whose cover gives a title and a symbol for each class of securities."""
    facts = "".join(
        f'<ix:nonNumeric contextRef="c{n}" name="dei:Security12bTitle">{title}</ix:nonNumeric>' * bool(title)
        + f'<ix:nonNumeric contextRef="c{n}" name="dei:TradingSymbol">{symbol}</ix:nonNumeric>'
        for n, (title, symbol) in enumerate(classes)
    )
    contexts = "".join(
        f'<xbrli:context id="c{n}"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">1'
        "</xbrli:identifier><xbrli:segment>"
        f'<xbrldi:explicitMember dimension="us-gaap:StatementClassOfStockAxis">x:Class{n}Member'
        "</xbrldi:explicitMember></xbrli:segment></xbrli:entity><xbrli:period>"
        "<xbrli:instant>2025-09-30</xbrli:instant></xbrli:period></xbrli:context>"
        for n in range(len(classes))
    )
    path = tmp_path / "q.htm"
    path.write_text(
        f"{_HEAD}{facts}</ix:hidden><ix:resources>{contexts}</ix:resources></ix:header></div></body></html>"
    )
    return read_filing(path)


COMMON = ("Common Stock, $0.001 par value", "GRNH")


@pytest.mark.parametrize(
    "others",
    [
        [("8.50% Senior Notes due 2026", "GRNHL")],
        [("Warrants, each whole warrant exercisable for one share of common stock", "GRNHW")],
        [("Units, each consisting of one share of Class A common stock and one warrant", "GRNHU")],
        [("9.00% Series A Preferred Stock", "GRNHP"), ("Rights", "GRNHR")],
        [("Depositary Shares, each representing 1/1000 of a share of preferred stock", "GRNHO")],
        [("Common Stock Purchase Warrants", "GRNHW")],
        [("Class B Common Shares", "GRNHB")],
    ],
)
def test_the_common_stock_is_meant_whatever_comes_first(
    tmp_path: Path, others: list[tuple[str, str]]
) -> None:
    assert cover(tmp_path, *others, COMMON).ticker == "GRNH"
    assert cover(tmp_path, COMMON, *others).ticker == "GRNH"


def test_depositary_shares_stand_for_a_company_whose_shares_are_not_listed(tmp_path: Path) -> None:
    ads = ("American Depositary Shares, each representing ten Class A ordinary shares", "ICG")
    filing = cover(tmp_path, ("Class A ordinary shares", "N/A"), ads, ("Warrants", "ICGW"))
    assert filing.ticker == "ICG" and not filing.symbol_question


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("grnh", "GRNH"), ("NYSE: GRNH", "GRNH"), ("(GRNH)", "GRNH"), ("GRN/B", "GRN.B"), ("GRN-B", "GRN.B"),
        ("GRN B", "GRN.B"), ("NA", "NA"), ("N/A", ""), ("none", ""), ("-", ""), ("—", ""),
        ("Not applicable", ""), ("0", ""), ("<b>1</b>", ""), ("pending approval", ""),
    ],
)  # fmt: skip
def test_symbols_are_written_one_way_and_placeholders_are_none(
    tmp_path: Path, written: str, symbol: str
) -> None:
    filing = cover(tmp_path, ("Ordinary shares", written))
    assert filing.ticker == symbol
    assert bool(filing.symbol_question) == (not symbol)


def test_na_without_a_class_of_shares_is_none(tmp_path: Path) -> None:
    assert cover(tmp_path, ("", "NA")).ticker == ""


def test_several_symbols_in_one_cell_are_told_apart_by_their_titles(tmp_path: Path) -> None:
    assert cover(tmp_path, ("Warrants; Common Stock", "GRNHW; GRNH")).ticker == "GRNH"


def test_where_two_may_be_it_the_question_names_them(tmp_path: Path) -> None:
    filing = cover(tmp_path, ("Common Stock", "GRNH"), ("Common Shares", "GRNK"))
    assert filing.ticker == "" and "GRNH, GRNK: which is the common stock's?" in filing.symbol_question
    same = cover(tmp_path, ("Common Stock", "GRNH"), ("Common Stock (NYSE Texas)", "GRNH"))
    assert same.ticker == "GRNH"
