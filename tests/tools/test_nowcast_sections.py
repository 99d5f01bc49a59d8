"""Sections on the nowcast's page: AI lines against rivals, and totals 20 days after the quarter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.ledger import View, bundled
from hashpivot.nowcast import nowcast
from tools.evaluate import nowcast_check, nowcast_rivals


def test_rivals_stand_on_what_was_known() -> None:
    rows = list(nowcast_rivals.rows())
    assert len(rows) > 20
    for case, (_, last, *others) in rows:
        assert last == pytest.approx(case.last_usd, rel=1e-6)
        assert min(others) > 0
    table = nowcast_rivals.section(rows).splitlines()
    assert table[2].startswith("| to 2024 |") and f"| all | {len(rows)} |" in "\n".join(table)


def test_the_check_counts_what_lay_inside_and_names_the_rest() -> None:
    view = View(bundled())
    company = nowcast(view, NetworkHistory.load(), nowcast_check.FIRST, ["CLSK"])["CLSK"]
    median = company.total.median_usd
    section = nowcast_check.section([(company, median), (replace(company), 9 * median)])
    assert "| 2025 | all | 2 | 1 (50%) |" in section
    assert section.count("CLSK 2025Q1 (") == 1
