"""Every real filing against figures transcribed from it by others."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

from hashpivot.lines import Reading, read
from tools.bundle.snapshot import Snapshot

_FOLDERS = re.compile(r"/(btbt|clsk)/10[kq]/(10-?[KQ])-(\d{4}-\d\d-\d\d)\.html$")
_RIOT = {
    "000155837024001550": "10K-2023-12-31",
    "000155837024006400": "10Q-2024-03-31",
    "000155837024010495": "10Q-2024-06-30",
    "000155837024014179": "10Q-2024-09-30",
    "000155837025001888": "10K-2024-12-31",
    "000155837025006119": "10Q-2025-03-31",
    "000155837025009896": "10Q-2025-06-30",
}


@lru_cache(maxsize=32)
def reading(path: Path) -> Reading:
    return read(path)


def name_of(url: str) -> str:
    """The file a transcribed row came from."""
    riot = next((f"RIOT_{name}" for number, name in _RIOT.items() if number in url), "")
    found = _FOLDERS.search(url)
    return riot or (f"{found[1].upper()}_{found[2].replace('-', '')}-{found[3]}" if found else "")


def said(reading: Reading, row: dict[str, str]) -> list[int]:
    """What our reader says where the row was transcribed."""
    span, measure, line = (
        (row["fiscal_period_start"], row["fiscal_period_end"]),
        row["measure"],
        row["canonical_line"],
    )
    if measure == "net_income":
        return [
            int(r.value)
            for r in reading.reported
            if r.measure.name == measure and (str(r.start), str(r.end)) == span
        ]
    periods = [p.to_dict() for p in reading.periods if (str(p.start), str(p.end)) == span]
    if measure == "total_revenue":
        return [p["total_revenue_usd"] for p in periods]
    rows = [found for p in periods for found in p[measure] if found["line"] == line]
    same = [
        found["value_usd"] for found in rows if found["label"].lower() == row["label_as_reported"].lower()
    ]
    return [*same, sum(found["value_usd"] for found in rows)] if rows else []


def test_every_transcribed_figure_agrees_to_the_dollar(shared: Path, taken_in: Snapshot) -> None:
    transcribed = taken_in.table("figures/reported_figures.csv")
    tagged = [row for row in transcribed if row["source_kind"] == "ixbrl_tag"]
    folder = shared / "filings" / "ixbrl"
    at_hand = {path.name.removesuffix(".htm.gz") for path in folder.iterdir()}
    rows = [row for row in tagged if name_of(row["accession_or_url"]) in at_hand]
    assert len(rows) > 375
    wrong = []
    for row in rows:
        values = said(reading(folder / f"{name_of(row['accession_or_url'])}.htm.gz"), row)
        if int(row["value_usd"]) not in (*values, sum(values)) or not values:
            wrong.append(
                (row["ticker"], row["fiscal_period_end"], row["label_as_reported"], row["value_usd"], values)
            )
    assert not wrong


def test_all_periods_of_the_main_statements_are_found_and_tie(real_filings: list[Path]) -> None:
    untied = []
    for path in real_filings:
        if path.name.startswith("BTCS"):  # an ether company: no line of a miner is in its total
            continue
        found = reading(path)
        quarters = int(path.name[14:16]) // 3  # month of the period end
        fiscal = {"CLSK": {12: 1, 3: 2, 6: 3}}.get(path.name[:4], {}).get(int(path.name[14:16]), quarters)
        quarterly = sorted([3, 3] + ([fiscal * 3] * 2 if fiscal > 1 else []))
        expected = [12] * 3 if "10K" in path.name else quarterly
        assert sorted(p.months for p in found.periods) == expected, path.name
        untied += [
            (path.name, str(p.start), int(p.revenue.unattributed))
            for p in found.periods
            if not p.revenue.ties
        ]
    # CleanSpark does not tag "Other services revenue" in the comparative columns of this filing.
    assert untied == [
        ("CLSK_10Q-2024-03-31.htm.gz", "2023-01-01", 58_000),
        ("CLSK_10Q-2024-03-31.htm.gz", "2022-10-01", 131_000),
    ]


@pytest.mark.parametrize(
    ("name", "measure", "end", "value"),
    [
        ("RIOT_10Q-2025-06-30", "debt", "2025-06-30", 838_377_000),
        ("RIOT_10K-2024-12-31", "capital_expenditure", "2024-12-31", 682_813_000),
        ("RIOT_10K-2024-12-31", "bitcoin_mined", "2024-12-31", 4828),
        ("CLSK_10Q-2024-12-31", "debt", "2024-12-31", 648_648_000),
        ("CLSK_10Q-2024-06-30", "capital_expenditure", "2024-06-30", 481_989_000),
        ("BTBT_10K-2024-12-31", "remaining_performance_obligation", "2024-12-31", 16_965_119),
        ("BTBT_10Q-2025-06-30", "operating_cash_flow", "2025-06-30", 35_095_075),
    ],
)
def test_measures(shared: Path, name: str, measure: str, end: str, value: int) -> None:
    found = reading(shared / "filings" / "ixbrl" / f"{name}.htm.gz").reported
    assert value in [int(r.value) for r in found if r.measure.name == measure and str(r.end) == end]
