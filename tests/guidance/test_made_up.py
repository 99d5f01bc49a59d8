"""Made-up sentences in the manner of miners whose texts are not at hand: measured minimums by batch."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture(scope="module")
def score() -> Iterator[Callable[[int], Any]]:
    sys.path.insert(0, str(SCRIPTS))
    try:
        import score_made_up

        yield score_made_up.score
    finally:
        sys.path.remove(str(SCRIPTS))


@pytest.mark.parametrize(
    ("batch", "sentences", "wrong", "right"),
    [
        (1, 95, 0, 44),
        (3, 40, 0, 14),
        (4, 45, 0, 18),
        (5, 30, 0, 17),
        (6, 30, 0, 9),
        (7, 28, 1, 8),
        (8, 25, 0, 14),
        (9, 25, 0, 11),
    ],
)
def test_batches_mended_on(
    score: Callable[[int], Any], batch: int, sentences: int, wrong: int, right: int
) -> None:
    counts = score(batch)
    assert counts.sentences == sentences
    assert counts.wrong <= wrong, counts.remarks
    assert counts.right >= right, counts.remarks
    assert counts.due_wrong == 0, counts.remarks


@pytest.mark.parametrize(("batch", "sentences", "wrong", "right"), [(2, 60, 3, 21), (10, 36, 3, 13)])
def test_batches_never_mended_on(
    score: Callable[[int], Any], batch: int, sentences: int, wrong: int, right: int
) -> None:
    """Their errors are not shown, so that nobody mends on them."""
    counts = score(batch)
    assert counts.sentences == sentences
    assert counts.wrong <= wrong
    assert counts.right >= right
    assert counts.due_wrong == 0


def test_the_page_shows_todays_counts(score: Callable[[int], Any]) -> None:
    import score_made_up

    page = SCRIPTS.parent / "docs" / "guidance.md"
    assert score_made_up.START + score_made_up.shown() in page.read_text(encoding="utf-8")
