"""Every packaged table has a licence that lets anybody use it, and NOTICE names it."""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path

import pytest

from tools.docs.notice import VENDORED, descriptors, licence_problems, make, released, undescribed
from tools.places import PACKAGE, ROOT

NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
PACKAGES = descriptors()
HELD_HERE = {f"{room}/data/datapackage.json" for room in ("filings/formats", "nowcast", "outlook")}
"""Rows of the other tables are held against their descriptors by the tests of their rooms."""


def test_every_descriptor_has_a_licence_and_none_is_non_commercial() -> None:
    assert {"bitcoin/data", "ledger/data", "ledger/data/texts", "outlook/data", "site/data"} <= {
        str(Path(path).parent) for path in PACKAGES
    }
    assert licence_problems(PACKAGES) == []


@pytest.mark.parametrize("path", PACKAGES)
def test_every_descriptor_is_a_valid_data_package(path: str) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    package = frictionless.Package(str(PACKAGE / path))
    assert package.licenses and package.sources and all(each.schema.fields for each in package.resources)
    if path in HELD_HERE:
        report = package.validate()
        assert report.valid, report.to_summary()


def test_every_table_stands_in_a_descriptor(tmp_path: Path) -> None:
    assert undescribed() == []
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "birds.csv").touch()
    assert undescribed(tmp_path) == ["data/birds.csv"]


@pytest.mark.parametrize("path", PACKAGES)
def test_notice_names_the_tables_and_their_sources(path: str) -> None:
    package, words = PACKAGES[path], " ".join(NOTICE.split())
    assert f"{Path(path).parent.as_posix()}: " in NOTICE
    assert all(resource["path"] in NOTICE for resource in package["resources"])
    assert all(source["title"] in words for source in package["sources"])
    assert all((PACKAGE / path).with_name(resource["path"]).is_file() for resource in package["resources"])


def test_notice_is_what_the_descriptors_give() -> None:
    assert make() == {ROOT / "NOTICE": NOTICE}


def test_files_of_others_are_as_they_were_released() -> None:
    held = {path.name: path.read_bytes() for path in VENDORED.iterdir() if path.suffix in (".js", ".css")}
    told = {file["file"]: file["sha256"] for file in released()}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in held.items()} == told


@pytest.mark.parametrize(
    ("package", "problem"),
    [
        ({}, "a: no licences"),
        ({"licenses": [{"name": "CC-BY-NC-4.0"}]}, "a: CC-BY-NC-4.0 is non-commercial"),
        (
            {"licenses": [{"name": "Apache-2.0"}], "sources": [{"title": "x (Non-Commercial use)"}]},
            "a: x (Non-Commercial use) is non-commercial",
        ),
    ],
)
def test_a_descriptor_without_or_with_a_non_commercial_licence_is_named(
    package: dict[str, object], problem: str
) -> None:
    assert licence_problems({"a": package}) == [problem]


def test_no_packaged_file_names_a_non_commercial_compilation() -> None:
    """Nor is a row left of a list of machines that must not be shipped."""
    words = re.compile(rb"coin ?metrics|CC[ -]BY[ -]NC", re.IGNORECASE)
    files = [path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert not [path for path in files if words.search(path.read_bytes())]
    with (PACKAGE / "site" / "data" / "asics.csv").open(encoding="utf-8") as lines:
        assert not [
            row for row in csv.DictReader(lines) if "CCAF" in row["source"] or "unnamed" in row["source"]
        ]
