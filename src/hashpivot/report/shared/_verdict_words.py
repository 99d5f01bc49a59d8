"""The verdict words: how they are written, how strong they are, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.season import CHECKS, FEWEST_CHECKS, NOT_JUDGED, RISK_CHECKS, THRESHOLDS, Check, Metric

from .formats import format_value, metric_title

QUESTIONS = {
    "revenue": "Do AI or chips bring meaningful revenue yet?",
    "profitability": "Do the new lines offset the squeezed mining margin?",
    "growth": "What growth is contracted, guided or hoped for, and what pays for it?",
    "execution": "How are capital, customers, delays and risks handled?",
}

_TONES = {
    "meaningful": "good",
    "emerging": "fair",
    "offset": "good",
    "not_squeezed": "good",
    "partly_offset": "fair",
    "not_offset": "poor",
    "transforming": "good",
    "substantial": "good",
    "steady": "good",
    "watch": "fair",
    "strained": "poor",
    NOT_JUDGED: "unknown",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """One verdict word of one question and when it is given."""

    question: str
    verdict: str
    when: str


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One check of the execution answer: the number it looks at, its two marks, and why."""

    title: str
    rule: str
    why: str


def verdict_words(verdict: str) -> str:
    """`partly_offset` -> `partly offset`."""
    return verdict.replace("_", " ")


def tone(verdict: str) -> str:
    """`good`, `fair`, `poor`, `unknown`, or `plain` for a word that does not judge; only picks a shade."""
    return _TONES.get(verdict, "plain")


def meanings() -> list[Meaning]:
    """Every verdict word with its rule; thresholds are those the answers are given by."""
    graded = [Meaning(t.question, t.verdict, f"from {t.above:.0%}: {t.why}") for t in THRESHOLDS]
    return graded + [Meaning(*rule) for rule in _RULES]


def rules() -> list[CheckRule]:
    """The checks of the execution answer, of figures first, then of what the latest reports state."""
    counted = [(metric_title(check.metric), check_words(check), check.why) for check in CHECKS]
    stated = [(verdict_words(name), check.rule, check.why) for name, check in RISK_CHECKS.items()]
    return [CheckRule(_capital(title), rule, _capital(why)) for title, rule, why in (*counted, *stated)]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def check_words(check: Check) -> str:
    """`watch from 25.0%, fail from 75.0%`, in the unit of the metric."""
    watch, fail = (format_value(Metric(check.metric, float(mark))) for mark in (check.watch, check.fail))
    if check.rising:
        return f"watch from {watch}, fail from {fail}"
    return f"watch at {watch} or less, fail at {fail} or less"


_ALL_CHECKS = len(CHECKS) + len(RISK_CHECKS)
_RULES = (
    ("revenue", "trace", "more than nothing, but less than that"),
    ("revenue", "none", "the lines add up to total revenue and none of them is AI or chips"),
    ("revenue", NOT_JUDGED, "revenue by line is not known, or leaves open what AI and chips bring"),
    ("profitability", "not_offset", "the ratio is lower than that"),
    ("profitability", "not_squeezed", "mining gross profit is not below that before the latest halving"),
    ("profitability", "before_halving", "there is no figure of before a halving to compare with"),
    ("profitability", NOT_JUDGED, "gross profit by line is not known on both sides"),
    ("growth", "modest", "less than that, or no contract with both value and term, but some obligation"),
    ("growth", NOT_JUDGED, "revenue is not known, or nothing contracted that has an amount"),
    ("execution", "steady", "every check with figures passes"),
    ("execution", "watch", "a check says watch, none fails"),
    ("execution", "strained", "a check fails"),
    (
        "execution",
        NOT_JUDGED,
        f"fewer than {FEWEST_CHECKS} of the {len(CHECKS)} checks of figures could be made",
    ),
)
