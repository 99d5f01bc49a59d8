"""What coverage says in words: what a report would give, and which answers it would unlock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hashpivot.core import MEASURES, Quarter

from ._coverage import Coverage, QuarterCoverage
from ._holes import Hole, Unlock
from ._needs import NEEDS
from ._parts import Part

_BY_NAME = {
    "total_revenue": "total revenue",
    "revenue": "revenue by line",
    "cost_of_revenue": "cost by line",
}
_ORDER = (*_BY_NAME, *(name for name in MEASURES if name not in _BY_NAME))
_FEW = 2
"""Quarters that are named one by one; of more the first and the last."""


def gives_words(hole: Hole) -> str:
    """What the answers need of a report: `cost by line, cash flow statement, notes`."""
    if {"total_revenue", "revenue"} <= set(hole.measures):
        return "all that the answers need"
    measures = sorted(hole.measures, key=_ORDER.index)
    words = (_BY_NAME.get(measure) or MEASURES[measure].section.heading.lower() for measure in measures)
    return ", ".join(dict.fromkeys(words))


def unlock_words(hole: Hole) -> str:
    """The verdicts a report alone unlocks by question, and how many metrics: `revenue 2024Q3; 12 metrics`."""
    alone = [unlock for unlock in hole.unlocks if unlock.alone]
    verdicts = [unlock for unlock in alone if unlock.verdict]
    quarters = _by_quarters(verdicts)
    parts = [f"{_named(questions)} of {span}" for span, questions in quarters.items()]
    metrics = len(alone) - len(verdicts)
    parts += [f"{metrics} {'metric' if metrics == 1 else 'metrics'}"] if metrics else []
    return "; ".join(parts) or "nothing alone"


def with_others_words(hole: Hole) -> str:
    """What it unlocks together with other reports: `2 verdicts, 5 metrics`."""
    counts = {
        "verdict": hole.count(verdicts=True, alone=False),
        "metric": hole.count(verdicts=False, alone=False),
    }
    return ", ".join(f"{n} {word}{'s' * (n != 1)}" for word, n in counts.items() if n)


def cell_words(company: str, cell: QuarterCoverage) -> str:
    """One quarter of one company: `RIOT 2024Q4 (FY2024), 10-K: total A; cash flow statement A, 4 of 5`."""
    head = f"{company} {cell.quarter} ({cell.fiscal}), {cell.form}"
    if not cell.owed:
        return f"{head}: not owed"
    held = [_part_words(cell, part) for part in cell.holdings if cell.holdings[part]]
    return f"{head}: {'; '.join(held) or 'nothing is held'}"


def share_words(coverage: Coverage, part: Part) -> str:
    """`61 of 113`: the quarters owed with a part held."""
    held, owed = coverage.share(part)
    return f"{held} of {owed}"


def quarter_span(quarters: Sequence[Quarter]) -> str:
    """`2024Q1`, `2024Q1 and 2024Q3`, or `9 quarters 2024Q1..2026Q2`."""
    ordered = sorted(set(quarters))
    if len(ordered) <= _FEW:
        return " and ".join(map(str, ordered))
    return f"{len(ordered)} quarters {ordered[0]}..{ordered[-1]}"


def _part_words(cell: QuarterCoverage, part: Part) -> str:
    held = cell.holdings[part]
    if part.counted:
        return f"{held.held} {part.heading.lower()}"
    grade = held.worst if held.best == held.worst else f"{held.best} to {held.worst}"
    count = f", {held.held} of {held.of}" if held.of > 1 else ""
    return f"{part.heading.lower()} {grade}{count}, known {held.known}"


def _by_quarters(verdicts: Iterable[Unlock]) -> dict[str, list[str]]:
    """Questions by the quarters their verdicts are unlocked for."""
    quarters: dict[str, list[Quarter]] = {}
    for unlock in verdicts:
        quarters.setdefault(unlock.question, []).append(unlock.quarter)
    by_span: dict[str, list[str]] = {}
    for question, of in quarters.items():
        by_span.setdefault(quarter_span(of), []).append(question)
    return by_span


def _named(questions: Sequence[str]) -> str:
    return (
        "all four answers" if len(questions) == len({need.question for need in NEEDS}) else _listed(questions)
    )


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
