"""Made-up sentences in the manner of miners whose texts are not at hand: measured minimums by batch."""

from __future__ import annotations

import pytest

from tools.evaluate.made_up import misses, score


@pytest.mark.parametrize(
    ("batch", "sentences", "wrong", "right"),
    [
        (1, 95, 0, 44),
        (3, 40, 0, 14),
        (4, 45, 0, 18),
        (5, 30, 0, 17),
        (6, 30, 0, 9),
        (7, 28, 1, 9),
        (8, 25, 0, 14),
        (9, 25, 0, 11),
    ],
)
def test_batches_mended_on(batch: int, sentences: int, wrong: int, right: int) -> None:
    counts = score(batch)
    assert counts.sentences == sentences
    assert counts.wrong <= wrong, counts.remarks
    assert counts.right >= right, counts.remarks
    assert counts.due_wrong == 0, counts.remarks


def test_leases_options_and_states_of_a_day() -> None:
    """Batch 11 was mended on, batch 12 never; each has one date of another clause left."""
    mended, kept = score(11), score(12)
    assert (mended.right, mended.wrong, mended.due_wrong) == (12, 1, 1), mended.remarks
    assert (kept.right, kept.wrong, kept.due_wrong) == (8, 0, 1)


@pytest.mark.parametrize(("batch", "sentences", "wrong", "right"), [(2, 60, 3, 21), (10, 36, 3, 13)])
def test_batches_never_mended_on(batch: int, sentences: int, wrong: int, right: int) -> None:
    """Their errors are not shown, so that nobody mends on them."""
    counts = score(batch)
    assert counts.sentences == sentences
    assert counts.wrong <= wrong
    assert counts.right >= right
    assert counts.due_wrong == 0


def test_errors_are_listed_only_where_patterns_may_be_tuned() -> None:
    with pytest.raises(ValueError, match="of batches 1, 3"):
        misses(2)
