"""What a company's own latest reports state as existing risk, with the place of the first sentence."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.season import NOT_JUDGED, RISK_CHECKS, Answer

from ...shared import clean, verdict_words


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
    """The checks of the text that could be made, those that pass together; none if no report was read."""
    states = {metric.name: metric.value for metric in execution.metrics}
    results = {name: str(states.get(f"check_{name}", NOT_JUDGED)) for name in RISK_CHECKS}
    raised = [_risk(n, s, execution) for n, s in results.items() if s not in (NOT_JUDGED, "pass")]
    silent = [verdict_words(name) for name, state in results.items() if state == "pass"]
    passed = Risk(", ".join(silent).capitalize(), "pass", "the latest reports state none, or few", "")
    return [*raised, passed] if silent else raised


def _risk(name: str, state: str, execution: Answer) -> Risk:
    check = RISK_CHECKS[name]
    first = {flag.kind: flag for flag in reversed(execution.stated) if flag.kind in check.kinds}
    places = (f"{f.form} public {f.said_on}, {f.source}, {f.locator}" for f in first.values())
    title = verdict_words(name).capitalize()
    return Risk(title, state, check.why, clean("; ".join(dict.fromkeys(places))))
