"""Ledgers that earlier versions wrote: nothing of them is lost, and they go on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from hashpivot import read_document
from hashpivot.core import Kind, Quarter, TextFact
from hashpivot.ledger import Figures, Ledger, View
from hashpivot.lines import READER_VERSION

DATA = Path(__file__).parents[1] / "data"
EVERY = sorted(path.name.removesuffix(".sqlite3").removeprefix("ledger-") for path in DATA.glob("*.sqlite3"))


@pytest.fixture(params=EVERY)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def rows(version: str) -> dict[str, list[dict[str, str]]]:
    """Every row of the ledger, as its own version wrote it."""
    answer: dict[str, list[dict[str, str]]] = json.loads((DATA / f"ledger-{version}.json").read_text())
    return answer


@pytest.fixture
def path(version: str, tmp_path: Path) -> Path:
    return Path(copyfile(DATA / f"ledger-{version}.sqlite3", tmp_path / "ledger.sqlite3"))


def written(figures: Figures) -> dict[str, list[dict[str, Any]]]:
    """What a ledger holds, in the words of 0.1.0's columns."""
    return {
        "sources": [
            {
                "key": s.key, "ticker": s.ticker, "form": s.form, "known": str(s.known),
                "known_basis": s.known_basis, "grade": s.grade, "accession": s.accession, "url": s.url,
                "sha256": s.sha256, "name": s.name, "period_end": str(s.period_end or ""),
            }
            for s in sorted(figures.sources.values(), key=lambda source: source.key)
        ],
        "figures": [
            {
                "id": f.id, "ticker": f.ticker, "measure": f.measure, "line": f.line or "",
                "start": str(f.start or ""), "end": str(f.end), "value": f.text, "unit": f.unit,
                "label": f.label, "source": f.source, "locator": str(f.locator), "known": str(f.known),
                "kind": str(f.kind), "decimals": "" if f.decimals is None else str(f.decimals),
                "cut": f.breakdown, "formula": f.formula, "operands": "", "note": f.note,
            }
            for f in figures.figures
        ],
        "remarks": [
            {
                "id": r.id, "ticker": r.ticker, "source": r.source, "known": str(r.known), "kind": r.kind,
                "locator": str(r.locator), "data": r.data,
            }
            for r in figures.remarks
        ],
    }  # fmt: skip


def test_every_figure_text_fact_and_source_is_read_as_it_was_written(path: Path, rows) -> None:
    with Ledger.open(path) as ledger:
        ledger.check()
        held = ledger.read()
    assert (
        len(held.sources) and len(held.figures) and {fact.kind for fact in held.remarks} >= {"target", "text"}
    )
    assert written(held) == rows
    assert all(figure.kind is Kind.REPORTED and not figure.operands for figure in held.figures)


def test_more_is_added_and_everything_is_found_afterwards(path: Path, rows) -> None:
    with Ledger.open(path) as ledger:
        held = ledger.read()
        source = replace(next(iter(held.sources.values())), key="later", known=date(2026, 3, 1))
        figure = replace(held.figures[0], source="later", value=held.figures[0].value + 1, breakdown="main")
        fact = replace(next(r for r in held.remarks if r.kind == "target"), source="later")
        assert ledger.add(source, [figure], [fact]).new
    with Ledger.open(path) as ledger:
        ledger.check()
        after = ledger.read()
    assert after.figures == (*held.figures, figure) and after.remarks == (*held.remarks, fact)
    before = {name: [row for row in table if row.get("source", row.get("key")) != "later"]
              for name, table in written(after).items()}  # fmt: skip
    assert before == rows


def test_the_filings_it_was_made_from_are_there_already(path: Path) -> None:
    """Today's code reads the same figures and text facts in them: reading them again changes none."""
    days = {"exmp-20240331": "2024-05-08", "exmp-20240630": "2024-08-01", "exmp-20240930": "2024-11-01",
            "exmp-20241231": "2025-02-28", "call": "2025-10-30"}  # fmt: skip
    (Path(path.parent) / "home").mkdir()
    (path.parent / "home" / "companies.toml").write_text('[EXMP]\nname = "Example Mining Inc."\ncik = "1"\n')
    with Ledger.open(path) as ledger:
        held = ledger.read()
        figures, facts = set(held.figures), set[TextFact](held.remarks)
        for file in sorted((DATA / "filings-0.1.0").iterdir()):
            day = days.get(file.stem)
            made = read_document(
                file, filed=date.fromisoformat(day) if day else None, ticker="EXMP" if day else ""
            )
            figures -= set(made.reading.figures())
            facts -= set(made.remarks())
            added = ledger.add(made.reading.source, made.reading.figures(), made.remarks())
            assert not added.new and added.reread and not added.changes, file.name
        now = ledger.read()
    assert (now.figures, now.remarks, now.changes) == (held.figures, held.remarks, ())
    assert {source.reader for source in held.sources.values()} == {0}
    assert {source.reader for source in now.sources.values()} == {READER_VERSION}
    assert not figures and not facts


def test_its_quarters_are_derived_and_traced(path: Path) -> None:
    view = View.open(path)
    fourth = view.figure("EXMP/2024Q4/total_revenue/total")
    assert fourth.value == 130_000 and fourth.formula == "{0} - {1}"
    assert view.quarter_lines("EXMP", Quarter(2024, 1)).eliminations
    for figure in view.figures("EXMP"):
        assert view.figure(figure.id) == figure
    assert [str(end.figure.locator) for end in view.trace(fourth.id).reported()] == ["fact:n7", "fact:n7"]
