"""Production updates: operating figures whatever the layout, and none that only look like them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.core import HashpivotError, UnreadableFiling
from hashpivot.lines import Reading, read
from hashpivot.testing import release_table

from .update_pages import HEAD, LAYOUTS, NOT_ALL_READ, SAID

Reader = Callable[..., Reading]
MONTHS = ("Metric", "December 2024", "November 2024")


def told(found: Reading) -> dict[tuple[str, str], str]:
    """Values by measure and month."""
    return {(f.measure, f.end.isoformat()[:7]): f.text for f in found.figures()}


def december(found: Reading) -> dict[str, str]:
    return {measure: text for (measure, month), text in told(found).items() if month == "2024-12"}


def update(reader: Reader, *rows: tuple[str, ...]) -> Reading:
    return reader(HEAD, release_table(MONTHS, *rows))


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(reader: Reader, name: str) -> None:
    found = reader(HEAD, LAYOUTS[name])
    assert told(found) == SAID and not found.warnings
    for figure in found.figures():
        assert figure.start == (
            None if "held" in figure.measure or "end" in figure.measure else figure.end.replace(day=1)
        )
    source = found.source
    assert (source.ticker, source.grade, source.known) == ("RIOT", "B", date(2025, 1, 6))
    assert found.document_period_end == date(2024, 12, 31)


@pytest.mark.parametrize("name", NOT_ALL_READ)
def test_layouts_not_wholly_read_are_not_read_wrongly(reader: Reader, name: str) -> None:
    """The limits told in docs/methods/releases.md."""
    try:
        found = told(reader(HEAD, NOT_ALL_READ[name]))
    except UnreadableFiling:
        return
    assert found.items() < SAID.items()


def test_the_page_tells_how_many_layouts_were_tried() -> None:
    page = Path(__file__).parents[3].joinpath("docs", "methods", "releases.md").read_text(encoding="utf-8")
    assert f"{len(LAYOUTS)} made-up layouts" in page and f"{len(NOT_ALL_READ)} more are" in page


def test_every_measure_in_its_own_unit(reader: Reader) -> None:
    found = update(
        reader,
        ("Bitcoin Sold", "-", "212"),
        ("Blocks Won", "137", "145"),
        ("Power Credits (in millions)", "$0.2", "$0.1"),
        ("All-in Power Cost (c/kWh)", "3.6", "3.8"),
        ("Fleet Efficiency (J/TH)", "21.2", "21.5"),
    )
    assert december(found) == {
        "bitcoin_sold": "0",
        "bitcoin_blocks_won": "137",
        "power_credits": "200000",
        "power_cost": "36",
        "fleet_efficiency": "21.2",
    }
    assert {f.measure: f.decimals for f in found.figures() if f.end.month == 12}["power_credits"] == -5


@pytest.mark.parametrize(
    ("label", "cell", "usd_per_mwh"),
    [
        ("All-in Power Cost - Total (c/kWh)", "3.6", "36"),
        ("Average power cost (cents per kWh)", "3.6", "36"),
        ("Power cost (¢/kWh)", "3.6", "36"),
        ("Power cost per kWh", "3.6¢", "36"),
        ("Power cost per kWh", "$0.036", "36"),
        ("Power cost ($/kWh)", "$0.036", "36"),
        ("Power cost", "$0.036/kWh", "36"),
        ("Power cost ($/MWh)", "36.0", "36"),
        ("Net power cost per MWh", "$36", "36"),
        ("Power cost (c/kWh)", "(0.5)", "-5"),
    ],
)
def test_power_costs(reader: Reader, label: str, cell: str, usd_per_mwh: str) -> None:
    assert december(update(reader, (label, cell, cell), ("Bitcoin Held", "1", "2"))) == {
        "power_cost": usd_per_mwh,
        "bitcoin_held": "1",
    }


@pytest.mark.parametrize(
    ("label", "cell", "usd"),
    [
        ("Power Credits (in millions)", "$5.2", "5200000"),
        ("Power Credits ($M)", "5.2", "5200000"),
        ("Power Credits", "$5.2M", "5200000"),
        ("Total Power Curtailment Credits", "$5.2 million", "5200000"),
        ("Power Credits ($ in thousands)", "5,200", "5200000"),
        ("Estimated Power Curtailment Credits", "$5,200,000", "5200000"),
        ("Power Credits (in millions)", "($5.2)", "5200000"),
    ],
)
def test_power_credits(reader: Reader, label: str, cell: str, usd: str) -> None:
    assert december(update(reader, (label, cell, cell))) == {"power_credits": usd}


def test_prose_before_the_table_is_no_unit(reader: Reader) -> None:
    prose = "<p>Power credits were $5.2 million and power cost 3.6c/kWh, at a hash rate of 31,500 PH/s.</p>"
    rows = (("Power Credits", "$5,200,000", "$1"), ("Power cost", "3,600", "1"), ("Hash rate", "31.5", "30"))
    assert december(reader(HEAD, prose, release_table(MONTHS, *rows))) == {"power_credits": "5200000"}


@pytest.mark.parametrize(
    ("label", "cell"),
    [
        ("Average Bitcoin Produced per Day", "16.6"),
        ("Bitcoin Produced - Rockdale", "300"),
        ("Bitcoin Sales - Net Proceeds", "9.0"),
        ("Bitcoin Sales (in millions)", "9.0"),
        ("Bitcoin Sold", "$9.0"),
        ("Average Net Price per Bitcoin Sold", "95,000"),
        ("Bitcoin Held - Restricted", "100"),
        ("Share of available miner rewards", "1.1"),
        ("Bitcoin Produced (%)", "4"),
        ("Bitcoin Produced", "4%"),
        ("Deployed Hash Rate - Rockdale (EH/s)", "15.7"),
        ("Hosted hash rate (EH/s)", "5"),
        ("Target hash rate (EH/s)", "50"),
        ("Total hash rate, including hosted machines (EH/s)", "50"),
        ("Electricity costs", "3,600"),
        ("Power cost - Rockdale (c/kWh)", "3.6"),
        ("Demand Response Credits (in millions)", "$0.9"),
        ("Bitcoin Held", "—"),
        ("Deployed Hash Rate (EH/s)", "—"),
        ("Average Operating Hash Rate (EH/s)", "-"),
        ("Bitcoin Held", "N/A"),
    ],
)
def test_what_only_looks_like_it(reader: Reader, label: str, cell: str) -> None:
    found = update(reader, (label, cell, cell), ("Blocks Won", "137", "145"))
    assert december(found) == {"bitcoin_blocks_won": "137"}


@pytest.mark.parametrize(
    ("label", "cell"),
    [
        ("Deployed Hash Rate", "31.5"),
        ("Fleet Efficiency", "21"),
        ("Bitcoin Produced", "(5)"),
        ("Deployed Hash Rate (EH/s and PH/s)", "31.5"),
        ("Power Cost (c/kWh)", "$0.036"),
    ],
)
def test_what_is_not_certain_is_left_out(reader: Reader, label: str, cell: str) -> None:
    found = update(reader, (label, cell, cell), ("Blocks Won", "137", "145"))
    assert december(found) == {"bitcoin_blocks_won": "137"}
    assert "kWh" in label or any("left out" in warning for warning in found.warnings)


def test_the_better_word_and_the_total_count(reader: Reader) -> None:
    found = update(
        reader,
        ("Installed Hash Rate (EH/s)", "33", "33"),
        ("Deployed/Energized Hash Rate - Total (EH/s)", "31.5", "30.8"),
        ("Hash Rate (EH/s)", "1", "1"),
        ("Energized Hash Rate (EH/s)", "15.7", "15.7"),
        ("Average Operating Hash Rate - Total (EH/s)", "26.7", "24.9"),
    )
    assert december(found) == {"hash_rate_period_end": "31.5", "hash_rate_average": "26.7"}


def test_a_site_in_the_heading_is_no_total(reader: Reader) -> None:
    found = update(
        reader,
        ("Rockdale Facility",),
        ("Deployed Hash Rate (EH/s)", "15.7", "15.7"),
        ("Corsicana Facility",),
        ("Deployed Hash Rate (EH/s)", "13.1", "12.4"),
        ("Blocks Won", "5", "6"),
    )
    assert december(found) == {} and not found.figures()


def test_what_a_number_includes_is_noted(reader: Reader) -> None:
    found = update(reader, ("Bitcoin Produced (including our share of a joint venture)", "516", "495"))
    assert {f.note for f in found.figures()} == {"including our share of a joint venture"}
    assert december(found) == {"bitcoin_mined": "516"}


def test_rows_that_mean_the_same_but_differ(reader: Reader) -> None:
    found = update(reader, ("Bitcoin Produced", "516", "495"), ("Bitcoin Mined", "510", "495"))
    assert told(found) == {("bitcoin_mined", "2024-11"): "495"}
    assert any("none is read" in warning for warning in found.warnings)


def test_a_month_given_twice(reader: Reader) -> None:
    rows = (("Bitcoin Produced", "516", "517", "495"),)
    same = reader(HEAD, release_table(("", "December 2024", "December 2024", "November 2024"), *rows))
    assert december(same) == {"bitcoin_mined": "516"}
    assert any("the first is used" in warning for warning in same.warnings)
    other = reader(HEAD, release_table(("", "December 2024", "Dec-24", "November 2024"), *rows))
    assert told(other) == {("bitcoin_mined", "2024-11"): "495"}
    assert any("cannot be told apart" in warning for warning in other.warnings)
    down = (("Month", "BTC mined"), ("2024-12", "516"), ("Dec-24", "517"), ("2024-11", "495"))
    rows_twice = reader(HEAD, release_table(*down))
    assert told(rows_twice) == {("bitcoin_mined", "2024-11"): "495"}
    assert any("cannot be told apart" in warning for warning in rows_twice.warnings)


def test_a_later_table_that_disagrees(reader: Reader) -> None:
    found = reader(
        HEAD,
        release_table(MONTHS, ("Bitcoin Produced", "516", "495")),
        release_table(MONTHS, ("BTC mined", "500", "495")),
    )
    assert december(found) == {"bitcoin_mined": "516"}
    assert any("500" in warning and "which is used" in warning for warning in found.warnings)


def test_a_hash_rate_of_zero_is_read_and_said(reader: Reader) -> None:
    found = update(reader, ("Deployed Hash Rate (EH/s)", "0.0", "30.8"))
    assert december(found) == {"hash_rate_period_end": "0"}
    assert any("is zero" in warning for warning in found.warnings)


def test_months_to_come_are_no_results(reader: Reader) -> None:
    months = ("", "December 2024", "January 2025", "February 2025")
    found = reader(
        HEAD, release_table(months, ("Bitcoin Produced", "516", "400", "-"), ("Bitcoin Sold", "-", "-", "-"))
    )
    assert told(found) == {("bitcoin_mined", "2024-12"): "516", ("bitcoin_sold", "2024-12"): "0"}
    assert found.document_period_end == date(2024, 12, 31)


def test_a_column_of_dashes_says_nothing(reader: Reader) -> None:
    found = update(reader, ("Bitcoin Produced", "516", "-"), ("Bitcoin Sold", "-", "-"))
    assert told(found) == {("bitcoin_mined", "2024-12"): "516", ("bitcoin_sold", "2024-12"): "0"}


def test_only_percentages(reader: Reader) -> None:
    assert not update(reader, ("Bitcoin Produced", "4%", "3%")).figures()
    with pytest.raises(UnreadableFiling):
        reader(HEAD, release_table(("Metric", "Month/Month", "Year/Year"), ("Bitcoin Produced", "4%", "3%")))


def test_an_unknown_company(reader: Reader) -> None:
    head = HEAD.replace("Riot Platforms", "Example Mining").replace("RIOT", "XYZQ")
    found = reader(head, LAYOUTS["plain"])
    assert told(found) == SAID and found.source.ticker == "XYZQ"
    assert any("not in the table of companies" in warning for warning in found.warnings)


def test_hostile_markup(reader: Reader) -> None:
    row = ("<script>alert(1)</script>Bitcoin Produced<img src=x onerror=y>", "516", "<b>4</b>95")
    found = update(
        reader, row, ("Bitcoin Held" + "(" * 50_000, "1", "2"), ("Bitcoin Sold" + " and" * 20_000, "1")
    )
    assert december(found) == {"bitcoin_mined": "516"}


def test_a_quarterly_update(reader: Reader) -> None:
    found = reader(HEAD, release_table(("", "Q4 2024", "Q3 2024"), ("Bitcoin Produced", "1,516", "1,104")))
    assert [(f.start, f.end, f.text) for f in found.figures()] == [
        (date(2024, 10, 1), date(2024, 12, 31), "1516"),
        (date(2024, 7, 1), date(2024, 9, 30), "1104"),
    ]


_WORDS = (
    *("December 2024", "Nov-24", "2024-12", "2024", "2:2024", "Month ended", "Total", "", "N/A", "(1)"),
    *("Bitcoin Produced", "Hash rate (EH/s)", "Blocks Won", "Power cost ($/kWh)"),
    *("516", "31.5", "4%", "-", "$5.2M", "3.6¢"),
)
_CELLS = st.sampled_from(_WORDS) | st.text(st.characters(codec="utf-8", exclude_characters="<&"), max_size=8)


@given(st.lists(st.lists(_CELLS, min_size=1, max_size=6), min_size=1, max_size=8))
@settings(max_examples=150, deadline=2000)
def test_any_table_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("update") / "release.htm"
    path.write_text(f"<html><body>{HEAD}{release_table(*rows)}</body></html>", encoding="utf-8")
    try:
        figures = read(path).figures()
    except HashpivotError:
        return
    assert len({(f.measure, f.start, f.end) for f in figures}) == len(figures)
    assert all(f.end <= date(2025, 1, 6) and str(f.locator).startswith("table:0/row:") for f in figures)


@given(
    produced=st.integers(1, 99_999),
    held=st.integers(1, 999_999),
    tenths=st.integers(1, 9_999),
    down=st.booleans(),
)
@settings(max_examples=60, deadline=2000)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, produced: int, held: int, tenths: int, down: bool
) -> None:
    labels = ("Bitcoin Produced", "Bitcoin Held", "Average Operating Hash Rate (EH/s)")
    shown = (f"{produced:,}", f"{held:,}", f"{tenths / 10:.1f}")
    across = [("", "December 2024"), *zip(labels, shown, strict=True)]
    rows = [("Month", *labels), ("December 2024", *shown)] if down else across
    path = tmp_path_factory.mktemp("update") / "release.htm"
    path.write_text(f"<html><body>{HEAD}{release_table(*rows)}</body></html>", encoding="utf-8")
    values = {figure.measure: figure.value for figure in read(path).figures()}
    assert values == {
        "bitcoin_mined": produced,
        "bitcoin_held": held,
        "hash_rate_average": Decimal(tenths) / 10,
    }
