"""Sentences with what must be read from each."""

from __future__ import annotations

import html
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from hashpivot.core import Companies
from hashpivot.filings import read_prose
from hashpivot.lines import default_rules
from hashpivot.lines.sentences import SentenceStatements, sentence_results
from hashpivot.lines.tagged import measures_of

ROWS = tomllib.loads((Path(__file__).parent / "said.toml").read_text(encoding="utf-8"))["sentence"]
Result = tuple[str, str, str, str, Decimal, int | None]


@dataclass(frozen=True)
class Score:
    right: int
    wrong: int
    missed: int


def results(row: dict[str, Any]) -> set[Result]:
    """What is read from a row's page."""
    company = Companies.load().get(row.get("company", ""))
    page = f"<h2>{html.escape(row.get('about', ''))}</h2><p>{html.escape(row['text'])}</p>"
    said = sentence_results(
        read_prose("page.htm", data=page.encode()),
        filed=date.fromisoformat(row.get("filed", "2025-11-12")),
        calendar=company.calendar if company else None,
        names=company.names if company else ("Acme",),
    )
    return {
        (
            *_names(fact),
            fact.start.isoformat() if fact.start else "",
            fact.end.isoformat(),
            fact.value,
            fact.decimals,
        )
        for fact in said.facts
    }


def _names(fact: Any) -> tuple[str, str]:
    if fact.context.dims:
        rule = default_rules().find(fact.label)
        return "revenue", str(rule.target) if rule else ""
    if fact.concept == "us-gaap:Revenues":
        return "total_revenue", ""
    if fact.concept == "us-gaap:CostOfRevenue":
        return "total_cost_of_revenue", ""
    (found,) = measures_of(SentenceStatements((fact,)))
    return found.measure.name, ""


def expected(row: dict[str, Any]) -> set[Result]:
    return {(*names, Decimal(str(value)), decimals) for *names, value, decimals in row.get("result", ())}


def score(rows: list[dict[str, Any]]) -> Score:
    pairs = [(results(row), expected(row)) for row in rows]
    return Score(
        *(
            sum(len(part) for part in parts)
            for parts in zip(*((a & b, a - b, b - a) for a, b in pairs), strict=True)
        )
    )


@pytest.mark.parametrize("row", [row for row in ROWS if row["batch"] != 3], ids=lambda row: row["text"][:60])
def test_a_sentence_gives_what_it_states(row: dict[str, Any]) -> None:
    assert results(row) == expected(row)


def test_the_batch_never_used_for_corrections_is_read_as_the_docs_say() -> None:
    assert score([row for row in ROWS if row["batch"] == 3]) == Score(23, 0, 4)
