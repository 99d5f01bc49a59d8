from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import hashpivot.ledger
from hashpivot.core import MEASURES, BundleError, Companies, Kind, Line, months_in
from hashpivot.ledger import DETAIL, Contract, View, bundled
from hashpivot.ledger.bundle._tables import read_tables
from tools.bundle.snapshot import Snapshot

TABLES = Path(hashpivot.ledger.__file__).parent / "data"


def test_every_raw_number_is_in_the_bundle(taken_in: Snapshot) -> None:
    """Nothing is lost on the way, except what the rules name: replaced filings, repeated rows."""
    figures = bundled().figures
    held = {(f.ticker, f.start, f.end, f.value) for f in figures}
    sums: Counter[tuple[object, ...]] = Counter()
    for figure in figures:  # a line may stand in several rows
        sums[figure.ticker, figure.start, figure.end, figure.measure, figure.line, figure.source] += (
            figure.value
        )
    held |= {(*key[:3], value) for key, value in sums.items()}
    shipped = {ticker for ticker, company in Companies.load().items() if company.role != "decoy"}
    rows = [r for r in taken_in.table("figures/reported_figures.csv") if r["ticker"] in shipped]
    lost = [
        row
        for row in rows
        if (
            row["ticker"],
            date.fromisoformat(row["fiscal_period_start"]),
            date.fromisoformat(row["fiscal_period_end"]),
            int(row["value_usd"]),
        )
        not in held
    ]
    assert all(row["source_kind"] == "ixbrl_tag" for row in lost)
    assert len(lost) < 0.02 * len(rows), [
        (r["ticker"], r["fiscal_period_end"], r["label_as_reported"]) for r in lost
    ]


def test_descriptor_is_valid():
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(TABLES / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])[:5]


def test_descriptor_notices_a_wrong_value(tmp_path):
    frictionless = pytest.importorskip("frictionless")
    for path in filter(Path.is_file, TABLES.iterdir()):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    text = (tmp_path / "figures.csv").read_text(encoding="utf-8")
    (tmp_path / "figures.csv").write_text(text.replace(",self_mining,", ",mining,", 1), encoding="utf-8")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_descriptor_names_every_column():
    package = json.loads((TABLES / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        header = (TABLES / resource["path"]).read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_package_data_is_small():
    assert sum(path.stat().st_size for path in TABLES.iterdir()) < 1_500_000


def test_figures_are_well_formed():
    everything = bundled()
    companies = Companies.load()
    assert len({figure.id for figure in everything.figures}) == len(everything.figures)
    for figure in everything.figures:
        measure = MEASURES[figure.measure]
        assert figure.unit == measure.unit
        assert (figure.start is not None) == measure.flow
        assert figure.start is None or figure.start <= figure.end
        assert figure.known == everything.sources[figure.source].known
        assert figure.line is None or measure.by_line
        assert figure.kind != Kind.ESTIMATED
        assert figure.ticker in companies


def test_no_source_is_known_before_its_periods_end():
    events = {fact.source for fact in bundled().remarks if fact.kind == "event"}
    of_figures = {figure.source for figure in bundled().figures}
    for source in bundled().sources.values():
        if source.key in events - of_figures:  # such a text covers no period
            continue
        assert source.period_end and source.period_end < source.known <= source.period_end + timedelta(
            days=400
        )
        assert source.url or source.accession or source.name


@pytest.mark.parametrize(
    ("part", "known", "basis"),
    [
        ("businesswire.com/news/home/20240807926379", date(2024, 8, 7), "url"),
        ("gnwcq-2025-8-18-bitdeer", date(2025, 8, 18), "url"),
        ("livenews.co.nz/2025/11/07/", date(2025, 11, 7), "url"),
        ("cryptocoinsnet.com/2026/02/", date(2026, 2, 12), "dated"),
        ("finanznachrichten.de/nachrichten-2025-11/66994510", date(2025, 11, 30), "url"),
        ("clsk-20251125.htm", date(2025, 11, 25), "url"),
        ("0001628280-25-046263", date(2025, 10, 24), "filed"),
        ("riot-20241231x10k.htm", date(2025, 2, 27), "signed"),
        ("clsk/10q/10Q-2024-12-31.html", date(2025, 2, 6), "signed"),
        ("canaan-inc-reports-unaudited-fourth-quarter-and-full-12-months-2024", date(2025, 3, 26), "dated"),
        ("iren/financials/FY2026-Q2.yaml", date(2026, 2, 5), "filed"),
        ("iren/financials/FY2025-Q2.yaml", date(2025, 2, 14), "deadline"),
    ],
)
def test_known_days(part, known, basis):
    found = [source for source in bundled().sources.values() if part in source.url]
    assert {(source.known, source.known_basis) for source in found} == {(known, basis)}


def test_monthly_updates_never_enter_a_statement():
    for figure in bundled().figures:
        if figure.line and figure.start and months_in(figure.start, figure.end) == 1:
            assert figure.breakdown == DETAIL


def test_no_statement_holds_more_than_its_total(desk):
    over = [
        (ticker, statement.source)
        for ticker in desk.tickers()
        for statement in desk.company_statements(ticker).statements("revenue")
        if statement.tie_status.name == "OVER"
    ]
    assert not over


def test_power_cost_is_per_megawatt_hour():
    values = [figure.value for figure in bundled().figures if figure.measure == "power_cost"]
    assert values and all(10 <= value <= 200 for value in values)


def test_contracts():
    contracts = bundled().contracts
    assert len(contracts) >= 28
    assert all(c.url and c.counterparty and c.kind in ("cloud", "colocation") for c in contracts)
    assert all(len(c.counterparty) < 90 for c in contracts)


def test_contracts_in_force_are_not_summed_twice():
    def megawatts(ticker: str, day: date, name: str) -> list[float]:
        held = [c for c in View(bundled()).contracts(day=day) if c.ticker == ticker and name in c.group]
        return [float(c.mw_critical_it or 0) for c in held]

    assert megawatts("CORZ", date(2024, 7, 1), "CoreWeave") == [200]
    assert megawatts("CORZ", date(2024, 10, 21), "CoreWeave") == [382]
    assert megawatts("CORZ", date(2024, 12, 31), "CoreWeave") == [500]
    assert megawatts("CORZ", date(2026, 12, 31), "CoreWeave") == [590]
    assert megawatts("CIFR", date(2025, 12, 31), "Barber Lake") == [168, 39]
    assert megawatts("CIFR", date(2026, 12, 31), "Barber Lake") == [168, 39, 0]


def test_an_extension_adds_its_value_to_the_first_years():
    held = [c for c in View(bundled()).contracts(day=date(2026, 12, 31)) if c.group == "CIFR Barber Lake"]
    assert [(c.contract_value_usd, c.start) for c in held] == [
        (3_000_000_000, "2026-Q4"),
        (830_000_000, "2027-Q1"),
        (5_200_000_000, "2036"),
    ]


def in_force(ticker: str, day: date, name: str) -> Contract:
    (found,) = [
        c for c in View(bundled()).contracts(day=day) if c.ticker == ticker and name in c.counterparty
    ]
    return found


def test_a_restatement_without_a_value_keeps_the_value_known_before():
    before, after = (in_force("CORZ", day, "CoreWeave") for day in (date(2026, 4, 20), date(2026, 4, 21)))
    assert before.mw_critical_it == after.mw_critical_it == 590
    assert before.contract_value_usd == after.contract_value_usd == 10_000_000_000
    assert (before.value_from, after.value_from) == (None, date(2025, 2, 26))
    assert (after.start, after.term_years) == ("2025-Q2", 12)
    (told,) = [c for c in bundled().contracts if c.ticker == "CORZ" and c.announced == "2026-04-21"]
    assert told.contract_value_usd is None


def test_a_deal_loses_no_value_as_it_is_restated():
    days = sorted({c.known for c in bundled().contracts})
    for group in {c.group for c in bundled().contracts if c.group}:
        sums = [
            sum(c.contract_value_usd or 0 for c in View(bundled()).contracts(day=d) if c.group == group)
            for d in days
        ]
        assert sums[-1] and sums == sorted(sums)


def test_a_cumulative_row_is_not_known_at_the_first_signing():
    day = date(2025, 8, 29)
    before, after = (in_force("APLD", d, "Polaris Forge 1") for d in (day - timedelta(days=1), day))
    assert (before.known, before.mw_critical_it) == (date(2025, 6, 2), 250)
    assert (after.announced, after.known, after.mw_critical_it) == ("2025-06-02", day, 400)


def test_rows_that_tell_more_of_a_contract_never_add_to_it():
    def held(ticker: str, name: str) -> list[tuple[Decimal | None, Decimal | None]]:
        contracts = View(bundled()).contracts(ticker)
        return [(c.mw_critical_it, c.contract_value_usd) for c in contracts if name in c.counterparty]

    assert held("IREN", "NVIDIA") == [(60, 3_400_000_000)]
    assert held("CIFR", "Stingray") == [(70, 2_000_000_000)]
    assert held("HUT", "Beacon Point phase 1") == [(352, 9_800_000_000)]
    assert held("CORZ", "AMD") == [(530, 14_000_000_000)]
    assert held("WULF", "Core42") == [(60, 1_000_000_000)]
    (before,) = (c for c in View(bundled()).contracts("WULF", date(2025, 1, 1)) if "Core42" in c.counterparty)
    assert before.contract_value_usd is None


def test_a_joint_venture_counts_by_its_share_until_it_is_sold():
    sold = date(2026, 7, 6)
    abernathy = in_force("WULF", sold, "Abernathy")
    assert (abernathy.share, abernathy.ended) == (Decimal("0.501"), None)
    assert abernathy.attributable_value_usd == Decimal("0.501") * 9_500_000_000
    assert abernathy.attributable_mw_critical_it == Decimal("0.501") * 168
    later = View(bundled()).contracts(day=sold + timedelta(days=1))
    assert not [c for c in later if "Abernathy" in c.counterparty]
    assert {c.share for c in later} == {1}


def test_no_contract_is_known_before_it_was_announced():
    for contract in bundled().contracts:
        assert contract.known.isoformat() >= contract.announced
        assert contract.ended is None or contract.known <= contract.ended
        assert 0 < contract.share <= 1


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("figures.csv", ",revenue,self_mining,", ",revenue,mining,"),
        ("figures.csv", "ticker,measure", "measure,ticker"),
        ("sources.csv", ",A,", ",A,A,"),
        ("figures.csv", ",usd,", ","),
    ],
)
def test_a_damaged_table_is_named(tmp_path, table, old, new):
    for path in TABLES.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(
            text.replace(old, new, 1) if path.name == table else text, encoding="utf-8"
        )
    with pytest.raises(BundleError, match=table) as caught:
        read_tables(tmp_path)
    assert caught.value.hint


def test_a_missing_or_orphaned_table_is_named(tmp_path):
    with pytest.raises(BundleError, match=r"sources\.csv"):
        read_tables(tmp_path)
    (tmp_path / "figures.csv").write_text(
        (TABLES / "figures.csv").read_text(encoding="utf-8"), encoding="utf-8"
    )
    header = (TABLES / "sources.csv").read_text(encoding="utf-8").split("\n", 1)[0]
    (tmp_path / "sources.csv").write_text(header + "\n", encoding="utf-8")
    with pytest.raises(BundleError, match="names no known source"):
        read_tables(tmp_path)


def test_every_line_of_business_has_figures():
    assert {figure.line for figure in bundled().figures if figure.line} == set(Line)
