"""The rubric of the season's four answers, from the constants the code uses.

python -m tools write rubric
"""

from __future__ import annotations

from hashpivot.season import CHECKS, MINIMUM_INPUTS, RISK_CHECKS, THRESHOLDS, MinimumInputs

from ..parts import Made


def rubric() -> str:
    """The tables of thresholds and checks."""
    rows = ["| question | verdict | from | why |", "|---|---|---|---|"]
    rows += [f"| {t.question} | `{t.verdict}` | {t.above:g} | {t.why} |" for t in THRESHOLDS]
    rows += ["", "| question | verdict | inputs needed | of | why |", "|---|---|---|---|---|"]
    rows += [_minimum(row) for row in MINIMUM_INPUTS]
    rows += ["", "| check | watch | fail | why |", "|---|---|---|---|"]
    for check in CHECKS:
        sign = "from" if check.rising else "down to"
        rows.append(f"| `{check.metric}` | {sign} {check.watch:g} | {sign} {check.fail:g} | {check.why} |")
    rows += ["", "| stated in the latest reports | then | why |", "|---|---|---|"]
    rows += [f"| `{name}` | {check.rule} | {check.why} |" for name, check in RISK_CHECKS.items()]
    return "\n".join(rows) + "\n"


def _minimum(row: MinimumInputs) -> str:
    verdict = f"`{row.verdict}`" if row.verdict else "any other"
    return f"| {row.question} | {verdict} | {row.needed} | {', '.join(row.inputs)} | {row.why} |"


def make() -> Made:
    """The tables of the page."""
    return {"rubric": rubric()}
