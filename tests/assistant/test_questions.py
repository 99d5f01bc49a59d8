"""CI's sample of the questions; all of them: `python -m tools ask-assistant`."""

from __future__ import annotations

from collections import Counter

from tools.evaluate.assistant import asking
from tools.evaluate.assistant.asking import Outcome, Question

SAMPLE = 13
LEAST_RIGHT = 0.85
"""Of the sample; some of the questions for figures drawn by chance are not understood."""


def test_a_sample_of_questions_is_answered() -> None:
    outcomes = asking.run(SAMPLE)
    counts = Counter(outcome.verdict for outcome in outcomes)
    assert counts["wrong"] == 0, asking.report(outcomes)
    assert counts["right"] >= LEAST_RIGHT * len(outcomes), asking.report(outcomes)


def test_the_set_is_as_large_and_as_mixed_as_it_says() -> None:
    questions = [question for question in asking.questions() if question.half in ("names", "held")]
    assert Counter((question.half, question.steps) for question in questions) == {
        ("names", 1): 60,
        ("held", 1): 60,
        ("names", 2): 20,
        ("held", 2): 20,
    }
    silent = sum(question.expect == "absent" for question in questions)
    assert silent >= len(questions) / 5
    assert len({question.text for question in asking.questions()}) == len(asking.questions())


def test_a_number_where_there_is_none_is_wrong_and_none_where_there_is_one_is_absent() -> None:
    question = Question("names", 1, "", "")
    assert Outcome(question, None, 1.0).verdict == "wrong"
    assert Outcome(question, None, None).verdict == "right"
    assert Outcome(question, 1.0, None).verdict == "absent"
    assert Outcome(question, 1.0, 2.0).verdict == "wrong"
    assert Outcome(question, 3e8, 3e8 + 1).verdict == "right"
