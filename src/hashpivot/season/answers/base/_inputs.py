"""The inputs of a verdict: how many are known, from which grade of source, and why others are absent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hashpivot.core import Absence, Figure, Missing, short_repr
from hashpivot.ledger import Contract, View

from ._thresholds import MINIMUM_INPUTS

_WIRES = ("businesswire.com", "globenewswire.com", "prnewswire.com", "accessnewswire.com", "newsfilecorp.com")


@short_repr
@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of one verdict.

    Args:
        held: Inputs that are known.
        needed: Inputs the verdict needs at least.
        total: Inputs it can have.
        grade: Worst grade of the sources behind those that are known; empty if none is.
        lacking: For each input that is not known, why.
    """

    held: int = 0
    needed: int = 0
    total: int = 0
    grade: str = ""
    lacking: tuple[Missing, ...] = ()

    @property
    def enough(self) -> bool:
        """True if a verdict may be given."""
        return self.held >= self.needed

    @property
    def absent(self) -> tuple[Missing, ...]:
        """The distinct reasons for what is not known."""
        return tuple(dict.fromkeys(self.lacking))

    @property
    def words(self) -> str:
        """`2 of 5 inputs; 2 not in the ledger, 1 not disclosed`."""
        counts = Counter(missing.code for missing in self.lacking)
        kinds = [f"{counts[code]} {_WORDS[code]}" for code in Absence if counts[code]]
        return "; ".join(filter(None, (f"{self.held} of {self.total} inputs", ", ".join(kinds))))


_WORDS = {code: code.words for code in Absence} | {Absence.NOT_IN_LEDGER: "not in the ledger"}


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a verdict, as it is known.

    Args:
        value: A number, a word or why there is none.
        figures: The figures behind it.
        contracts: The contracts behind it.
    """

    value: float | int | str | Missing
    figures: tuple[Figure, ...] = ()
    contracts: tuple[Contract, ...] = ()


def inputs_of(view: View, question: str, inputs: Sequence[Input], verdict: str = "") -> Inputs:
    """Count the inputs of a verdict.

    Args:
        view: What the figures come from.
        question: One of the four questions.
        inputs: Every input the verdict can have.
        verdict: The verdict, where one needs fewer inputs than the others.
    """
    held = [one for one in inputs if not isinstance(one.value, Missing)]
    lacking = tuple(one.value for one in inputs if isinstance(one.value, Missing))
    grades = {grade for one in held for grade in _grades(view, one)}
    return Inputs(len(held), needed(question, verdict), len(inputs), max(grades, default=""), lacking)


def needed(question: str, verdict: str = "") -> int:
    """The fewest inputs of a verdict, by its own row of `MINIMUM_INPUTS` or that of the whole question."""
    rows = {row.verdict: row.needed for row in MINIMUM_INPUTS if row.question == question}
    return rows.get(verdict, rows[""])


def _grades(view: View, one: Input) -> Iterator[str]:
    yield from (grade for figure in one.figures for grade in _figure_grades(view, figure))
    yield from (contract_grade(view, contract) for contract in one.contracts)


def _figure_grades(view: View, figure: Figure) -> Iterator[str]:
    """Grades of the sources at the ends of a figure."""
    if not figure.operands:
        source = view.sources.get(figure.source)
        yield from [source.grade] if source else []
        return
    yield from (end.source.grade for end in view.trace(figure.id).reported() if end.source)


def contract_grade(view: View, contract: Contract) -> str:
    """The grade of a contract's source: A a filing, B a company's release on a wire, C any other page."""
    source = view.source_at(contract.url, contract.ticker)
    held = source.grade if source else ""
    if held or "://" not in contract.url or "sec.gov/" in contract.url:
        return held or "A"
    return "B" if any(wire in contract.url for wire in _WIRES) else "C"
