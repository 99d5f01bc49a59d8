"""Seasons side by side: how each company's answers moved from one quarter to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from hashpivot.core import InvalidInput, Keyed, Quarter, Tabular, not_applicable, not_derivable

from ._season import CompanySeason, Season
from .answers import CHECKS, NOT_JUDGED, THRESHOLDS, Answer, Metric

MOVES = ("up", "down", "unchanged", "not_comparable", "new", "gone", "absent")
"""What may have happened to a company's answer between two quarters."""

KEY_METRICS = {
    "revenue": "ai_chips_share",
    "profitability": "offset_ratio",
    "growth": "contracted_to_revenue_ratio",
    "execution": "failing_checks",
}
"""The metric shown beside each verdict; `failing_checks` counts the checks that say `fail`."""

LADDERS = {
    "revenue": ("none", "trace", "emerging", "meaningful"),
    "profitability": ("not_offset", "partly_offset", "offset", "not_squeezed"),
    "growth": ("modest", "substantial", "transforming"),
    "execution": ("strained", "watch", "steady"),
}
"""Verdicts from the weakest up; words that are on no ladder cannot be compared."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One answer of one company in one quarter.

    Args:
        quarter: The quarter.
        verdict: The verdict; empty if the company has no figures in the quarter.
        metric: The key metric of the question.
        move: How the verdict moved since the quarter compared before; empty in the first.
        change: Key metric less that of the quarter before, where both are known.
        judged: The metric the verdict's thresholds were applied to; None if no single one was.
        crossing: How the verdict moved, with both values: `10.8% to 9.0%, below the 10% threshold`; empty if
            it did not.
    """

    quarter: Quarter
    verdict: str
    metric: Metric
    move: str = ""
    change: float | None = None
    judged: Metric | None = None
    crossing: str = ""

    @property
    def present(self) -> bool:
        """True if the company has figures in the quarter."""
        return bool(self.verdict)

    def to_dict(self) -> dict[str, Any]:
        """`{"quarter", "present", "verdict", "value", "move", "change", "crossing"}`; else null."""
        return {
            "quarter": str(self.quarter),
            "present": self.present,
            "verdict": self.verdict or None,
            "value": self.metric.to_json() if self.present else None,
            "move": self.move or None,
            "change": self.change,
            "crossing": self.crossing or None,
        }


@dataclass(frozen=True, slots=True, repr=False)
class Course(Keyed[tuple[Standing, ...]]):
    """One company's way through the quarters compared: a mapping of questions to one standing a quarter.

    Args:
        ticker: The company.
        name: Its name.
        answers: By question, one standing a quarter, oldest first.
        overall: By question, the move up to the last quarter.
        since: By question, the quarter `overall` compares with; None if it compares with none.
        crossings: By question, how the verdict moved up to the last quarter, as in `Standing`.
    """

    ticker: str
    name: str
    answers: dict[str, tuple[Standing, ...]]
    overall: dict[str, str]
    since: dict[str, Quarter | None]
    crossings: dict[str, str]

    def __repr__(self) -> str:
        return f"Course({self.ticker}: {', '.join(f'{name}={move}' for name, move in self.overall.items())})"

    def _members(self) -> dict[str, tuple[Standing, ...]]:
        return self.answers

    def _key_noun(self) -> str:
        return "question"

    def to_dict(self) -> dict[str, Any]:
        """`{"ticker", "name", "answers"}`; an answer: `{"metric", "overall", "since", "crossing", ...}`."""
        return {
            "ticker": self.ticker,
            "name": self.name,
            "answers": {
                question: {
                    "metric": KEY_METRICS[question],
                    "overall": self.overall[question],
                    "since": str(since) if (since := self.since[question]) else None,
                    "crossing": self.crossings[question] or None,
                    "quarters": [standing.to_dict() for standing in standings],
                }
                for question, standings in self.answers.items()
            },
        }


@dataclass(frozen=True, slots=True, repr=False)
class Comparison(Tabular, Keyed[Course]):
    """Several seasons side by side: a mapping of tickers to each company's course.

    Args:
        quarters: Oldest first.
        companies: Every company of any of them; those of the latest season first, largest revenue first.
    """

    row_key: ClassVar[str] = "ticker"

    quarters: tuple[Quarter, ...]
    companies: tuple[Course, ...]

    def __repr__(self) -> str:
        return f"Comparison({' '.join(map(str, self.quarters))}, {len(self.companies)} companies)"

    def records(self) -> list[dict[str, Any]]:
        """One row a company and question: the verdict of each quarter and the move up to the last."""
        return [
            {"ticker": course.ticker, "question": question}
            | {str(standing.quarter): standing.verdict for standing in standings}
            | {"overall": course.overall[question]}
            for course in self.companies
            for question, standings in course.answers.items()
        ]

    def _members(self) -> dict[str, Course]:
        return {course.ticker: course for course in self.companies}

    def _key_noun(self) -> str:
        return "company of the comparison is called"

    def moves(self, question: str) -> dict[str, int]:
        """How many companies moved which way up to the last quarter."""
        counts = Counter(course.overall[question] for course in self.companies)
        return {move: counts[move] for move in MOVES}

    def to_dict(self) -> dict[str, Any]:
        """`{"quarters", "moves": {question: {move: count}}, "companies": [...]}`, all keys stable."""
        return {
            "quarters": [str(quarter) for quarter in self.quarters],
            "moves": {question: self.moves(question) for question in KEY_METRICS},
            "companies": [course.to_dict() for course in self.companies],
        }


def compare(seasons: Sequence[Season]) -> Comparison:
    """Seasons side by side, in the order of their quarters.

    Raises:
        InvalidInput: If there are fewer than two seasons, or two of one quarter.
    """
    ordered = sorted(seasons, key=lambda season: season.quarter)
    quarters = tuple(season.quarter for season in ordered)
    if len(set(quarters)) < 2 or len(set(quarters)) < len(quarters):
        raise InvalidInput("a comparison needs two or more different quarters", hint="write 2024Q4 2025Q4")
    held = [{company.ticker: company for company in season.companies} for season in ordered]
    tickers = dict.fromkeys(ticker for companies in reversed(held) for ticker in companies)
    return Comparison(quarters, tuple(_course(ticker, quarters, held) for ticker in tickers))


def move(before: str, now: str, question: str) -> str:
    """How a verdict moved, one of `MOVES`; an empty verdict means that the company has no figures.

    A verdict that is on no ladder (`not_judged`, `before_halving`) is not comparable with any.
    """
    if not (before and now):
        return "new" if now else "gone" if before else "absent"
    ladder = LADDERS[question]
    if before not in ladder or now not in ladder:
        return "not_comparable"
    step = ladder.index(now) - ladder.index(before)
    return "up" if step > 0 else "down" if step < 0 else "unchanged"


def key_metric(answer: Answer) -> Metric:
    """The metric a comparison shows for an answer."""
    name = KEY_METRICS[answer.question]
    if name == "failing_checks":
        return _failing_checks(answer)
    none = Metric(name, not_applicable("the answer does not give it"))
    return next((metric for metric in answer.metrics if metric.name == name), none)


def _failing_checks(answer: Answer) -> Metric:
    numeric = {f"check_{check.metric}" for check in CHECKS}
    states = [m.value for m in answer.metrics if m.name in numeric and m.value != NOT_JUDGED]
    method = f"checks of figures that say fail, of {len(states)} that have what they need"
    if not states:
        return Metric("failing_checks", not_derivable("no check has the figures it needs"), (), method)
    return Metric("failing_checks", states.count("fail"), (), method)


def _course(ticker: str, quarters: Sequence[Quarter], held: Sequence[dict[str, CompanySeason]]) -> Course:
    seen = [companies.get(ticker) for companies in held]
    name = next(company.name for company in reversed(seen) if company is not None)
    answers = {question: _standings(question, quarters, seen) for question in KEY_METRICS}
    last = {question: _overall(question, standings) for question, standings in answers.items()}
    return Course(
        ticker,
        name,
        answers,
        {question: moved for question, (moved, _) in last.items()},
        {question: first.quarter if first else None for question, (_, first) in last.items()},
        {
            question: _crossing(question, moved, first, answers[question][-1]) if first else ""
            for question, (moved, first) in last.items()
        },
    )


def _overall(question: str, standings: Sequence[Standing]) -> tuple[str, Standing | None]:
    """The move from the first verdict that is on the ladder to the last quarter's, and its standing."""
    *earlier, last = standings
    first = next((one for one in earlier if one.verdict in LADDERS[question]), None)
    if first and last.verdict in LADDERS[question]:
        return _moved(first, last, question), first
    if last.present and any(one.present for one in earlier):
        return "not_comparable", None
    return ("new" if last.present else "gone"), None


def _standings(
    question: str, quarters: Sequence[Quarter], seen: Sequence[CompanySeason | None]
) -> tuple[Standing, ...]:
    found: list[Standing] = []
    for quarter, company in zip(quarters, seen, strict=True):
        now = _standing(question, quarter, company)
        found.append(_since(found[-1], now, question) if found else now)
    return tuple(found)


def _standing(question: str, quarter: Quarter, company: CompanySeason | None) -> Standing:
    if company is None:
        none = not_applicable(f"no figures of {quarter} are known")
        return Standing(quarter, "", Metric(KEY_METRICS[question], none))
    answer = company[question]
    return Standing(quarter, answer.verdict, key_metric(answer), judged=answer.judged)


def _since(before: Standing, now: Standing, question: str) -> Standing:
    values = (before.metric.value, now.metric.value)
    numbers = [float(value) for value in values if isinstance(value, (int, float))]
    change = numbers[1] - numbers[0] if len(numbers) == 2 else None
    moved = _moved(before, now, question)
    crossing = _crossing(question, moved, before, now)
    return replace(now, move=moved, change=change, crossing=crossing)


def _moved(before: Standing, now: Standing, question: str) -> str:
    """How the verdict moved; not comparable if the two were judged by different metrics."""
    moved = move(before.verdict, now.verdict, question)
    if moved in ("up", "down") and before.judged and now.judged and before.judged.name != now.judged.name:
        return "not_comparable"
    return moved


def _crossing(question: str, moved: str, before: Standing, now: Standing) -> str:
    """Both values of a verdict that moved, and the thresholds between them."""
    if moved not in ("up", "down") or before.judged is None or now.judged is None:
        return ""
    values = (before.judged.value, now.judged.value)
    then, later = (value if isinstance(value, (int, float)) else None for value in values)
    if then is None or later is None:
        return ""
    write = _percent if now.judged.name.endswith("_share") else _times
    words = f"{write(then)} to {write(later)}"
    low, high = sorted((then, later))
    crossed = [
        write(t.above, whole=True) for t in THRESHOLDS if t.question == question and low < t.above <= high
    ]
    if not crossed:
        return words
    side = "above" if later > then else "below"
    return f"{words}, {side} the {' and '.join(crossed)} threshold{'s' if len(crossed) > 1 else ''}"


def _percent(value: float, *, whole: bool = False) -> str:
    return f"{value:.0%}" if whole else f"{value:.1%}"


def _times(value: float, *, whole: bool = False) -> str:
    return f"{value:g}" if whole else f"{value:.2f}"
