"""The table of companies and the user's own."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from hashpivot.core import ROLES, Companies, Company, InvalidInput, Quarter, UnknownCompany, UnreadableFile
from tools.bundle.further import further_rows
from tools.bundle.snapshot import Snapshot

TICKERS = (
    "MARA RIOT CLSK CORZ IREN HUT BITF CIFR WULF HIVE BTDR BTBT APLD CAN SLNH GREE ARBK SDIG ABTC CANG GLXY "
    "BMNR WYFI LMFA MIGI EBON FUFU BTCS"
)


def test_all_companies_stand_in_the_table() -> None:
    companies = Companies.load()
    assert list(companies) == TICKERS.split()
    assert all(company.calendar.year_ends(2024, 2024) for company in companies.values())


def test_ciks_are_those_of_the_data_taken_in_and_else_empty(taken_in: Snapshot) -> None:
    rows = [*taken_in.table("figures/reported_figures.csv"), *further_rows("further_figures.csv")]
    known = {row["ticker"]: row["cik"] for row in rows if row["cik"]}
    for ticker, company in Companies.load().items():
        assert company.cik == known.get(ticker, ""), ticker


def test_no_cik_contradicts_the_newest_data(shared: Path) -> None:
    """A CIK may be missing until the newest rows are taken in; one that is stated must be theirs."""
    with (shared / "figures" / "reported_figures.csv").open(encoding="utf-8", newline="") as file:
        known = {row["ticker"]: row["cik"] for row in csv.DictReader(file)}
    stated = {ticker: company.cik for ticker, company in Companies.load().items() if company.cik}
    assert all(known[ticker] == cik for ticker, cik in stated.items() if ticker in known)


def test_roles() -> None:
    roles = {ticker: company.role for ticker, company in Companies.load().items()}
    assert set(roles.values()) == set(ROLES)
    others = {ticker: role for ticker, role in roles.items() if role != "miner"}
    assert others == {"GLXY": "neocloud", "WYFI": "neocloud", "BMNR": "decoy", "BTCS": "decoy"}


def test_a_report_is_owed_for_quarters_at_whose_end_the_company_was_listed() -> None:
    companies = Companies.load()
    assert companies["RIOT"].owes(Quarter(2021, 1)) and companies["RIOT"].owes(Quarter(2026, 3))
    assert not companies["FUFU"].owes(Quarter(2023, 4)) and companies["FUFU"].owes(Quarter(2024, 1))
    assert companies["SDIG"].owes(Quarter(2024, 4)) and not companies["SDIG"].owes(Quarter(2025, 1))
    day = Company("X", "X", listed_from=Quarter(2024, 1).end, listed_to=Quarter(2024, 1).end)
    assert [day.owes(Quarter(2024, n)) for n in (1, 2)] == [True, False]


def test_a_users_company_is_a_miner_unless_it_says_otherwise(tmp_path: Path) -> None:
    (tmp_path / "companies.toml").write_text(
        "[A]\nname = 'A'\n"
        "[B]\nname = 'B'\nrole = 'decoy'\nlisted_from = 2024-01-01\nlisted_to = '2024-06-30'\n"
    )
    companies = Companies.load(tmp_path)
    assert companies["A"].role == "miner" and companies["A"].owes(Quarter(1999, 1))
    assert companies["B"].role == "decoy"
    assert [companies["B"].owes(Quarter(2024, n)) for n in (2, 3)] == [True, False]


@pytest.mark.parametrize("text", ["riot", "1167419", "0001167419", "Riot Blockchain, Inc."])
def test_found_by_ticker_cik_or_earlier_name(text: str) -> None:
    assert Companies.load().find(text).ticker == "RIOT"


def test_unknown_company_names_near_ones() -> None:
    with pytest.raises(UnknownCompany) as caught:
        Companies.load().find("RIOTT")
    assert "RIOT" in caught.value.hint


def test_a_users_companies_are_added_and_win(tmp_path: Path) -> None:
    (tmp_path / "companies.toml").write_text(
        '[exmp]\nname = "Example"\ncik = "0000000042"\nfiscal_year_end = "09 sat"\n'
    )
    companies = Companies.load(tmp_path)
    assert companies.by_cik("42") is companies["EXMP"]
    assert len(companies) == len(Companies.load()) + 1


def test_a_table_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "companies.toml").write_bytes(b'[X]\nname = "Soci\xe9t\xe9"')
    with pytest.raises(UnreadableFile, match="is not UTF-8"):
        Companies.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[X", "not valid TOML"),
        ("[X]\ncik = '1'", "needs a name"),
        ("X = 1", "needs a name"),
        ("[X]\nname = 'a'\ncolour = 'red'", "unknown key 'colour'"),
        ("[X]\nname = 'a'\ncik = 5", "cik must be text"),
        ("[X]\nname = 'a'\ncik = 'CIK42'", "not a central index key"),
        ("[X]\nname = 'a'\nearlier_names = 'b'", "not a list of names"),
        ("[X]\nname = 'a'\nearlier_names = [1]", "not a list of names"),
        ("[X]\nname = 'a'\nfiscal_year_end = '13-31'", "not a fiscal year end"),
        ("[X]\nname = 'a'\nfiscal_year_end = '02-30'", "no month's last day"),
        ("[X]\nname = 'a'\nearlier_year_ends = [1]", "cannot be read"),
        ("[X]\nname = 'a'\nrole = 'bank'", "'bank' is not a role"),
        ("[X]\nname = 'a'\nrole = 1", "role must be text"),
        ("[X]\nname = 'a'\nlisted_from = 'May 2024'", "listed_from 'May 2024' is not a day"),
        ("[X]\nname = 'a'\nlisted_to = 2024", "listed_to 2024 is not a day"),
        ("[X]\nname = 'a'\nlisted_from = '2024-02-01'\nlisted_to = '2024-01-01'", "lies before"),
    ],
)
def test_errors_name_the_key(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "companies.toml").write_text(text)
    with pytest.raises(InvalidInput, match=words):
        Companies.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[A]\nname = 'a'\ncik = '0001167419'", r"\[A\]: cik '1167419' is that of RIOT too"),
        ("[A]\nname = 'a'\ncik = '42'\n[B]\nname = 'b'\ncik = '42'", r"\[B\]: cik '42' is that of A too"),
        ("[A]\nname = 'riot platforms, INC.'", r"\[A\]: name 'riot platforms, INC.' is that of RIOT too"),
        ("[a]\nname = 'a'\n[A]\nname = 'b'", r"\[a\]: the company has two tables"),
        ("[A]\nname = 'a'\nconsolidated_in = 'a'", r"\[A\]: consolidated_in: A contains its own accounts"),
        ("[A]\nname = 'a'\nconsolidated_in = 'X'", r"\[A\]: consolidated_in: X is no company known"),
        (
            "[A]\nname = 'a'\nconsolidated_in = 'B'\n[B]\nname = 'b'\nconsolidated_in = 'A'",
            "A contains its own accounts",
        ),
    ],
)
def test_tables_that_contradict_each_other_are_refused(tmp_path: Path, text: str, words: str) -> None:
    """Filings could be of either company, or of none."""
    (tmp_path / "companies.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match=words):
        Companies.load(tmp_path)


def test_a_table_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    utf_16 = tmp_path / "companies.toml"
    utf_16.write_text("[A]\nname = 'a'", encoding="utf-16")
    with pytest.raises(UnreadableFile, match="is not UTF-8"):
        Companies.load(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(UnreadableFile, match=r"loop/companies.toml: cannot be read: \w+"):
        Companies.load(tmp_path / "loop")
    (tmp_path / "folder" / "companies.toml").mkdir(parents=True)
    with pytest.raises(UnreadableFile, match="cannot be read"):
        Companies.load(tmp_path / "folder")
    assert Companies.load(utf_16).keys() == Companies.load(tmp_path / "none").keys()  # a home that is a file
