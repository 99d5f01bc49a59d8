"""Find targets and risk disclosures in the real texts and write the tables shipped with the package.

    python -m tools write guidance-tables

Which text was public when stands in tests/guidance/texts.csv, and only these texts are read. The tables hold
numbers, names, dates and places, no sentence. Targets rejected in tests/guidance/labels.csv are left out.
A text without any risk disclosure has one row of an empty kind.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, replace
from datetime import date

from hashpivot.core import Companies, Company
from hashpivot.filings import Prose, read_prose
from hashpivot.guidance import (
    METRICS,
    Stance,
    StatedFlag,
    Target,
    find_flags,
    find_targets,
    find_withdrawals,
)
from hashpivot.ledger.bundle._statements import FLAG_COLUMNS, TARGET_COLUMNS

from ..evaluate.targets import Key, key, labelled_text, plain, rows, sha
from ..parts import Made
from ..places import tables
from .descriptor import TICKER, field_of, resource
from .licences import LICENSES

Labels = dict[tuple[str, str], set[tuple[Key, str]]]


def is_rejected(target: Target, text: str, labels: Labels) -> bool:
    """True if the sentence was read and holds no such target with that due date."""
    read = labels.get((target.ticker, sha(text)))
    due = target.due.isoformat() if target.due else ""
    return read is not None and (key(target), due) not in read


def read_labels() -> Labels:
    """The targets of each labelled sentence."""
    labels: Labels = {}
    for row in rows("labels.csv"):
        wanted = labels.setdefault((row["file"][:4], row["sha"]), set())
        if row["is_target"] == "1":
            wanted.add(((row["metric"], plain(row["low"]), plain(row["high"])), row["due"]))
    return labels


Said = tuple[Company, date, str, str, Prose]


def texts() -> list[Said]:
    """Company, day, form, source and prose of every real text."""
    companies = Companies.load()
    return [
        (
            companies[row["ticker"]],
            date.fromisoformat(row["said_on"]),
            row["form"],
            row["accession"] or row["file"].partition(".")[0],
            read_prose(labelled_text(row["file"])),
        )
        for row in rows("texts.csv")
    ]


def targets_in(said: Said, labels: Labels) -> Iterator[tuple[Target, str, bool]]:
    """Each target with its source, and whether it is a withdrawal."""
    company, day, _, source, prose = said
    for target in find_targets(prose, said_on=day, calendar=company.calendar, names=company.names):
        named = replace(target, ticker=company.ticker)
        if not is_rejected(named, prose.sentence(target.locator).text, labels):
            yield named, source, False
    for target in find_withdrawals(prose, said_on=day, calendar=company.calendar):
        yield replace(target, ticker=company.ticker), source, True


def flags_in(said: Said) -> Iterator[StatedFlag]:
    company, day, form, source, prose = said
    head = (company.ticker, day, form)
    flags = find_flags(prose)
    for flag in flags:
        yield StatedFlag(*head, flag.kind, flag.name, flag.count, source, flag.locator)
    if not flags:
        yield StatedFlag(*head, "", "", 0, source, "")


def write_targets(rows: Iterable[tuple[Target, str, bool]]) -> str:
    """The table for targets, each with its source and whether it is a withdrawal, in its own order."""
    return table_of(TARGET_COLUMNS, {target_row(target, source, gone) for target, source, gone in rows})


def write_flags(flags: Iterable[StatedFlag]) -> str:
    """The table for flags, in its own order."""
    return table_of(FLAG_COLUMNS, map(astuple, set(flags)))


def table_of(columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([tuple(columns), *sorted(rows)])
    return out.getvalue()


def target_row(target: Target, source: str, withdrawn: bool) -> tuple[str, ...]:
    low, high = ("" if number is None else f"{number.normalize():f}" for number in (target.low, target.high))
    return (
        target.ticker, target.said_on.isoformat(), target.metric, low, high, target.unit,
        target.due.isoformat() if target.due else "", target.due_text, target.stance,
        str(target.added).lower(), target.scope, str(withdrawn).lower(), source, str(target.locator),
    )  # fmt: skip


_FIRST = {
    "ticker": field_of("string", "Company", required=True, pattern=TICKER),
    "said_on": field_of("date", "Day the text became public", required=True),
}
_LAST = {
    "source": field_of("string", "Accession or file name of the text", required=True),
    "locator": field_of("string", "Paragraph and sentence, p:12/s:3"),
}
_TARGET_FIELDS = {
    **_FIRST,
    "metric": field_of("string", "What is to be reached", required=True, enum=list(METRICS)),
    "low": field_of("number", "Lower end; empty if open"),
    "high": field_of("number", "Upper end; empty if open"),
    "unit": field_of("string", "Unit", required=True),
    "due": field_of("date", "Last day of the due date"),
    "due_text": field_of("string", "Its words"),
    "stance": field_of("string", "How firmly", required=True, enum=[str(stance) for stance in Stance]),
    "added": field_of("boolean", "On top of what there is", required=True),
    "scope": field_of("string", "Whose revenue: total or a line; empty if not told, or no revenue"),
    "withdrawn": field_of("boolean", "Said not to be reached any more", required=True),
    **_LAST,
}
_FLAG_FIELDS = {
    **_FIRST,
    "form": field_of("string", "SEC form of the text", required=True),
    "kind": field_of("string", "Kind of risk; empty where the text states none"),
    "name": field_of("string", "Words found"),
    "count": field_of("integer", "Sentences that say so", required=True, minimum=0),
    **_LAST,
}


def descriptor() -> str:
    """The Frictionless Data Package (version 1) that describes the two tables."""
    package = {
        "profile": "tabular-data-package",
        "name": "hashpivot-guidance",
        "title": "Targets and stated risks of bitcoin miners turning into AI and chip companies",
        "description": "Found by patterns in the companies' own texts; no sentences. "
        "See docs/methods/guidance.md.",
        "licenses": LICENSES,
        "sources": [{"title": "SEC filings and releases furnished to the SEC"}],
        "resources": [
            resource("targets", _TARGET_FIELDS, None, []),
            resource("flags", _FLAG_FIELDS, None, []),
        ],
    }
    return json.dumps(package, indent=1) + "\n"


def make() -> Made:
    """The tables and their descriptor."""
    said, labels, folder = texts(), read_labels(), tables("ledger") / "texts"
    return {
        folder / "targets.csv": write_targets(row for text in said for row in targets_in(text, labels)),
        folder / "flags.csv": write_flags(flag for text in said for flag in flags_in(text)),
        folder / "datapackage.json": descriptor(),
    }
