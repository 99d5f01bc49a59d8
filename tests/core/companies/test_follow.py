"""A company appended to the user's own table, which otherwise stays as it is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hashpivot.core import Companies, Company, InvalidInput, UnwritableFile, follow_company

NEW = Company("NEWM", 'New "Miner" \\ Inc.', "999", "06-30", earlier_names=("Old, Inc.",))


def test_makes_the_table_and_is_read_back(tmp_path: Path) -> None:
    path = follow_company(NEW, tmp_path / "home")
    assert Companies.load(path.parent)["NEWM"] == NEW


def test_keeps_what_stands_in_it_byte_for_byte(tmp_path: Path) -> None:
    own = tmp_path / "companies.toml"
    held = b'\xef\xbb\xbf# mine\r\n[ABCD]\r\nname = "A"   # a comment without an end of line'
    own.write_bytes(held)
    follow_company(NEW, tmp_path)
    assert own.read_bytes().startswith(held)
    assert {"ABCD", "NEWM"} <= set(Companies.load(tmp_path))


@pytest.mark.parametrize(
    ("company", "words"),
    [
        (Company("RIOT", "Riot Platforms, Inc.", "1167419"), "RIOT is followed already"),
        (Company("RIOT", "Another", "999"), "RIOT is Riot Platforms, Inc. already"),
        (Company("ABCD", "Another", "1167419"), "CIK 1167419 is followed already, as RIOT"),
        (Company("ABCD", "RIOT PLATFORMS, INC.", "999"), "that of RIOT too"),
        (Company("a b", "Another", "999"), "is not a ticker"),
        (Company("", "Another", "999"), "is not a ticker"),
        (Company("ABCD", "Another", "999", "13-45"), "year end"),
    ],
)
def test_refuses_contradictions_and_writes_nothing(tmp_path: Path, company: Company, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        follow_company(company, tmp_path)
    assert not (tmp_path / "companies.toml").exists()


def test_a_table_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "companies.toml"
    own.write_bytes(b"[ABCD\n")
    with pytest.raises(InvalidInput):
        follow_company(NEW, tmp_path)
    assert own.read_bytes() == b"[ABCD\n"


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(UnwritableFile):
        follow_company(NEW, tmp_path / "home")


def test_several_at_once_lose_none(tmp_path: Path) -> None:
    companies = [Company(f"N{n}", f"Name {n}", str(9000 + n)) for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda company: follow_company(company, tmp_path), companies))
    assert {company.ticker for company in companies} <= set(Companies.load(tmp_path))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_name_is_read_back(tmp_path: Path, name: str) -> None:
    (tmp_path / "companies.toml").unlink(missing_ok=True)
    follow_company(Company("ZZZZ", name, "998"), tmp_path)
    assert Companies.load(tmp_path)["ZZZZ"].name == name
