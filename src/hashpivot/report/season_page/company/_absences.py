"""What is not known of a company, each reason once, with what would end it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hashpivot.core import Absence, Missing
from hashpivot.season import CompanySeason

from ...shared import absence_words, clean, metric_title


@dataclass(frozen=True, slots=True)
class Gap:
    """Values that are absent for one reason.

    Args:
        titles: What they are.
        kind: The kind of absence.
        reason: Why; empty where the filing alone says it.
        needs: The filing that would end it; empty if none would.
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
    """Gather the absences of a company's answers; what does not apply is left out.

    What one filing would give stands together, whatever else is said of each.
    """
    found = list(_missing(company))
    titles: dict[Gap, list[str]] = {}
    for title, missing in found:
        titles.setdefault(_gap(missing), []).append(title)
    gaps = [replace(gap, titles="; ".join(dict.fromkeys(names))) for gap, names in titles.items()]
    return Absences(absence_words(missing for _, missing in found), gaps)


def _missing(company: CompanySeason) -> Iterator[tuple[str, Missing]]:
    for answer in company.answers:
        for metric in answer.metrics:
            if isinstance(metric.value, Missing) and metric.value.code is not Absence.NOT_APPLICABLE:
                yield metric_title(metric.name), metric.value


def _gap(missing: Missing) -> Gap:
    """The kind, with the filing that is needed, or else with the reason."""
    filing = clean(missing.needs).partition(": ")[0]
    by_filing = missing.code is Absence.NOT_IN_LEDGER and filing
    return Gap("", missing.code.words, "" if by_filing else clean(missing.reason), filing)
