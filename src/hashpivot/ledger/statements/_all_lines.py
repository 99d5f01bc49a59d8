"""Whether the lines of a period are all there are, as a longer period around it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ._statement import Slot, Statement
from ._tie_status import TieStatus


def completing(statement: Statement, others: Iterable[Statement]) -> Statement | None:
    """Return the longer statement that shows a statement's lines to be all; None if none does.

    Its lines add up to its total, and each line of it that the statement does not show was earned in other
    periods within it, so that nothing is left of it for the statement's own.

    Args:
        statement: The lines of one period.
        others: Statements of the same measure.
    """
    every = [s for s in others if s.basis == statement.basis and s.terms == statement.terms]
    around = [s for s in every if s.tie_status == TieStatus.TIES and _longer(s, statement)]
    proofs = (whole for whole in around if _shows_all(whole, statement, every))
    return min(proofs, key=lambda s: (s.end - s.start, s.grade, s.source), default=None)


def _longer(whole: Statement, part: Statement) -> bool:
    within = whole.start <= part.start and part.end <= whole.end
    return within and (whole.start, whole.end) != (part.start, part.end)


def _shows_all(whole: Statement, part: Statement, every: Sequence[Statement]) -> bool:
    return all(_earned_elsewhere(whole, part, slot, every) for slot in whole.signature - part.signature)


def _earned_elsewhere(whole: Statement, part: Statement, slot: Slot, every: Sequence[Statement]) -> bool:
    """True if periods within the longer one, and apart from the shorter, make up all of a line."""
    figure = whole.figures[slot]
    taken, total, rounding = [part], Decimal(0), figure.unit_step
    inside = [s for s in every if slot in s.figures and _longer(whole, s)]
    for other in sorted(inside, key=lambda s: (s.end - s.start, s.grade, s.start)):
        if all(other.end < one.start or one.end < other.start for one in taken):
            taken.append(other)
            total += other.amount(slot)
            rounding += other.figures[slot].unit_step
    return figure.value >= 0 and abs(figure.value - total) <= rounding / 2
