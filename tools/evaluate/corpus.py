"""How much of filings of other industries, nobody tuned the reader on, is read right, in four folds.

    python -m tools first-sight FOLD      # record a fold's score before anyone opens its files
    python -m tools write corpus          # the table of docs/methods/lines.md

Every filing is read twice: as tagged, and as a release, with its tags ignored.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from hashpivot.core import HashpivotError
from hashpivot.filings import read_release
from hashpivot.lines import Reading, read, read_facts
from hashpivot.lines.release import ReleaseDocument

from ..parts import Made
from ..places import DATA
from ..sections import markdown_table

CORPUS = DATA / "corpus"
FOLDS = Path(__file__).with_name("corpus_folds.toml")
RECORD = Path(__file__).with_name("corpus_first_sight.json")

_COLUMNS = [f"{group}, {how}" for how in ("tagged", "tags ignored") for group in ("totals", "measures")]

Cell = tuple[str, str, str]
"""Start (empty for an instant), end, measure."""


@dataclass(frozen=True)
class Outcome:
    """What became of one true value.

    Args:
        file: Of the corpus.
        tagged: True if read from the tags, False if from the tables.
        cell: Period and measure.
        true: The value of `truth.csv`; None for a total that no row of it knows.
        got: As read, None if not read.
        warned: True if the reading has any warning beyond those about the table of companies.
    """

    file: str
    tagged: bool
    cell: Cell
    true: Decimal | None
    got: Decimal | None
    warned: bool

    @property
    def kind(self) -> str:
        """`right`, `wrong`, `missing`, or `extra` for a total of a period the truth does not know."""
        if self.true is None:
            return "extra"
        if self.got is None:
            return "missing" if self.warned else "silently missing"
        return "right" if self.got == self.true else "wrong"


def folds() -> list[list[str]]:
    """The filers of each fold."""
    return [fold["filers"] for fold in tomllib.loads(FOLDS.read_text(encoding="utf-8"))["fold"]]


def files(fold: int | None = None) -> list[str]:
    """The corpus' files, of one fold (from 1) or all."""
    names = sorted(path.name.removesuffix(".gz") for path in CORPUS.glob("*.htm.gz"))
    return [name for name in names if fold is None or name.partition("_")[0] in folds()[fold - 1]]


def truth() -> dict[str, dict[Cell, Decimal]]:
    """The true values by file, then cell."""
    values: dict[str, dict[Cell, Decimal]] = {}
    with (CORPUS / "truth.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            values.setdefault(row["file"], {})[row["start"], row["end"], row["measure"]] = Decimal(
                row["value"]
            )
    return values


def outcomes(names: Iterable[str], *, tagged: bool) -> Iterator[Outcome]:
    """Every true value of these files compared with what is read."""
    true = truth()
    for name in names:
        cells, warned = _read(CORPUS / f"{name}.gz", tagged=tagged)
        known = true.get(name, {})
        for cell, value in known.items():
            yield Outcome(name, tagged, cell, value, cells.get(cell), warned)
        for cell in cells.keys() - known.keys():
            if cell[2] == "total_revenue":
                yield Outcome(name, tagged, cell, None, cells[cell], warned)


def _read(path: Path, *, tagged: bool) -> tuple[dict[Cell, Decimal], bool]:
    try:
        reading = read(path) if tagged else read_facts(ReleaseDocument(read_release(path)))
    except HashpivotError:
        return {}, True
    return cells_of(reading), any("table of companies" not in warning for warning in reading.warnings)


def cells_of(reading: Reading) -> dict[Cell, Decimal]:
    """Totals and measures of a reading."""
    totals = {(str(p.start), str(p.end), "total_revenue"): p.total_revenue for p in reading.periods}
    measures = {
        (str(r.start) if r.start else "", str(r.end), r.measure.name): r.value for r in reading.reported
    }
    return measures | totals


def score(found: Iterable[Outcome]) -> dict[str, str]:
    """Right of all by measure group, and counts of what is not right."""
    kinds = {"totals": Counter[str](), "measures": Counter[str]()}
    for outcome in found:
        kinds["totals" if outcome.cell[2] == "total_revenue" else "measures"][outcome.kind] += 1
    return {group: _words(counts) for group, counts in kinds.items()}


def _words(counts: Counter[str]) -> str:
    whole = sum(count for kind, count in counts.items() if kind != "extra")
    others = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()) if kind != "right")
    return f"{counts['right']} of {whole}" + (f" ({others})" if others else "")


def scores(fold: int | None) -> dict[str, str]:
    """The four cells of a row: totals and measures, tagged and with tags ignored."""
    row = {}
    for tagged, name in ((True, "tagged"), (False, "tags ignored")):
        for group, words in score(outcomes(files(fold), tagged=tagged)).items():
            row[f"{group}, {name}"] = words
    return row


def first_sight(fold: int, commit: str, day: str) -> dict[str, str]:
    """Score a fold and record it; a fold is recorded once.

    Raises:
        SystemExit: If it is recorded already.
    """
    record = recorded()
    if str(fold) in record:
        raise SystemExit(f"fold {fold} was recorded at {record[str(fold)]['commit']}")
    record[str(fold)] = {"commit": commit, "date": day, **scores(fold)}
    RECORD.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return record[str(fold)]


def recorded() -> dict[str, dict[str, str]]:
    """The first-sight scores recorded so far, by fold."""
    if not RECORD.exists():
        return {}
    record: dict[str, dict[str, str]] = json.loads(RECORD.read_text(encoding="utf-8"))
    return record


def misses(fold: int) -> list[str]:
    """One line for each value of an opened fold that is not right.

    Raises:
        SystemExit: If the fold is not recorded yet.
    """
    if str(fold) not in recorded():
        raise SystemExit(f"fold {fold} has no first-sight score yet: python -m tools first-sight {fold}")
    return [
        f"{'tagged' if o.tagged else 'tables'} {o.kind}: {o.file} {' '.join(o.cell)}: {o.true} / {o.got}"
        for tagged in (True, False)
        for o in outcomes(files(fold), tagged=tagged)
        if o.kind != "right"
    ]


def table() -> str:
    """First-sight scores by fold, and the score of all files now."""
    head = ["fold", "seen first at", *_COLUMNS]
    rows = [
        [fold, f"{record['commit']}, {record['date']}", *(record[column] for column in _COLUMNS)]
        for fold, record in sorted(recorded().items())
    ]
    now = scores(None)
    return markdown_table([head, *rows, ["all", "now", *(now[column] for column in _COLUMNS)]])


def make() -> Made:
    """The table of the page."""
    return {"corpus": table()}
