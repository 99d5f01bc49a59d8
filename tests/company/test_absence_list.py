from __future__ import annotations

from hashpivot.company._absence_list import AbsentNumber, absence_groups
from hashpivot.core import Absence, Quarter, not_disclosed
from hashpivot.testing import MadeUpMiner

from .conftest import profile


def test_numbers_of_one_report_stand_together(miner: MadeUpMiner) -> None:
    groups = profile(miner.quarter("2025Q1", None, 50e6)).absences
    report = next(g for g in groups if g.ends.startswith("10-Q or 6-K for 2025Q1"))
    assert report.kind is Absence.NOT_IN_LEDGER
    assert {"Net income", "Cash and cash equivalents", "Revenue by line"} <= report.subjects.keys()
    assert all(quarters == (Quarter(2025, 1),) for quarters in report.subjects.values())


def test_the_newest_report_comes_first_within_a_kind(miner: MadeUpMiner) -> None:
    groups = [g for g in profile(miner.quarter("2025Q1", None, 50e6)).absences if " for 20" in g.ends]
    newest = [max(q for quarters in g.subjects.values() for q in quarters) for g in groups]
    kinds = [list(Absence).index(g.kind) for g in groups]
    assert kinds == sorted(kinds)
    assert newest == sorted(newest, reverse=True) or len(set(kinds)) > 1


def test_what_is_known_is_not_in_it(miner: MadeUpMiner) -> None:
    quarter = Quarter(2025, 1)
    miner.quarter("2025Q1", None, 50e6).figure(
        "net_income", quarter.start, quarter.end, 5e6, source="10-Q 2025Q1"
    )
    absent = {(subject, q) for g in profile(miner).absences for subject, qs in g.subjects.items() for q in qs}
    assert ("Net income", quarter) not in absent and ("Net income", quarter - 1) in absent
    assert ("Total revenue", quarter) not in absent


def test_what_one_report_does_not_give_stands_together() -> None:
    silent = (
        AbsentNumber(
            subject, Quarter(2025, 1), not_disclosed(f"10-Q was read and gives no {subject.lower()}")
        )
        for subject in ("Impairments", "Convertible notes")
    )
    (group,) = absence_groups(silent)
    assert group.reason == "10-Q was read and gives none of these" and group.count == 2
