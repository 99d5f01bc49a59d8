"""What every case must hold: a reading or a typed error, nothing lost or changed in silence, bounded time."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hashpivot.core import HashpivotError, SentenceLocator
from hashpivot.filings import read_filing, read_prose, read_release, shown_file
from hashpivot.lines import Reading, read_facts
from hashpivot.lines.release import ReleaseDocument

from .cases import Aim, Case, plain_size, telling_of
from .documents import Base
from .kept_totals import Original, Said, known_companies
from .made import Truth
from .saying import Reported, Saying, entry_of, saying_of, unwritable

_ELSEWHERE = 8  # every how manieth case is read in the other ways too, which takes long
_SHOWN_PROBLEMS = 3
SLOWEST, SLOWEST_PER_BYTE = 1.0, 50e-6
"""Seconds a case may take whatever its size, and for each byte of it: some ten times what filings take."""


class Broken(AssertionError):
    """A case in which a demand is not held."""


@dataclass(frozen=True)
class Outcome:
    """What came of a case that holds.

    Args:
        word: `read`, the kind of the error and its first words, or why it does not count.
        counts: True if it reached the reader of figures or of text.
    """

    word: str
    counts: bool


class Demands:
    """Holds cases against what is demanded; what unchanged documents say is kept.

    Args:
        kept: How many documents' sayings are kept.
    """

    def __init__(self, kept: int = 400) -> None:
        self._sayings: dict[str, Saying] = {}
        self._kept = kept

    def prepare(self, case: Case) -> None:
        """Read what the case is held against, which is no part of its time."""
        if case.aim is not Aim.ANY:
            self._before(case.base)

    def hold(self, case: Case, number: int) -> Outcome:
        """The outcome of a case.

        Raises:
            Broken: If a demand is not held.
            Exception: Anything else is a bug in a reader.
        """
        if not case.altered:
            return Outcome("not altered", False)
        if case.aim is Aim.TELLING:
            return self._hold_telling(case)
        after, _ = examine(case.data, twice=number % _ELSEWHERE == 1)
        if case.aim is Aim.SAME:
            compare(self._before(case.base), after, day_changed="wrap" in case.mutations)
        if case.aim is Aim.ALIKE:
            _raise(untold(self._before(case.base), after))
        if case.aim is Aim.DOUBTFUL:
            _raise(unadmitted(self._before(case.base), after, case.mutations))
        if case.aim is Aim.TRUTH or (case.aim is Aim.SAME and case.base.truth):
            _raise(against(case.base.truth, after))
            _raise(invented(case.base.truth, after))
        if number % _ELSEWHERE == 0:
            read_elsewhere(case.data)
        if case.base.kind in ("inline", "excerpt") and case.aim is Aim.ANY and not after.error:
            keep_totals(case.base.data, case.data)
        return _outcome(after)

    def _hold_telling(self, case: Case) -> Outcome:
        before = self._before(case.base)
        change = telling_of(case)(case.base.data, before, random.Random(case.state))
        if change is None or change.data == case.base.data:
            return Outcome("not altered", False)
        after, _ = examine(change.data)
        _raise(change.problems(before, after))
        return _outcome(after)

    def _before(self, base: Base) -> Saying:
        held = self._sayings.get(base.name)
        if held is None:
            held, _ = saying_of(base.data)
            if len(self._sayings) >= self._kept:
                self._sayings.clear()
            self._sayings[base.name] = held
        return held


def _outcome(after: Saying) -> Outcome:
    if not after.error:
        return Outcome("read", True)
    return Outcome(f"{after.error}: {' '.join(after.reason.split()[:6])}", False)


def _raise(problems: Iterator[str]) -> None:
    shown = [problem for problem, _ in zip(problems, range(_SHOWN_PROBLEMS), strict=False)]
    if shown:
        raise Broken("; ".join(shown))


def examine(data: bytes, *, twice: bool = False) -> tuple[Saying, object]:
    """What a document says, once its ledger rows are sound, and if asked the same when read twice.

    Raises:
        Broken: If a row is not.
    """
    said, document = saying_of(data)
    if document is not None:
        _raise(unwritable(document))
        _ = repr(document), document.to_dict()
    if twice:
        other, _ = saying_of(data)
        if other != said:
            raise Broken("read twice, it says two things")
    return said, document


def compare(before: Saying, after: Saying, *, day_changed: bool = False) -> None:
    """Demand that two documents say the same.

    Args:
        before: What one says.
        after: What the other says.
        day_changed: The other became public on another day, which moves what its sentences speak of.

    Raises:
        Broken: If they do not.
    """
    if before.error != after.error:
        raise Broken(f"it was {before.error or 'read'}, now {after.error or 'read'}: {after.reason}")
    first, second = (_undated(said) if day_changed else said.figures for said in (before, after))
    gone, new = first - second, second - first
    if gone or new:
        shown = [
            f"{entry} {value} {unit}" for entry, value, unit in sorted(gone or new, key=str)[:_SHOWN_PROBLEMS]
        ]
        raise Broken(
            f"a change without meaning changed {len(gone)} figures to {len(new)}: {'; '.join(shown)}"
        )
    if before.statements != after.statements and not day_changed:
        shown = sorted(before.statements ^ after.statements)[0]
        raise Broken(f"a change without meaning changed statements: {shown}")
    lost = {warning for warning in before.warnings - after.warnings if "deadline" not in warning}
    if len(after.warnings) < len(before.warnings) and not day_changed:
        raise Broken(f"a change without meaning lost a warning: {sorted(lost)[:1]}")


def untold(before: Saying, after: Saying) -> Iterator[str]:
    """Figures that another way of writing changed, lost or added, though no new warning says so."""
    if after.error or after.warnings - before.warnings:
        return
    for entry, value, unit in sorted(before.figures - after.figures, key=str):
        values = ", ".join(map(str, after.values.get(entry, ()))) or "gone"
        yield f"{entry} {value} {unit} is {values} without a warning"
    for entry, value, unit in sorted(after.figures - before.figures, key=str):
        if entry not in before.values:
            yield f"{entry} {value} {unit} is new, without a warning"


def unadmitted(before: Saying, after: Saying, mutations: tuple[str, ...]) -> Iterator[str]:
    """A contradiction that no new warning names. One of days may be about nothing that is read."""
    told = after.error or after.warnings - before.warnings
    of_days = any(name in ("shift_a_day", "swap_two_contexts") for name in mutations)
    if not told and not (of_days and before.figures == after.figures):
        yield "a contradiction without a warning"


def _undated(said: Saying) -> frozenset[Reported]:
    """The figures that no sentence gives: what sentences speak of hangs on the day."""
    spoken = {entry_of(figure) for figure in said.located if isinstance(figure.locator, SentenceLocator)}
    return frozenset(each for each in said.figures if each[0] not in spoken)


def against(truth: Truth, said: Saying) -> Iterator[str]:
    """What a made-up document says wrongly, or leaves out without a warning."""
    for (measure, line, start, end), value in truth.items():
        values = {
            read for (name, of, _, first, last), reads in said.values.items()
            if (name, of, first, last) == (measure, line, start, end) for read in reads
        }  # fmt: skip
        if values and values != {value}:
            yield f"{measure} {line} {start}..{end} is {value}, read as {', '.join(map(str, values))}"
        if not values and not said.warnings and not said.error:
            yield f"{measure} {line} {start}..{end} is {value}, which is missing without a warning"


def invented(truth: Truth, said: Saying) -> Iterator[str]:
    """Figures of tables and tags, of measures a made-up document gives, for periods it does not speak of."""
    known = {(measure, start, end) for measure, _, start, end in truth}
    measures = {measure for measure, _, _ in known}
    for figure in said.located:
        elsewhere = isinstance(figure.locator, SentenceLocator) or figure.measure not in measures
        if not elsewhere and (figure.measure, figure.start, figure.end) not in known:
            yield f"{figure!r} is read, which it does not say"


def keep_totals(original: bytes, mutated: bytes) -> None:
    """Demand that no total is lost though the tags of its period agree; and that facts are where they say.

    Raises:
        Broken: If one is.
    """
    try:
        filing = read_filing("case", data=mutated)
    except HashpivotError:
        return
    for fact in (*filing.facts, *filing.texts):
        _ = fact.text, fact.label, fact.column_header, fact.table, fact.row, fact.column, repr(fact)
        if filing.fact(fact.locator) is not fact:
            raise Broken(f"{fact.locator} leads elsewhere")
        if fact.unit and fact.value is None and not fact.nil:
            raise Broken(f"{fact.locator} has no value")
    before = Original([original], 0).said
    if before:
        _raise(before.lost(Said.of(filing, read_facts(filing, companies=known_companies()))))


def read_elsewhere(data: bytes) -> None:
    """Read a document in the ways that `hashpivot read` does not: tags ignored, text alone, to be shown."""
    _show(lambda: read_facts(ReleaseDocument(read_release("case", data=data)), companies=known_companies()))
    with tempfile.NamedTemporaryFile(suffix=".htm") as file:
        file.write(data)
        file.flush()
        _show(lambda: read_prose(Path(file.name)))
    _show(lambda: shown_file(data, "case"))


def _show(reader: Callable[[], object]) -> None:
    """All that a reading says; a typed error is as good."""
    try:
        found = reader()
    except HashpivotError as error:
        str(error)
        return
    _ = repr(found)
    if isinstance(found, Reading):
        _ = [str(figure) for figure in found.figures()]


def most_seconds(data: bytes) -> float:
    """Processor time a document may take: linear in its size."""
    return SLOWEST + SLOWEST_PER_BYTE * plain_size(data)
