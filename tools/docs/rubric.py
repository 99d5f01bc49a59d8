"""The rubric of the season's four answers, from the constants the code uses.

python -m tools write rubric
"""

from __future__ import annotations

from hashpivot.season import CHECKS, FEWEST_CHECKS, RISK_CHECKS, THRESHOLDS

from ..parts import Made


def rubric() -> str:
    """The tables of thresholds and checks."""
    rows = ["| question | verdict | from | why |", "|---|---|---|---|"]
    rows += [f"| {t.question} | `{t.verdict}` | {t.above:g} | {t.why} |" for t in THRESHOLDS]
    rows += ["", f"Execution needs {FEWEST_CHECKS} checks with figures.", ""]
    rows += ["| check | watch | fail | why |", "|---|---|---|---|"]
    for check in CHECKS:
        sign = "from" if check.rising else "down to"
        rows.append(f"| `{check.metric}` | {sign} {check.watch:g} | {sign} {check.fail:g} | {check.why} |")
    rows += ["", "| stated in the latest reports | then | why |", "|---|---|---|"]
    rows += [f"| `{name}` | {check.rule} | {check.why} |" for name, check in RISK_CHECKS.items()]
    return "\n".join(rows) + "\n"


def make() -> Made:
    """The tables of the page."""
    return {"rubric": rubric()}
