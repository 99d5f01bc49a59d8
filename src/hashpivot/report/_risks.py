"""What a company's own latest reports state as existing risk, with the place of the first sentence."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.season import NOT_DISCLOSED, STATED_CHECKS, Answer

from ._format import clean
from ._verdict import verdict_words


@dataclass(frozen=True, slots=True)
class Risk:
    """One check of the text.

    Args:
        title: What is looked for.
        state: `pass`, `watch` or `fail`.
        meaning: What the state stands for.
        places: Report and sentence, where it was found.
    """

    title: str
    state: str
    meaning: str
    places: str


def risks(execution: Answer) -> list[Risk]:
    """The checks of the text that could be made; none if no report was read."""
    states = {metric.name: metric.value for metric in execution.metrics}
    found = {kind: states.get(f"check_{kind}", NOT_DISCLOSED) for kind in STATED_CHECKS}
    return [_risk(kind, str(state), execution) for kind, state in found.items() if state != NOT_DISCLOSED]


def _risk(kind: str, state: str, execution: Answer) -> Risk:
    raised, meaning = STATED_CHECKS[kind]
    places = (
        f"{flag.form} public {flag.said_on}, {flag.source}, {flag.locator}"
        for flag in execution.stated
        if flag.kind == kind
    )
    return Risk(
        verdict_words(kind).capitalize(),
        state,
        meaning if state == raised else "the latest reports state none",
        clean("; ".join(places)),
    )
