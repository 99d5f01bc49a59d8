"""The tables shipped with the room and their descriptor."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from hashpivot.ledger import View, bundled

TABLES = Path(str(files("hashpivot.ledger"))) / "data" / "texts"


def test_descriptor_is_valid_and_names_every_column() -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(TABLES / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])[:5]
    for resource in json.loads((TABLES / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        header = (TABLES / resource["path"]).read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header


def test_no_sentence_is_shipped() -> None:
    view = View(bundled())
    tickers = {fact.ticker for fact in bundled().remarks}
    assert all(target.excerpt == "" for ticker in tickers for target in view.targets(ticker))
    assert all(len(flag.name) < 60 for ticker in tickers for flag in view.risk_flags(ticker))
