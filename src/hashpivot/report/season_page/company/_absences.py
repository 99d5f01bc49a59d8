"""What is not known of a company, each reason once, with what would end it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hashpivot.core import Absence, Missing
from hashpivot.season import CompanySeason

from ...shared import absence_words, clean, metric_title


@dataclass(frozen=True, slots=True)
class Gap:
    """Values that are absent for one reason.

    Args:
        titles: What they are.
        kind: The kind of absence.
        reason: Why.
        needs: What would end it; empty if nothing would.
    """

    titles: str
    kind: str
    reason: str
    needs: str


@dataclass(frozen=True, slots=True)
class Absences:
    """What is not known of a company: a count by kind, and the reasons."""

    words: str
    gaps: list[Gap]


def absences(company: CompanySeason) -> Absences:
    """Gather the absences of a company's answers; what does not apply is left out."""
    titles: dict[Missing, list[str]] = {}
    for title, missing in _missing(company):
        titles.setdefault(missing, []).append(title)
    words = absence_words(missing for missing, names in titles.items() for _ in names)
    return Absences(words, [_gap(names, missing) for missing, names in titles.items()])


def _missing(company: CompanySeason) -> Iterator[tuple[str, Missing]]:
    for answer in company.answers:
        for metric in answer.metrics:
            if isinstance(metric.value, Missing) and metric.value.code is not Absence.NOT_APPLICABLE:
                yield metric_title(metric.name), metric.value


def _gap(names: list[str], missing: Missing) -> Gap:
    return Gap(
        titles="; ".join(dict.fromkeys(names)),
        kind=missing.code.words,
        reason=clean(missing.reason),
        needs=clean(missing.needs),
    )
