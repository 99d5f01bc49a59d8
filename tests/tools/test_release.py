"""What is released: its bill of materials, and builds that do not show where they were made."""

from __future__ import annotations

import json
import re
import tarfile
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest

from tools.places import ROOT
from tools.release import reproducible, sbom

BILL = json.loads(sbom.SBOM.read_text(encoding="utf-8"))
BY_NAME = {component["name"]: component for component in BILL["components"]}


def test_the_bill_is_valid_cyclonedx() -> None:
    validation = pytest.importorskip("cyclonedx.validation.json", reason="cyclonedx is not installed")
    from cyclonedx.schema import SchemaVersion

    assert validation.JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(BILL)) is None
    nameless = {**BILL, "components": [{"type": "library", "version": "1"}]}
    assert validation.JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(nameless)) is not None


def test_the_bill_names_what_is_installed_loaded_and_carried() -> None:
    lxml, pandas, htmx = BY_NAME["lxml"], BY_NAME["pandas"], BY_NAME["htmx.org"]
    assert lxml["scope"] == "required" and lxml["licenses"] == [{"expression": "BSD-3-Clause"}]
    assert f"lxml=={lxml['version']}" in (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert pandas["scope"] == "optional" and "pytest" not in BY_NAME
    assert htmx["hashes"][0]["content"] in (ROOT / "NOTICE").read_text(encoding="utf-8")
    table = BY_NAME["bitcoin/data/network_daily.csv"]
    assert table["type"] == "data" and table["licenses"] and table["properties"] and table["hashes"]


def test_every_dependency_of_the_bill_is_one_of_its_components() -> None:
    references = {component["bom-ref"] for component in BILL["components"]}
    assert len(references) == len(BILL["components"])
    assert {ref for one in BILL["dependencies"] for ref in one["dependsOn"]} <= references


def test_the_bill_names_no_registry_and_no_moment() -> None:
    text = sbom.SBOM.read_text(encoding="utf-8")
    hosts = set(re.findall(r"https?://([^/\"]+)", text))
    assert hosts <= {"github.com", "cyclonedx.org"} and "timestamp" not in text and "serialNumber" not in text


def test_builds_that_differ_are_told_by_what_differs(tmp_path: Path) -> None:
    for name, day, content in (("a", 1980, b"1"), ("b", 1981, b"1"), ("c", 1980, b"2")):
        (tmp_path / name).mkdir()
        with ZipFile(tmp_path / name / "w.whl", "w") as wheel:
            wheel.writestr(ZipInfo("one.py", (day, 1, 1, 0, 0, 0)), content)
    a, b, c = (tmp_path / name / "w.whl" for name in "abc")
    assert reproducible.differences(a, a) == []
    assert reproducible.differences(a, b) == ["w.whl: names and contents agree, times, modes or order do not"]
    assert reproducible.differences(a, c) == ["w.whl: one.py"]
    assert reproducible.differences(a, None) == ["w.whl: built once only"]


def test_an_sdist_holds_what_git_holds_and_nothing_else(tmp_path: Path) -> None:
    for name in ("README.md", "secret.txt"):
        (tmp_path / name).write_text("of another", encoding="utf-8")
    with tarfile.open(tmp_path / "s.tar.gz", "w:gz") as archive:
        for name in ("README.md", "secret.txt"):
            archive.add(tmp_path / name, f"hashpivot-1/{name}")
    assert reproducible.strays(tmp_path / "s.tar.gz", ["README.md", "NOTICE", ".ci/run"]) == [
        "s.tar.gz: missing: NOTICE",
        "s.tar.gz: has no place in it: secret.txt",
        "s.tar.gz: not as in the work tree: README.md",
    ]
