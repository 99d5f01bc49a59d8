"""What a tagged filing says twice, and differently, is told; a sound filing is not."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from hashpivot.lines import read
from hashpivot.testing.pages import InlineDocument

QUARTER, BEFORE = ((date(year, 4, 1), date(year, 6, 30)) for year in (2025, 2024))
ROWS = (
    ("Bitcoin mining", "x:RevenueBitcoinMining", (900, 700)),
    ("Engineering", "x:RevenueEngineering", (100, 90)),
    ("Total revenue", "us-gaap:Revenues", (1_000, 790)),
    ("Cost of revenue", "us-gaap:CostOfRevenue", (400, 300)),
    ("Operating income", "us-gaap:OperatingIncomeLoss", (600, 490)),
    ("Net loss", "us-gaap:NetIncomeLoss", (-20, -30)),
)
Rows = tuple[tuple[str, str, tuple[int, int]], ...]
COVER = {
    "EntityRegistrantName": "Riot Platforms, Inc.",
    "DocumentType": "10-Q",
    "TradingSymbol": "RIOT",
    "EntityCentralIndexKey": "0001167419",
    "DocumentPeriodEndDate": "2025-06-30",
}


def page(
    periods: tuple[tuple[date, date], ...] = (QUARTER, BEFORE), end: str = "2025-06-30", rows: Rows = ROWS
) -> str:
    """A quarter and that of the year before, and the balance sheet's cash and shares."""
    document = InlineDocument(COVER | {"DocumentPeriodEndDate": end}, periods[0])
    heads = "".join(f"<td>Three Months Ended June 30, {last.year}</td>" for _, last in periods)
    lines = [f"<tr><td></td>{heads}</tr>"]
    for label, concept, amounts in rows:
        cells = "".join(
            f"<td>{'(' * (amount < 0)}{document.amount(concept, period, amount)}{')' * (amount < 0)}</td>"
            for period, amount in zip(periods, amounts, strict=True)
        )
        lines.append(f"<tr><td>{label}</td>{cells}</tr>")
    day = (None, periods[0][1])
    cash = document.amount("us-gaap:CashAndCashEquivalentsAtCarryingValue", day, 5_000)
    shares = document.count("dei:EntityCommonStockSharesOutstanding", day, 350_000_000)
    sheet = f"<table><tr><td>Cash and cash equivalents</td><td>{cash}</td></tr></table>"
    body = f"<p>Shares: {shares}</p><p>Statements of Operations</p><table>{''.join(lines)}</table>{sheet}"
    return document.write(body).decode()


def told(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "it.htm"
    path.write_text(text, encoding="utf-8")
    return [warning for warning in read(path).warnings if "attributed to no line" not in warning]


def fact(text: str, concept: str, place: int = 0) -> str:
    """The element of a concept's fact, the first column's unless `place` says another."""
    found = re.findall(rf'<ix:nonFraction name="{concept}".*?</ix:nonFraction>', text)
    return str(found[place])


def test_a_sound_filing_is_not_doubted(tmp_path: Path) -> None:
    assert told(tmp_path, page()) == []


def test_a_negative_count_of_shares_is_told(tmp_path: Path) -> None:
    text = page()
    shares = fact(text, "dei:EntityCommonStockSharesOutstanding")
    negative = text.replace(shares, shares.replace(">350", ' sign="-">350'))
    (warning,) = told(tmp_path, negative)
    assert "EntityCommonStockSharesOutstanding is negative at fact:" in warning
    assert "it is left out: -350,000,000" in warning


def test_a_hidden_cost_is_told(tmp_path: Path) -> None:
    text = page()
    cost = fact(text, "us-gaap:CostOfRevenue")
    hidden = text.replace(cost, "").replace("<ix:hidden>", f"<ix:hidden>{cost}")
    assert any(
        "CostOfRevenue is 400,000" in w and "which the page hides" in w for w in told(tmp_path, hidden)
    )


@pytest.mark.parametrize("concept", ["us-gaap:CostOfRevenue", "us-gaap:NetIncomeLoss"])
def test_a_slip_of_scale_is_told(tmp_path: Path, concept: str) -> None:
    text = page()
    one = fact(text, concept)
    slipped = text.replace(one, one.replace('scale="3"', 'scale="6"'))
    assert any("amounts of another scale than the others" in warning for warning in told(tmp_path, slipped))


def test_heads_of_another_unit_are_told(tmp_path: Path) -> None:
    text = page().replace("<tr><td></td><td>Three", "<tr><td></td><td>(in millions) Three")
    assert any("another scale than its heads say" in warning for warning in told(tmp_path, text))
    assert told(tmp_path, text.replace("(in millions)", "(in thousands)")) == []


def test_a_result_in_another_currency_is_told(tmp_path: Path) -> None:
    text = page()
    one = fact(text, "us-gaap:NetIncomeLoss")
    unit = '<xbrli:unit id="eur"><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit></ix:resources>'
    other = text.replace(one, one.replace('unitRef="u"', 'unitRef="eur"')).replace("</ix:resources>", unit)
    assert any("1 results in another unit" in warning for warning in told(tmp_path, other))


def test_a_number_without_a_value_is_told(tmp_path: Path) -> None:
    text = page()
    one = fact(text, "us-gaap:NetIncomeLoss")
    nil = text.replace(one, one.replace("<ix:nonFraction", '<ix:nonFraction xsi:nil="true"'))
    assert any("without a value that show a number: '20'" in warning for warning in told(tmp_path, nil))


def test_digits_that_the_precision_denies_are_told(tmp_path: Path) -> None:
    text = page()
    one = fact(text, "us-gaap:Revenues")
    warnings = told(tmp_path, text.replace(one, one.replace("1,000", "1.000").replace("1.000", "1.234")))
    assert any("more digits than their decimals say, the first: '1.234'" in warning for warning in warnings)


def test_parentheses_without_a_sign_are_told(tmp_path: Path) -> None:
    text = page()
    one = fact(text, "us-gaap:NetIncomeLoss")
    (warning,) = told(tmp_path, text.replace(one, one.replace(' sign="-"', "")))
    assert "NetIncomeLoss is tagged as 20,000" in warning
    assert "the page shows it in parentheses" in warning


@pytest.mark.parametrize(
    "mark",
    (
        "<sup>1</sup>",
        '<font size="1">1</font>',
        '<span style="position:relative;top:-4pt;font-size:6pt">1</span>',
        "<s>1</s>",
    ),
)
def test_raised_digits_in_a_number_are_told(tmp_path: Path, mark: str) -> None:
    text = page()
    one = fact(text, "us-gaap:CostOfRevenue")
    raised = text.replace(one, one.replace("400<", f"400{mark}<"))
    assert any("raised or struck digits in a number" in warning for warning in told(tmp_path, raised))


def test_digits_in_elements_of_their_own_are_no_doubt(tmp_path: Path) -> None:
    text = page()
    one = fact(text, "us-gaap:CostOfRevenue")
    parted = text.replace(one, one.replace("400<", "4<!-- 1 --><b>00</b><"))
    assert parted != text and not told(tmp_path, parted)


def test_comments_before_a_number_are_no_doubt(tmp_path: Path) -> None:
    text = page()
    one = fact(text, "us-gaap:NetIncomeLoss")
    assert not told(tmp_path, text.replace(one, f"<!-- ( -->{one}"))


def test_swapped_contexts_are_told(tmp_path: Path) -> None:
    text = page()
    one, other = (fact(text, "us-gaap:CostOfRevenue", place) for place in (0, 1))
    names = [re.findall(r'contextRef="(\w+)"', each)[0] for each in (one, other)]
    swapped = text.replace(one, one.replace(f'"{names[0]}"', f'"{names[1]}"'))
    swapped = swapped.replace(other, other.replace(f'"{names[1]}"', f'"{names[0]}"'))
    assert any("amounts of another period than stands over" in warning for warning in told(tmp_path, swapped))


def test_amounts_in_another_order_than_their_table_are_told(tmp_path: Path) -> None:
    text = re.sub(r"<tr><td></td>.*?</tr>", "", page())  # no heads say which period is which
    one, other = (fact(text, "us-gaap:CostOfRevenue", place) for place in (0, 1))
    names = [re.findall(r'contextRef="(\w+)"', each)[0] for each in (one, other)]
    swapped = text.replace(one, one.replace(f'"{names[0]}"', f'"{names[1]}"'))
    swapped = swapped.replace(other, other.replace(f'"{names[1]}"', f'"{names[0]}"'))
    words = "of periods in another order than those of other rows"
    assert any("CostOfRevenue" in warning and words in warning for warning in told(tmp_path, swapped))
    assert not any(words in warning for warning in told(tmp_path, text))


def test_a_count_of_shares_of_another_scale_than_the_other_class_is_told(tmp_path: Path) -> None:
    text = page()
    one = fact(text, "dei:EntityCommonStockSharesOutstanding")
    other = re.sub(r' id="[^"]*"', ' id="other"', one).replace("<ix:nonFraction", '<ix:nonFraction scale="6"')
    warnings = told(tmp_path, text.replace(one, f"{one} {other}"))
    assert any("is tagged with several scales in one table" in warning for warning in warnings)


@pytest.mark.parametrize(
    ("period", "end", "words"),
    [
        ((date(2023, 2, 5), date(2023, 5, 5)), "2023-05-05", "neither whole months nor whole weeks"),
        ((date(2025, 4, 2), date(2025, 6, 30)), "2025-06-30", "periods begin on 2024-04-01, 2025-04-02"),
        ((date(2025, 4, 1), date(2025, 6, 29)), "2025-06-30", "the latest period ends on 2025-06-29"),
        ((date(2025, 4, 1), date(2025, 6, 28)), "2025-06-28", "periods end on 2024-06-30, 2025-06-28"),
    ],
)
def test_mistaken_days_are_told(tmp_path: Path, period: tuple[date, date], end: str, words: str) -> None:
    assert any(words in warning for warning in told(tmp_path, page((period, BEFORE), end)))


@pytest.mark.parametrize(
    "periods",
    [
        ((date(2023, 4, 2), date(2023, 7, 1)), (date(2022, 4, 3), date(2022, 7, 2))),  # thirteen weeks
        ((date(2023, 1, 1), date(2023, 4, 1)), (date(2022, 1, 1), date(2022, 4, 2))),  # from New Year's Day
        ((date(2024, 1, 1), date(2024, 2, 29)), (date(2023, 1, 1), date(2023, 2, 28))),  # a leap year
    ],
)
def test_calendars_of_weeks_are_not_doubted(
    tmp_path: Path, periods: tuple[tuple[date, date], tuple[date, date]]
) -> None:
    text = re.sub(r"Three Months Ended June 30, (\d+)", r"\1", page(periods, str(periods[0][1])))
    assert not any("may be mistaken" in warning for warning in told(tmp_path, text))


def test_a_total_a_thousand_times_its_only_row_is_told(tmp_path: Path) -> None:
    rows = tuple(
        row if "Total" not in row[0] else (*row[:2], ROWS[0][2]) for row in ROWS if "Eng" not in row[0]
    )
    assert told(tmp_path, page(rows=rows)) == []
    text = page(rows=rows)
    total = fact(text, "us-gaap:Revenues")
    warnings = told(tmp_path, text.replace(total, total.replace('scale="3"', 'scale="6"')))
    assert any("'Bitcoin mining' is 900,000 USD" in w and "less than the total" in w for w in warnings)
