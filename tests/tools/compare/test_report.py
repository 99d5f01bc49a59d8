"""The report counts cases by their worst finding, and names the first places of each distinct change."""

from __future__ import annotations

from tools.commands.cases import Case, Unbound
from tools.compare.findings import Finding, Level
from tools.compare.report import Compared, Report


def _report(*findings: list[Finding]) -> Report:
    compared = [
        Compared(Case((f"hashpivot lines C{number}",), ("README.md:1" if number else "broad",)), found)
        for number, found in enumerate(findings)
    ]
    unbound = [Unbound("hashpivot read WHAT", "docs/a.md:3", "no value for the placeholder WHAT")]
    return Report("aaa", "bbb", "2026-11-29", compared, unbound, ["hashpivot new"], [])


WORDS = Finding(Level.WORDS, "stdout words", "a", "b")
RENAMED = Finding(Level.RENAMED, "stdout $.policy", "ours", "rolling_horizon")


def test_cases_are_counted_by_their_worst_finding() -> None:
    different = [Finding(Level.DIFFERENT, f"stdout $.rows[{n}]", str(n), "0") for n in range(1, 7)]
    report = _report([], [WORDS], [WORDS, RENAMED], [RENAMED, *different])
    assert report.differs
    for row in (
        "| same | 0 | 1 | 1 |",
        "| only words changed | 1 | 0 | 1 |",
        "| allowed rename | 1 | 0 | 1 |",
        "| DIFFERENT | 1 | 0 | 1 |",
        "Renames: ours -> rolling_horizon (2).",
        "stdout $.rows[1]: `1` -> `0`",
        "  - and 2 more",
        "docs/a.md:3: hashpivot read WHAT: no value for the placeholder WHAT",
    ):
        assert row in report.brief()
    assert "hashpivot new" not in report.brief()
    assert "hashpivot new" in report.text()


def test_the_same_change_in_many_places_is_shown_once() -> None:
    text = _report([Finding(Level.WORDS, f"place {n}", "old", "new") for n in range(9)]).text()
    assert text.count("`old` -> `new`") == 1
    assert "place 0: `old` -> `new`\n  - and 8 more" in text


def test_words_and_renames_are_no_difference() -> None:
    assert not _report([WORDS], [RENAMED]).differs
