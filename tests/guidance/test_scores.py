"""How well targets are found in the real texts: measured minimums, on sentences labelled by reading."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture(scope="module")
def scores(shared: Path) -> Iterator[dict[str, object]]:
    sys.path.insert(0, str(SCRIPTS))
    try:
        import score_guidance

        yield score_guidance.score(shared)
    finally:
        sys.path.remove(str(SCRIPTS))


def test_labels_are_many_and_split_by_company() -> None:
    rows = [line.split(",") for line in (Path(__file__).parent / "labels.csv").read_text().splitlines()[1:]]
    assert len({(row[0], row[1]) for row in rows if row[4] != "found"}) == 498
    assert {row[0][:4] for row in rows if row[3] == "tuning"} == {"RIOT", "CORZ", "BTBT"}
    assert {row[0][:4] for row in rows if row[3] == "held_out"} == {"CLSK"}


def test_every_labelled_sentence_is_still_there(shared: Path, scores: dict[str, object]) -> None:
    import score_guidance

    assert score_guidance.missing_sentences(shared) == []


def test_companies_tuned_on(scores: dict[str, object]) -> None:
    tuning = scores["tuning"]
    assert tuning.precision >= 0.99  # type: ignore[attr-defined]
    assert tuning.recall >= 0.98  # type: ignore[attr-defined]
    assert tuning.due_wrong == 0  # type: ignore[attr-defined]


def test_company_held_out(scores: dict[str, object]) -> None:
    """As measured when the patterns were done; short of the aims of precision 0.95 and recall 0.8."""
    held_out = scores["held_out"]
    assert held_out.precision >= 0.80  # type: ignore[attr-defined]
    assert held_out.recall >= 0.52  # type: ignore[attr-defined]
    assert held_out.due_wrong == 0  # type: ignore[attr-defined]


def test_every_finding_was_read(scores: dict[str, object]) -> None:
    assert scores["tuning"].unlabelled == 0  # type: ignore[attr-defined]
    assert scores["held_out"].unlabelled == 0  # type: ignore[attr-defined]
