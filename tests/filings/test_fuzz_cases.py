"""The corpus of small documents that once failed; `fuzz_cases/cases.toml` says what is right of each."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from hashpivot.filings import read_prose, shown_file
from tools.checks.fuzz import demands

CASES = Path(__file__).parent / "fuzz_cases"
LISTED: list[dict[str, Any]] = tomllib.loads((CASES / "cases.toml").read_text(encoding="utf-8"))["case"]
MOST_BYTES = 4_000


@pytest.mark.parametrize("case", LISTED, ids=lambda case: case["file"])
def test_what_is_right_is_read(case: dict[str, Any]) -> None:
    data = (CASES / case["file"]).read_bytes()
    said, _ = demands.examine(data, twice=True)
    demands.read_elsewhere(data)
    assert said.error == case.get("error", "")
    if "figures" in case:
        read = {
            (measure, line, str(start or ""), end.isoformat(), int(value))
            for (measure, line, _, start, end), value, _ in said.figures
        }
        assert read == {tuple(figure) for figure in case["figures"]}
    assert any(case.get("warning", "") in warning for warning in (*said.warnings, ""))
    assert len(said.statements) == case.get("statements", len(said.statements))
    if "warning" not in case:
        assert not said.warnings


def test_all_are_listed_and_small() -> None:
    files = {path.name: path.stat().st_size for path in CASES.iterdir() if path.suffix != ".toml"}
    assert files.keys() == {case["file"] for case in LISTED}
    assert max(files.values()) <= MOST_BYTES


def test_sentences_with_control_characters_have_their_place() -> None:
    data = (CASES / "form_feed_in_a_sentence.htm").read_bytes()
    (sentence,) = (each for each in read_prose("it.htm", data=data).sentences if "40 EH/s" in each.text)
    (place,) = shown_file(data, "it.htm").places(sentence.locator)
    assert place.text == sentence.text
