"""What a filing changed, from the ledger with it and without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Company, Kind, Line, Quarter
from hashpivot.ledger import Figures
from hashpivot.nowcast import days_known
from hashpivot.testing import MadeUpMiner
from hashpivot.watch import FilingChanges, filing_changes
from hashpivot.watch.changes import without

NETWORK = NetworkHistory.load()
NAMES = {"TEST": Company("TEST", "Test Mining Inc.")}
QUARTERS = [str(quarter) for quarter in Quarter.parse("2024Q1").through(Quarter.parse("2025Q1"))]
NEWEST = QUARTERS[-1]


@pytest.fixture(scope="module")
def miner() -> MadeUpMiner:
    """A miner that reported five quarters, in each 20 million dollars of mining and 5 million of AI."""
    made = MadeUpMiner(days_known(NETWORK, date(2025, 8, 1)))
    for quarter in QUARTERS:
        for line, usd in ((Line.SELF_MINING, 20e6), (Line.AI_CLOUD, 5e6), (None, 25e6)):
            made.quarter(quarter, line, usd)
    return made


def changed(held: Figures, source: str) -> FilingChanges:
    found = filing_changes(Figures(), _dated(held), source, NETWORK, NAMES)
    assert found
    return found


def _dated(held: Figures) -> Figures:
    """Each source known since the day its figures are."""
    known = {figure.source: figure.known for figure in held.figures}
    return replace(held, sources={key: replace(one, known=known[key]) for key, one in held.sources.items()})


def restated(miner: MadeUpMiner, **given: Any) -> Figures:
    """The miner's figures with a later report that gives one of them otherwise."""
    other = MadeUpMiner(miner.days)
    other.figures = list(miner.figures)
    quarter = Quarter.parse(NEWEST)
    other.figure(
        "total_revenue", quarter.start, quarter.end, 24e6, known=date(2025, 6, 1), source="10-Q/A", **given
    )
    return other.held()


def test_a_report_gives_a_quarter_its_revenue_and_verdicts(miner: MadeUpMiner) -> None:
    found = changed(miner.held(), f"10-Q {NEWEST}")
    assert (found.figures, found.new, found.restated, found.ticker) == (3, 3, 0, "TEST")
    assert found.measures == ("revenue", "total_revenue")
    assert [(str(h.quarter), h.measure, h.before_usd, h.after_usd) for h in found.headlines] == [
        (NEWEST, "total_revenue", None, 25_000_000),
        (NEWEST, "ai_revenue", None, 5_000_000),
    ]
    revenue = next(v for v in found.verdicts if v.question == "revenue")
    assert (str(revenue.quarter), revenue.before, revenue.after, revenue.move) == (
        NEWEST,
        "",
        "meaningful",
        "new",
    )


def test_its_surprise_is_measured_against_what_was_known_without_it(miner: MadeUpMiner) -> None:
    found = changed(miner.held(), f"10-Q {NEWEST}").surprise
    assert found and found.expected and found.relative is not None
    assert found.as_of == Quarter.parse(NEWEST).end.replace(month=5, day=10)
    assert found.position in ("below", "inside", "above")
    median = found.expected.median_usd
    assert found.relative == pytest.approx(25e6 / median - 1)
    rest = without(miner.held(), f"10-Q {NEWEST}")
    assert f"10-Q {NEWEST}" not in rest.sources
    assert len(rest.figures) == len(miner.figures) - 3


def test_a_restatement_changes_an_amount_and_is_no_surprise(miner: MadeUpMiner) -> None:
    found = changed(restated(miner), "10-Q/A")
    assert (found.figures, found.new, found.restated) == (1, 0, 1)
    (total,) = (h for h in found.headlines if h.measure == "total_revenue")
    assert (total.before_usd, total.after_usd) == (25_000_000, 24_000_000)
    assert found.surprise is None


def test_the_first_report_of_a_company_says_why_there_was_no_nowcast(miner: MadeUpMiner) -> None:
    held = miner.held()
    first = f"10-Q {QUARTERS[0]}"
    alone = Figures({first: held.sources[first]}, tuple(f for f in held.figures if f.source == first))
    found = changed(alone, first).surprise
    assert found and found.expected is None
    assert "nothing of it was known" in found.reason
    assert found.to_dict()["position"] is None


def test_what_is_bundled_was_known_before(miner: MadeUpMiner) -> None:
    held = _dated(miner.held())
    found = filing_changes(held, held, f"10-Q {NEWEST}", NETWORK, NAMES)
    assert found and (found.new, found.restated, found.headlines, found.verdicts) == (0, 0, (), ())


def test_a_figure_computed_from_one_that_goes_goes_too(miner: MadeUpMiner) -> None:
    held = miner.held()
    first = next(figure for figure in held.figures if figure.source == f"10-Q {NEWEST}")
    derived = replace(first, source=f"10-Q {QUARTERS[0]}", kind=Kind.DERIVED, operands=(first.id,))
    more = replace(derived, label="another", operands=(derived.id,))
    rest = without(replace(held, figures=(*held.figures, derived, more)), f"10-Q {NEWEST}")
    assert len(rest.figures) == len(held.figures) - 3


def test_a_source_the_ledger_does_not_have_changed_nothing(miner: MadeUpMiner) -> None:
    assert filing_changes(Figures(), miner.held(), "another", NETWORK, NAMES) is None
