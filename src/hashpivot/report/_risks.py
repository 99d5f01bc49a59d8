"""What a company's own latest reports state as existing risk, with the place of the first sentence."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.season import NOT_DISCLOSED, STATED_CHECKS, Answer, StatedCheck

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


def _risk(name: str, state: str, execution: Answer) -> Risk:
    check = STATED_CHECKS[name]
    first = {flag.kind: flag for flag in reversed(execution.stated) if flag.kind in check.kinds}
    places = (f"{f.form} public {f.said_on}, {f.source}, {f.locator}" for f in first.values())
    raised = state == check.state
    return Risk(
        verdict_words(name).capitalize(),
        state,
        check.why if raised else _silent(check),
        clean("; ".join(dict.fromkeys(places))) if raised else "",
    )


def _silent(check: StatedCheck) -> str:
    few = "none" if check.fewest == 1 else f"fewer than {check.fewest} {check.counted}"
    return f"the latest reports state {few}"
