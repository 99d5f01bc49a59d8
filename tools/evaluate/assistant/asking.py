"""Put the questions to `hashpivot mcp` over a real session, and count.

    python -m tools ask-assistant             # all questions: rates and what went wrong
    python -m tools ask-assistant --sample 8  # every eighth
    python -m tools ask-assistant --half second_even  # one half of the set

Right: the number, within a millionth, or no number where there is none. Wrong: another number, or a number
where there is none. Absent: no number where there is one. The right number is that of the addresses for which
a question stands; so the count says how well questions are understood, not how right the figures are. Where a
question is sensible and the ledger does not hold its number, the question was understood if the tools said of
exactly that figure that it is absent; that is counted beside.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import add, sub, truediv
from pathlib import Path
from typing import Any

from .client import ScriptedClient

HALVES = ("names", "held", "control", "fresh", "second_odd", "second_even", "drawn", "last")
"""Parts of the set. `second` is a second writer's, by odd and even row; `drawn` and `last` ask
for figures drawn by chance."""
QUESTIONS = Path(__file__).with_name("questions.csv")
TOLERANCE = 1e-6
_OPERATORS = {"+": add, "-": sub, "/": truediv}


@dataclass(frozen=True)
class Question:
    """A question and the addresses it stands for."""

    half: str
    steps: int
    text: str
    expect: str


@dataclass(frozen=True)
class Outcome:
    """What the client made of a question."""

    question: Question
    expected: float | None
    answered: float | None
    understood: bool = False
    """True if the ledger holds no number, and the tools said so of exactly the figure that is meant."""

    @property
    def verdict(self) -> str:
        """`right`, `wrong` or `absent`."""
        if self.expected is None:
            return "right" if self.answered is None else "wrong"
        if self.answered is None:
            return "absent"
        near = abs(self.answered - self.expected) <= TOLERANCE * max(1.0, abs(self.expected))
        return "right" if near else "wrong"


def questions() -> list[Question]:
    """All questions."""
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Question(row["half"], int(row["steps"]), row["question"], row["expect"]) for row in rows]


def understood(desk: Any, expect: str, absences: Sequence[tuple[str, dict[str, Any]]]) -> bool:
    """True if one of the addresses that stand for a question was said to be absent."""
    meant = {_meant(desk, address) for address in re.findall(r"\[(.*?)\]", expect)}
    said = {
        _slot(ticker, absent["measure"], absent["line"], absent["period"]["start"], absent["period"]["end"])
        for ticker, absent in absences
    }
    return bool(meant & said)


def _meant(desk: Any, address: str) -> tuple[str, ...]:
    ticker, period, measure, line = address.split("/")
    when = desk.period(ticker, period)
    return _slot(ticker, measure, line, when.start.isoformat(), when.end.isoformat())


def _slot(ticker: str, measure: str, line: str, start: str | None, end: str) -> tuple[str, ...]:
    """What tells two figures apart; a balance is that of the last day."""
    from hashpivot.core import MEASURES

    return ticker, measure, line, f"{start}..{end}" if MEASURES[measure].flow else end


def expected(view: Any, expect: str) -> float | None:
    """The number that addresses in brackets and arithmetic between them stand for; None if one is missing."""
    from hashpivot.core import Figure

    terms = re.split(r"\[(.*?)\]", expect)
    if len(terms) == 1:
        return None
    amounts = [view.amount(address) for address in terms[1::2]]
    if not all(isinstance(amount, Figure) for amount in amounts):
        return None
    value, numbers = float(amounts[0].value), [float(amount.value) for amount in amounts]
    for operator, number in zip(terms[2:-1:2], numbers[1:], strict=True):
        value = _OPERATORS[operator.strip()](value, number)
    return value - 1 if terms[-1].strip() == "- 1" else value


class _Session:
    """A session of the protocol as the client takes it."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def call(self, tool: str, **arguments: Any) -> dict[str, Any] | str:
        """The structured answer of a tool, or the words of its error."""
        result = await self._client.call_tool(tool, arguments)
        if result.is_error:
            return str(result.content[0].text)
        answer: dict[str, Any] = result.structured_content
        return answer


async def ask(asked: Sequence[Question]) -> list[Outcome]:
    """What the scripted client answers, over standard input and output of a server of its own."""
    from mcp import Client, StdioServerParameters
    from mcp.client.stdio import stdio_client

    from hashpivot.desk import Desk

    desk = Desk.open()
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "hashpivot.cli", "mcp"], env=dict(os.environ)
    )
    async with Client(stdio_client(server)) as client:
        listed = (await client.list_tools()).tools
        tools = [tool.model_dump(mode="json", by_alias=True) for tool in listed]
        scripted = ScriptedClient(_Session(client), tools)
        outcomes = []
        for question in asked:
            answered = await scripted.answer(question.text)
            right = expected(desk.view, question.expect)
            met = right is None and understood(desk, question.expect, scripted.absences)
            outcomes.append(Outcome(question, right, answered, met))
        return outcomes


def run(sample: int = 1, halves: Sequence[str] = HALVES) -> list[Outcome]:
    """Ask every question of some halves, or each of some distance."""
    import anyio

    return anyio.run(ask, [question for question in questions() if question.half in halves][::sample])


def report(outcomes: Sequence[Outcome]) -> str:
    """Rates by steps and half, and what was not right."""
    lines = []
    for steps in (1, 2):
        for half in HALVES:
            of = [o for o in outcomes if o.question.steps == steps and o.question.half == half]
            if not of:
                continue
            counts = Counter(outcome.verdict for outcome in of)
            silent = [o for o in of if o.expected is None]
            invented = sum(o.verdict == "wrong" for o in silent)
            rate = counts["right"] / len(of)
            sensible = [o for o in silent if o.question.expect != "absent"]
            met = sum(o.understood for o in sensible)
            lines.append(
                f"{steps} step{'s' * (steps > 1)}, {half}: "
                f"{counts['right']} of {len(of)} right ({rate:.1%}), "
                f"{counts['wrong']} wrong, {counts['absent']} absent; of {len(silent)} without a number "
                f"{invented} got one; of {len(sensible)} not held {met} were understood"
            )
    lines += [
        f"not understood: {o.question.text} | {o.question.expect}"
        for o in outcomes
        if o.verdict == "right" and o.expected is None and o.question.expect != "absent" and not o.understood
    ]
    lines += [
        f"{o.verdict}: {o.question.text} | {o.question.expect} = {o.expected}, answered {o.answered}"
        for o in outcomes
        if o.verdict != "right"
    ]
    return "\n".join(lines)
