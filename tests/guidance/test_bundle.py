"""The tables shipped with the room and their descriptor."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from hashpivot.guidance import bundled_flags, bundled_targets

TABLES = Path(str(files("hashpivot.guidance"))) / "data"


def test_descriptor_is_valid_and_names_every_column() -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(TABLES / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])[:5]
    for resource in json.loads((TABLES / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        header = (TABLES / resource["path"]).read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header


def test_no_sentence_is_shipped() -> None:
    assert all(target.excerpt == "" for target in bundled_targets())
    assert all(len(flag.name) < 60 for flag in bundled_flags())
