"""Write the rubric tables of docs/season.md from the constants the code uses.

python scripts/season_reference.py            # write
python scripts/season_reference.py --check    # fail if the page is out of date
"""

from __future__ import annotations

import sys
from pathlib import Path

from hashpivot.season import CHECKS, FEWEST_CHECKS, RISK_CHECKS, THRESHOLDS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "season.md"
START, END = "<!-- generated: rubric -->\n", "<!-- end -->\n"


def rubric() -> str:
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


def main() -> None:
    old = PAGE.read_text(encoding="utf-8")
    before, _, rest = old.partition(START)
    new = f"{before}{START}{rubric()}{END}{rest.partition(END)[2]}"
    if "--check" not in sys.argv:
        PAGE.write_text(new, encoding="utf-8")
    elif new != old:
        sys.exit("docs/season.md is out of date: run python scripts/season_reference.py")


if __name__ == "__main__":
    main()
