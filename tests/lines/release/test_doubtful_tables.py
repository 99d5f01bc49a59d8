"""Tables that may be read wrongly: read right, or left out, and told in both cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from hashpivot.lines import Reading, read
from hashpivot.testing import release_page, release_table

HEAD = "<p>CASTLE ROCK, November 6, 2025 /PRNewswire/ -- Riot Platforms, Inc. (NASDAQ: RIOT) reports</p>"
TITLE = "<p>Condensed Consolidated Statements of Operations</p>"
QUARTERS = ("Three Months Ended September 30, 2025", "Three Months Ended September 30, 2024")
RESULTS = (
    ("Bitcoin mining", "60,000", "50,000"),
    ("Engineering", "10,000", "9,000"),
    ("Total revenue", "70,000", "59,000"),
    ("Cost of revenue", "40,000", "30,000"),
    ("Operating loss", "(5,000)", "(6,000)"),
    ("Net loss", "(6,000)", "(7,000)"),
)
MINED = (("Bitcoin Produced", "516", "495"), ("Bitcoin Held", "17,722", "16,728"))


def reading(tmp_path: Path, *parts: str) -> Reading:
    path = tmp_path / "it.htm"
    path.write_bytes(release_page(HEAD, *parts))
    return read(path)


def statement(
    tmp_path: Path, *heads: tuple[str, ...], note: str = "(in thousands)", rows: tuple = RESULTS
) -> tuple[dict[str, int], list[str]]:
    """Total revenue by first and last day, and what is told besides costs on no line."""
    found = reading(tmp_path, TITLE, f"<p>{note}</p>", release_table(*heads, *rows))
    totals = {f"{period.start}..{period.end}": int(period.total_revenue) for period in found.periods}
    return totals, [warning for warning in found.warnings if "attributed to no line" not in warning]


def update(tmp_path: Path, *rows: tuple[str, ...]) -> tuple[set[tuple[str, str, str]], str]:
    """Measures, last days and values, and all that is told."""
    found = reading(tmp_path, release_table(*rows))
    return {(n.measure.name, str(n.end), str(n.value)) for n in found.reported}, " ".join(found.warnings)


BOTH = {"2025-07-01..2025-09-30": 70_000_000, "2024-07-01..2024-09-30": 59_000_000}


def test_a_sound_statement_is_read_without_a_word(tmp_path: Path) -> None:
    assert statement(tmp_path, ("", *QUARTERS)) == (BOTH, [])


@pytest.mark.parametrize(
    "head",
    [
        "Three Months Ended September 30, <s>2019</s>2025",
        "Three Months Ended <del>June</del> September 30, 2025",
        "<strike>Six Months</strike> Three Months Ended September 30, 2025",
        'Three Months Ended September <span style="text-decoration:line-through">29</span> 30, 2025',
    ],
)
def test_what_is_struck_out_dates_no_column(tmp_path: Path, head: str) -> None:
    totals, told = statement(tmp_path, ("", head, QUARTERS[1]))
    assert totals == BOTH
    assert len(told) == 1
    assert "struck-out text left out" in told[0]


def test_a_year_half_struck_out_is_none(tmp_path: Path) -> None:
    totals, told = statement(tmp_path, ("", "Three Months Ended September 30, 202<s>4</s>5", QUARTERS[1]))
    assert totals == {"2024-07-01..2024-09-30": 59_000_000}
    assert any("heads are no periods" in warning for warning in told)


@pytest.mark.parametrize(
    "rows", [("8.811", "9,495"), ("8.811", "7.345"), ("8.811", "97,728"), ("8.811", "12")]
)
def test_points_that_may_part_thousands_of_bitcoin(tmp_path: Path, rows: tuple[str, str]) -> None:
    numbers, told = update(
        tmp_path, ("Metric", "October 2025", "September 2025"), ("Bitcoin Produced", *rows), *MINED[1:]
    )
    assert not any(value == "8.811" for _, _, value in numbers)
    assert "shows '8.811'" in told


def test_points_that_may_part_thousands_in_one_row_of_a_statement(tmp_path: Path) -> None:
    rows = (*RESULTS[:3], ("Cost of revenue", "40.000", "30.000"), *RESULTS[4:])
    _, told = statement(tmp_path, ("", *QUARTERS), rows=rows)
    assert any("shows '40.000'" in warning for warning in told)


def test_fractions_of_bitcoin_are_numbers(tmp_path: Path) -> None:
    numbers, told = update(
        tmp_path,
        ("Metric", "October 2025", "September 2025"),
        ("Bitcoin Produced", "8.811", "9.25"),
        ("Bitcoin Held", "101.5", "95.125"),
    )
    assert ("bitcoin_mined", "2025-10-31", "8.811") in numbers
    assert "plain number" not in told


def test_heads_one_column_off_date_nothing(tmp_path: Path) -> None:
    numbers, told = update(tmp_path, ("", "Metric", "October 2025", "September 2025"), *MINED)
    assert numbers == set()
    assert "their heads may stand a column beside their numbers" in told


def test_a_head_over_the_labels_dates_nothing(tmp_path: Path) -> None:
    totals, told = statement(tmp_path, QUARTERS)
    assert totals == {}
    assert any("their heads may stand a column beside their numbers" in warning for warning in told)


def test_a_number_beside_one_that_is_not_plain_dates_nothing(tmp_path: Path) -> None:
    head = ("Metric", "2:October 2025")
    numbers, told = update(tmp_path, head, ("Bitcoin Produced", ">516", "495"), *MINED[1:])
    assert not any(name == "bitcoin_mined" for name, _, _ in numbers)
    assert "495 and >516" in told


@pytest.mark.parametrize("beside", ("MW (1)", "as of October 31, 2025", "<sup>1</sup>"))
def test_units_dates_and_marks_beside_a_number_are_no_numbers(tmp_path: Path, beside: str) -> None:
    head = ("Metric", "2:October 2025")
    numbers, _ = update(tmp_path, head, ("Bitcoin Produced", "516", beside), ("Bitcoin Held", "17,722", ""))
    assert ("bitcoin_mined", "2025-10-31", "516") in numbers


def test_marks_in_cells_of_their_own_are_no_heads(tmp_path: Path) -> None:
    plain, _ = update(tmp_path, ("Metric", "October 2025", "September 2025"), *MINED)
    assert plain
    marked = ("Metric", "October 2025", "<sup>1</sup>", "September 2025")
    rows = [(label, one, "", other) for label, one, other in MINED]
    assert update(tmp_path, marked, *rows)[0] == plain


def test_a_column_of_notes_is_no_period(tmp_path: Path) -> None:
    said = "<p>Net loss was $9.4 million for the three months ended September 30, 2019.</p>"
    heads = (
        ("", "2:Three Months Ended September 30,", "2:Nine Months Ended September 30,"),
        ("", "2025", "2024", "2025", "2024", "Note"),
    )
    rows = [(label, one, other, one, other, str(note)) for note, (label, one, other) in enumerate(RESULTS, 3)]
    found = reading(tmp_path, said, TITLE, "<p>(in thousands)</p>", release_table(*heads, *rows))
    assert {period.end.year for period in found.periods} == {2024, 2025}
    assert len(found.periods) == 4


def test_a_year_alone_beside_a_period_is_told(tmp_path: Path) -> None:
    totals, told = statement(tmp_path, ("", QUARTERS[0], "2024"))
    assert totals == {"2025-07-01..2025-09-30": 70_000_000}
    assert any("heads are no periods: '2024'" in warning for warning in told)


def test_what_was_reported_before_a_restatement_is_no_result(tmp_path: Path) -> None:
    heads = ("", f"{QUARTERS[1]} as previously reported", f"{QUARTERS[1]} as restated")
    assert statement(tmp_path, heads) == ({"2024-07-01..2024-09-30": 59_000_000}, [])


@pytest.mark.parametrize(
    ("heads", "note"),
    [
        ((("(in millions)",), ("", *QUARTERS)), "(in thousands)"),
        ((("", *(f"{quarter} (in millions)" for quarter in QUARTERS)),), "(in thousands)"),
    ],
)
def test_two_units_over_one_table_are_told(
    tmp_path: Path, heads: tuple[tuple[str, ...], ...], note: str
) -> None:
    _, told = statement(tmp_path, *heads, note=note)
    assert any("two units are named over one table" in warning for warning in told)


@pytest.mark.parametrize("again", [True, False])
def test_a_statement_parted_by_a_page_is_told(tmp_path: Path, again: bool) -> None:
    head = ("", *QUARTERS)
    parts = release_table(head, *RESULTS[:4]), release_table(*([head] if again else []), *RESULTS[4:])
    found = reading(tmp_path, TITLE, "<p>(in thousands)</p>", parts[0], "<p>7</p><hr/>", parts[1])
    shown = {number.measure.name for number in found.reported}
    told = " ".join(found.warnings)
    words = ("is in no statement that was read", "column of theirs", "names no unit but the statements do")
    assert "net_income" in shown or any(word in told for word in words)
