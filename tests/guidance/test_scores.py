"""How well targets are found in the real texts: measured minimums, on sentences labelled by reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.evaluate import targets

Scores = dict[str, targets.Score]


@pytest.fixture(scope="module")
def scores(shared: Path) -> Scores:
    return targets.score()


def test_labels_are_many_and_split_by_company() -> None:
    rows = [line.split(",") for line in (Path(__file__).parent / "labels.csv").read_text().splitlines()[1:]]
    assert len({(row[0], row[1]) for row in rows if row[4] != "found"}) == 498
    assert {row[0][:4] for row in rows if row[3] == "tuning"} == {"RIOT", "CORZ", "BTBT"}
    assert {row[0][:4] for row in rows if row[3] == "held_out"} == {"CLSK"}


def test_every_labelled_sentence_is_still_there(shared: Path) -> None:
    assert targets.missing_sentences() == []


def test_companies_tuned_on(scores: Scores) -> None:
    tuning = scores["tuning"]
    assert tuning.precision >= 0.99
    assert tuning.recall >= 0.98
    assert tuning.due_wrong == 0


def test_company_held_out(scores: Scores) -> None:
    """As measured when the patterns were done; short of the aims of precision 0.95 and recall 0.8."""
    held_out = scores["held_out"]
    assert held_out.precision >= 0.80
    assert held_out.recall >= 0.52
    assert held_out.due_wrong == 0


def test_filings_added_later(shared: Path) -> None:
    """Half of them, by file, was never tuned on."""
    tuned, first_seen = (targets.score_later()[split] for split in targets.LATER_SPLITS)
    assert (tuned.right, tuned.wrong, tuned.missed, tuned.due_wrong) == (7, 0, 0, 0)
    assert (first_seen.right, first_seen.wrong, first_seen.due_wrong, first_seen.unlabelled) == (5, 0, 0, 0)


def test_every_finding_was_read(scores: Scores) -> None:
    assert scores["tuning"].unlabelled == 0
    assert scores["held_out"].unlabelled == 0
