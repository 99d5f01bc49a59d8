"""What the bundled figures cover, the census of absent numbers, and the method's table of needs.

python -m tools write coverage-page
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from hashpivot.core import Quarter
from hashpivot.coverage import BASE, CELL_PARTS, NEEDS, CompanyCoverage, Coverage, Need, Part, coverage
from hashpivot.season import NOT_JUDGED
from hashpivot.testing import bundled_desk

from ..parts import Made
from ..sections import markdown_table

WINDOW = tuple(Quarter(2024, 1).through(Quarter(2026, 2)))
SEASONS = ("2024Q4", "2025Q4", "2026Q1", "2026Q2")
_ALL_DUE = WINDOW[-1].end + timedelta(days=120)
"""A day by which every report of the window is due, so that the page does not change from day to day."""

_CAUSES = {
    ("not_in_ledger", True): "not in ledger: a report to get",
    ("not_in_ledger", False): "not in ledger: no contract or target known",
    ("not_disclosed", False): "not disclosed by a report that was read",
    ("not_derivable", True): "not derivable: an operand's report to get",
    ("not_derivable", False): "not derivable: operands do not go together",
    ("not_applicable", False): "not applicable",
}
"""Causes of absence by kind and by whether a report would end it."""

BEFORE = {
    "2024Q4": {"companies": 9, "cells": 702, "not_disclosed": 449, "not_derivable": 11, "not_applicable": 18},
    "2025Q4": {"companies": 8, "cells": 626, "not_disclosed": 425, "not_derivable": 24, "not_applicable": 8},
    "2026Q1": {"companies": 5, "cells": 390, "not_disclosed": 270, "not_derivable": 1, "not_applicable": 3},
    "2026Q2": {"companies": 2, "cells": 156, "not_disclosed": 105, "not_derivable": 0, "not_applicable": 1},
}
"""The same census at revision 43c743f with the figures bundled then, counted once on 2026-11-29."""
BEFORE_VERDICTS = {"2024Q4": (15, 36), "2025Q4": (11, 32), "2026Q1": (9, 20), "2026Q2": (4, 8)}
"""Verdicts given, of all, at that revision; the others were called not disclosed."""


def make() -> Made:
    """The sections of both pages."""
    desk = bundled_desk()
    covered = coverage(desk.view, desk.network, desk.companies, quarters=WINDOW, day=_ALL_DUE)
    seasons = {quarter: desk.season(quarter).to_dict() for quarter in SEASONS}
    return {
        "coverage-page/shares": shares(covered),
        "coverage-page/matrix": matrix(covered),
        "coverage-page/seasons": season_counts(covered),
        "coverage-page/before": census_before(),
        "coverage-page/after": census_after(seasons),
        "coverage-page/needs": needs(),
    }


def shares(covered: Coverage) -> str:
    """By company, the quarters owed with each part held; miners' sum below."""
    head = ["company", "role", "owed", *(part.heading.lower() for part in CELL_PARTS)]
    reporting = [company for company in covered.companies if company.share(Part.TOTAL)[1]]
    rows = [[c.ticker, c.role, str(c.share(Part.TOTAL)[1]), *_counts([c])] for c in reporting]
    miners = [company for company in reporting if company.role == "miner"]
    owed = sum(company.share(Part.TOTAL)[1] for company in miners)
    return markdown_table([head, *rows, ["miners", "", str(owed), *_counts(miners, percent=True)]])


def matrix(covered: Coverage) -> str:
    """The matrix of letters, as the terminal prints it."""
    head = "      " + "  ".join(f"{quarter!s:7}" for quarter in covered.window)
    rows = [f"{c.ticker:5} " + "  ".join(map(_letters, c.quarters)) for c in covered.companies]
    key = ", ".join(f"{part.letter} {part.heading.lower()}" for part in CELL_PARTS)
    text = "\n".join(line.rstrip() for line in (head, *rows))
    return f"```text\n{text}\n```\n\n{key}; small letters: secondary sources only; `.` owed and not held.\n"


def season_counts(covered: Coverage) -> str:
    """By quarter, how many miners owe a report, have a total, have lines."""
    head = ["quarter", "miners that owe it", "total", "by line", "gross profit of every line"]
    rows = [_season_row(covered, quarter) for quarter in covered.window]
    return markdown_table([head, *rows])


def census_before() -> str:
    """What was absent before there were four kinds."""
    head = [
        "season",
        "companies",
        "numbers",
        "`not_disclosed`",
        "`not_derivable`",
        "`not_applicable`",
        "verdicts given",
    ]
    kinds = ("not_disclosed", "not_derivable", "not_applicable")
    rows = [
        [
            quarter,
            str(counts["companies"]),
            str(counts["cells"]),
            *(_share(counts[kind], counts["cells"]) for kind in kinds),
            "{} of {}".format(*BEFORE_VERDICTS[quarter]),
        ]
        for quarter, counts in BEFORE.items()
    ]
    return markdown_table([head, *rows])


def census_after(seasons: dict[str, dict[str, Any]]) -> str:
    """What is absent now, by kind and cause."""
    head = ["", *seasons]
    counts = {quarter: Counter(_causes(season)) for quarter, season in seasons.items()}
    cells = {quarter: sum(1 for _ in _metrics(season)) for quarter, season in seasons.items()}
    rows = [
        ["companies", *(str(len(season["companies"])) for season in seasons.values())],
        ["numbers", *(str(cells[quarter]) for quarter in seasons)],
        *([words, *(_share(counts[q][words], cells[q]) for q in seasons)] for words in _CAUSES.values()),
        ["verdicts given", *map(_verdicts, seasons.values())],
    ]
    return markdown_table([head, *rows])


def needs() -> str:
    """The metrics that are counted, with their operands."""
    head = ["question", "metric", "needs", "decides the verdict"]
    rows = [[n.question, f"`{n.metric}`", _terms(n), "yes" if n.decides else ""] for n in NEEDS]
    return markdown_table([head, *rows])


def _counts(companies: list[CompanyCoverage], *, percent: bool = False) -> list[str]:
    """How many of the quarters owed have each part, or what share of them."""
    sums = {part: [company.share(part) for company in companies] for part in CELL_PARTS}
    held = {part: (sum(h for h, _ in of), sum(o for _, o in of)) for part, of in sums.items()}
    return [f"{h / o:.0%}" if percent and o else str(h) for h, o in held.values()]


def _letters(cell: Any) -> str:
    held = (
        (part.letter.lower() if cell.holdings[part].best == "C" else part.letter)
        if cell.holdings[part]
        else "."
        if cell.owed
        else " "
        for part in CELL_PARTS
    )
    return "".join(held)


def _season_row(covered: Coverage, quarter: Quarter) -> list[str]:
    place = covered.window.index(quarter)
    cells = [c.quarters[place] for c in covered.companies if c.role == "miner" and c.quarters[place].owed]
    parts = (Part.TOTAL, Part.LINES, Part.COST)
    held = (sum(cell.holdings[part].whole for cell in cells) for part in parts)
    return [str(quarter), str(len(cells)), *map(str, held)]


def _metrics(season: dict[str, Any]) -> Iterator[Any]:
    """Every number of the answers; the checks are left out, which only repeat whether one is there."""
    for company in season["companies"]:
        for answer in company["answers"].values():
            yield from (value for name, value in answer["metrics"].items() if not name.startswith("check_"))


def _causes(season: dict[str, Any]) -> Iterator[str]:
    absent = (value for value in _metrics(season) if isinstance(value, dict))
    return (_CAUSES[value["missing"], "needs" in value] for value in absent)


def _verdicts(season: dict[str, Any]) -> str:
    verdicts = [answer["verdict"] for c in season["companies"] for answer in c["answers"].values()]
    return f"{sum(verdict != NOT_JUDGED for verdict in verdicts)} of {len(verdicts)}"


def _share(count: int, of: int) -> str:
    return f"{count} ({count / of:.0%})" if count else "0"


def _terms(need: Need) -> str:
    """`revenue, total_revenue; base: revenue`."""
    steps: dict[str, list[str]] = {}
    for measure, step in need.terms:
        steps.setdefault(_step(step), []).append(f"`{measure}`")
    return "; ".join(f"{when}{', '.join(measures)}" for when, measures in steps.items())


def _step(step: int | str) -> str:
    return "base quarter: " if step == BASE else {0: "", 1: "quarter before: ", 4: "year before: "}[int(step)]
