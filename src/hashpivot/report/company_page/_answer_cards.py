"""The four answers as cards: verdict, headline, and the numbers behind it."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Missing
from hashpivot.season import Answer, CompanySeason, Metric

from ..shared import (
    QUESTIONS,
    Cell,
    EvidenceList,
    clean,
    metric_cell,
    metric_title,
    tone,
    verdict_words,
)


@dataclass(frozen=True, slots=True)
class AnswerNumber:
    """A number of an answer.

    Args:
        title: What it is.
        cell: Its value, with its evidence.
        stands_on: The list of the page it was counted from, `contracts` or `targets`, where it stands on no
            figure; else empty.
    """

    title: str
    cell: Cell
    stands_on: str


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """One of the four answers.

    Args:
        asked: The question.
        words: Its verdict.
        tone: How the verdict is drawn.
        headline: The answer in a sentence.
        numbers: The numbers behind it that are known.
        absent: How many are not.
        notes: What a careful reader must know.
    """

    asked: str
    words: str
    tone: str
    headline: str
    numbers: list[AnswerNumber]
    absent: int
    notes: list[str]


def answer_cards(season: CompanySeason | Missing, evidence: EvidenceList) -> list[AnswerCard]:
    """Return a card an answer; none if there are no answers. Figures are added to the evidence."""
    return [] if isinstance(season, Missing) else [_card(answer, evidence) for answer in season.answers]


def _card(answer: Answer, evidence: EvidenceList) -> AnswerCard:
    metrics = [metric for metric in answer.metrics if not metric.name.startswith("check_")]
    known = [metric for metric in metrics if not isinstance(metric.value, Missing)]
    return AnswerCard(
        asked=QUESTIONS.get(answer.question, answer.question),
        words=verdict_words(answer.verdict),
        tone=tone(answer.verdict),
        headline=clean(answer.headline),
        numbers=[
            AnswerNumber(
                metric_title(m.name), metric_cell(m, evidence.refs(m.figures)), _stands_on(answer, m)
            )
            for m in known
        ],
        absent=len(metrics) - len(known),
        notes=[clean(note) for note in answer.notes],
    )


def _stands_on(answer: Answer, metric: Metric) -> str:
    if metric.figures or answer.question != "growth":
        return ""
    if "targets" in metric.name:
        return "targets" if answer.targets else ""
    return "contracts" if answer.contracts else ""
