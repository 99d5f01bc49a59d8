"""The track record: targets against figures, made-up and real."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hashpivot.core import Figure, Line, Missing, Quarter, SentenceLocator, Source
from hashpivot.guidance import (
    Judged,
    Stance,
    Target,
    Verdict,
    judge_targets,
    track_record,
)
from hashpivot.ledger import Figures, View, bundled, target_of

TODAY = date(2026, 6, 30)
SOURCE = Source("s", "HASH", "10-Q", date(2024, 1, 1), "filed", "A")
TARGET = Target(
    "hash_rate", Decimal(30), Decimal(30), "ehs", date(2025, 6, 30), "by mid-2025", Stance.GUIDED,
    SentenceLocator(1, 1), excerpt="", said_on=date(2025, 1, 15), ticker="HASH",
)  # fmt: skip


def figure(
    measure: str,
    end: date,
    value: object,
    unit: str = "ehs",
    start: date | None = None,
    line: Line | None = None,
) -> Figure:
    return Figure("HASH", measure, line, start, end, Decimal(str(value)), unit, "", "s", "row:1", end)


def view(*levels: tuple[str, object]) -> View:
    figures = [figure("hash_rate_period_end", date.fromisoformat(day), value) for day, value in levels]
    return View(Figures({"s": SOURCE}, tuple(figures)), companies={})


def judge(target: Target, seen: View, as_of: date = TODAY, withdrawals: tuple[Target, ...] = ()) -> Judged:
    return judge_targets([target], seen, as_of, withdrawals=withdrawals)[0]


@pytest.mark.parametrize(
    ("levels", "verdict", "late"),
    [
        ([("2025-03-31", 25), ("2025-06-30", 30)], Verdict.MET, None),
        ([("2025-06-30", "29.8")], Verdict.MET, None),  # within the tolerance of 1%
        ([("2025-06-30", "29.6"), ("2025-08-31", 31)], Verdict.LATE, 62),
        ([("2025-06-30", 28), ("2026-03-31", 29)], Verdict.MISSED, None),
        ([("2025-03-31", 28)], Verdict.CANNOT_BE_JUDGED, None),
        (
            [("2024-12-31", 31), ("2025-06-30", 32)],
            Verdict.CANNOT_BE_JUDGED,
            None,
        ),  # reached when it was said
        ([], Verdict.CANNOT_BE_JUDGED, None),
    ],
)
def test_levels(levels: list[tuple[str, object]], verdict: Verdict, late: int | None) -> None:
    judged = judge(TARGET, view(*levels))
    assert (judged.verdict, judged.late_days) == (verdict, late)
    assert judged.reason


def test_open_until_due_and_nothing_later_is_seen() -> None:
    seen = view(("2025-03-31", 25), ("2025-06-30", 30))
    assert judge(TARGET, seen, date(2025, 5, 1)).verdict is Verdict.OPEN
    assert judge(replace(TARGET, due=None), view(("2025-03-31", 25))).verdict is Verdict.OPEN


def test_withdrawn_only_if_the_same_was_denied_later() -> None:
    seen = view(("2025-06-30", 20))
    denial = replace(TARGET, said_on=date(2025, 4, 1))
    assert judge(TARGET, seen, withdrawals=(denial,)).verdict is Verdict.WITHDRAWN
    assert judge(TARGET, seen, withdrawals=(replace(denial, high=Decimal(31)),)).verdict is Verdict.MISSED
    assert (
        judge(TARGET, seen, withdrawals=(replace(denial, said_on=date(2024, 4, 1)),)).verdict
        is Verdict.MISSED
    )


def test_what_cannot_be_judged_says_why() -> None:
    seen = view(("2025-06-30", 40))
    for target in (
        replace(TARGET, metric="power_gross", unit="mw"),
        replace(TARGET, metric="gpus", unit="gpus"),
        replace(TARGET, added=True),
        replace(TARGET, ticker=""),
        replace(TARGET, low=None, high=None),
    ):
        judged = judge(target, seen)
        assert judged.verdict is Verdict.CANNOT_BE_JUDGED
        assert judged.reason


def test_revenue_of_a_quarter() -> None:
    start, end = date(2025, 4, 1), date(2025, 6, 30)
    figures = Figures({"s": SOURCE}, (figure("total_revenue", end, 95_000_000, "usd", start),))
    seen = View(figures, companies={})
    asked = replace(
        TARGET, metric="revenue", unit="usd", low=Decimal(90_000_000), due_text="second quarter of 2025",
        scope="total",
    )  # fmt: skip
    assert judge(asked, seen).verdict is Verdict.MET
    assert judge(replace(asked, low=Decimal(99_000_000)), seen).verdict is Verdict.MISSED
    year = replace(asked, due=date(2025, 12, 31), due_text="2025")
    assert judge(year, seen).verdict is Verdict.CANNOT_BE_JUDGED
    assert judge(year, seen, date(2025, 8, 1)).verdict is Verdict.OPEN


def test_revenue_of_a_line() -> None:
    start, end = date(2025, 4, 1), date(2025, 6, 30)
    figures = (
        figure("total_revenue", end, 95_000_000, "usd", start),
        figure("revenue", end, 30_000_000, "usd", start, Line.AI_CLOUD),
    )
    seen = View(Figures({"s": SOURCE}, figures), companies={})
    asked = replace(
        TARGET, metric="revenue", unit="usd", low=Decimal(40_000_000), due_text="second quarter of 2025",
        scope="ai_cloud",
    )  # fmt: skip
    assert judge(asked, seen).verdict is Verdict.MISSED
    assert judge(replace(asked, low=Decimal(30_000_000)), seen).verdict is Verdict.MET
    assert judge(replace(asked, scope="hosting"), seen).verdict is Verdict.CANNOT_BE_JUDGED
    assert judge(replace(asked, scope=""), seen).verdict is Verdict.CANNOT_BE_JUDGED


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("fourth quarter of 2025", Verdict.MISSED),  # 30 of 70
        ("Q4 2025", Verdict.MISSED),
        ("three months ended December 31, 2025", Verdict.MISSED),
        ("second half of 2025", Verdict.MISSED),  # 60
        ("2H25", Verdict.MISSED),
        ("nine months ended December 31, 2025", Verdict.MET),  # 90
        ("2025", Verdict.MET),  # 120
        ("fiscal 2025", Verdict.MET),
        ("year ended December 31, 2025", Verdict.MET),
        ("this year", Verdict.MET),
        ("the end of 2025", Verdict.CANNOT_BE_JUDGED),
        ("year-end 2025", Verdict.CANNOT_BE_JUDGED),
        ("the remainder of 2025", Verdict.CANNOT_BE_JUDGED),
        ("late 2025", Verdict.CANNOT_BE_JUDGED),
        ("December 2025", Verdict.CANNOT_BE_JUDGED),
        ("December 31, 2025", Verdict.CANNOT_BE_JUDGED),
        ("next twelve months", Verdict.CANNOT_BE_JUDGED),
    ],
)
def test_revenue_only_of_periods_named_as_such(words: str, verdict: Verdict) -> None:
    quarters = [Quarter(2025, n) for n in (1, 2, 3, 4)]
    figures = tuple(figure("total_revenue", q.end, 30_000_000, "usd", q.start) for q in quarters)
    asked = replace(
        TARGET, metric="revenue", unit="usd", low=Decimal(70_000_000), scope="total",
        due=date(2025, 12, 31), due_text=words,
    )  # fmt: skip
    assert judge(asked, View(Figures({"s": SOURCE}, figures), companies={})).verdict is verdict


@pytest.mark.parametrize(
    ("quarters", "as_of", "verdict", "late"),
    [
        ((20, 26), TODAY, Verdict.MET, None),  # 4 x 26 in the quarter that ends on the due date
        ((20, 24, 24, 24), TODAY, Verdict.MISSED, None),
        ((20, 24, 26), TODAY, Verdict.CANNOT_BE_JUDGED, None),  # the pace on the day may have been enough
        ((20, 24, 24, 26), TODAY, Verdict.LATE, 184),
        ((20, 24), TODAY, Verdict.CANNOT_BE_JUDGED, None),  # no quarter after the due date
        ((20, 24), date(2025, 6, 1), Verdict.OPEN, None),
        ((26, 26), TODAY, Verdict.MET, None),
        ((), TODAY, Verdict.CANNOT_BE_JUDGED, None),
    ],
)
def test_pace_of_a_year(quarters: tuple[int, ...], as_of: date, verdict: Verdict, late: int | None) -> None:
    asked = replace(
        TARGET, metric="annualised_revenue", unit="usd", low=Decimal(100_000_000), scope="ai_cloud"
    )
    first = Quarter(2025, 1)
    figures = tuple(
        figure("revenue", (first + n).end, value * 1_000_000, "usd", (first + n).start, Line.AI_CLOUD)
        for n, value in enumerate(quarters)
    )
    seen = View(Figures({"s": SOURCE}, figures), companies={})
    judged = judge(asked, seen, as_of)
    assert (judged.verdict, judged.late_days) == (verdict, late)
    assert judge(replace(asked, scope=""), seen, as_of).verdict is Verdict.CANNOT_BE_JUDGED
    contract = replace(asked, stance=Stance.CONTRACTED)
    assert judge(contract, seen, as_of).verdict is Verdict.CANNOT_BE_JUDGED


def test_a_pace_reached_before_is_no_promise() -> None:
    before = Quarter(2024, 4)
    figures = (figure("total_revenue", before.end, 30_000_000, "usd", before.start),)
    asked = replace(TARGET, metric="annualised_revenue", unit="usd", low=Decimal(100_000_000), scope="total")
    judged = judge(asked, View(Figures({"s": SOURCE}, figures), companies={}))
    assert judged.verdict is Verdict.CANNOT_BE_JUDGED
    assert "had been reached" in judged.reason


def test_record_counts_a_repeated_target_once() -> None:
    seen = view(("2025-03-31", 25), ("2025-06-30", 28), ("2025-09-30", 32))
    again = replace(TARGET, said_on=date(2025, 3, 1), locator=SentenceLocator(2, 1))
    met = replace(TARGET, low=Decimal(28), high=Decimal(28))
    record = track_record(judge_targets([TARGET, again, met], seen, TODAY))
    assert record.counts == {Verdict.LATE: 1, Verdict.MET: 1}
    assert record.share_met == Decimal("0.5")
    assert record.median_delay_days == 92


def test_record_without_decided_targets_gives_reasons() -> None:
    record = track_record([])
    assert isinstance(record.share_met, Missing)
    assert isinstance(record.median_delay_days, Missing)


def test_bundled_targets_are_sound() -> None:
    targets = [target_of(fact) for fact in bundled().remarks if fact.kind == "target"]
    assert {target.ticker for target in targets} == {"RIOT", "CLSK", "BTBT"}
    assert all(target.low is not None or target.high is not None for target in targets)
    assert all(target.excerpt == "" for target in targets)
    assert all(target.source and isinstance(target.locator, SentenceLocator) for target in targets)
    assert len(targets) > 250


def test_riots_hash_rate_record() -> None:
    """Golden: guided 28, 31, 36.3 and 34.9 EH/s by the end of 2024; 31.5 was reached then, 36.5 in 2025."""
    view = View(bundled())
    riot = [t for t in view.targets("RIOT") if t.metric == "hash_rate" and t.due and not t.added]
    judged = judge_targets(riot, view, date(2025, 12, 31), withdrawals=view.withdrawals("RIOT"))
    verdicts = {(str(j.target.high), j.target.due.year): j.verdict for j in judged if j.target.due}
    assert verdicts["28", 2024] is Verdict.MET
    assert verdicts["31", 2024] is Verdict.MET
    assert verdicts["34.9", 2024] is Verdict.LATE
    assert verdicts["36.3", 2024] is Verdict.LATE
