"""The report of a comparison: a table of counts, then every case that is not the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..commands.cases import Case, Unbound
from ..commands.extract import ShownLine
from .findings import Finding, Level

NAMES = {
    Level.SAME: "same",
    Level.WORDS: "only words changed",
    Level.RENAMED: "allowed rename",
    Level.DIFFERENT: "DIFFERENT",
}
SHOWN = 4  # places shown of a case; of places with the same change, the first


@dataclass(frozen=True)
class Compared:
    """A case and what its comparison found."""

    case: Case
    findings: Sequence[Finding]

    @property
    def level(self) -> Level:
        """That of the worst finding."""
        return max((finding.level for finding in self.findings), default=Level.SAME)


@dataclass(frozen=True)
class Report:
    """A comparison of two environments.

    Args:
        before: Version of the one.
        after: Version of the other.
        day: The day the commands took for today.
        compared: Every case.
        unbound: Lines of the before documents that could not be run.
        only_after: Cases that only the after documents show; not compared.
        tools: Lines of other programs in the before documents; not run here.
    """

    before: str
    after: str
    day: str
    compared: Sequence[Compared]
    unbound: Sequence[Unbound]
    only_after: Sequence[str]
    tools: Sequence[ShownLine]

    @property
    def differs(self) -> bool:
        """Whether any case is different."""
        return any(one.level is Level.DIFFERENT for one in self.compared)

    def summary(self) -> str:
        """Counts in Markdown: cases of the documents and of the broad list by outcome."""
        rows = [f"Before {self.before}, after {self.after}, on {self.day}.", ""]
        rows += ["| outcome | documented | broad | all |", "|---|---:|---:|---:|"]
        counts = Counter((one.level, one.case.places == ("broad",)) for one in self.compared)
        for level, name in NAMES.items():
            shown, broad = counts[level, False], counts[level, True]
            rows.append(f"| {name} | {shown} | {broad} | {shown + broad} |")
        rows += ["", f"{len(self.compared)} cases; {len(self.unbound)} lines not bound. {self._renames()}"]
        rows += [f"Texts with the same figures in another order: {self._count('order of figures')}."]
        rows += [f"Sheets with formulas that became plain numbers: {self._count('fewer formulas')}."]
        return "\n".join(rows)

    def brief(self) -> str:
        """What a terminal shows: the counts, the cases that are different, the lines not bound."""
        return "\n".join([self.summary(), *self._cases(Level.DIFFERENT), *self._unbound()]) + "\n"

    def text(self) -> str:
        """The whole report in Markdown."""
        parts = [self.summary()]
        for level in (Level.DIFFERENT, Level.RENAMED, Level.WORDS):
            parts += self._cases(level)
        parts += self._unbound()
        parts += _listed("Shown only after, not compared", self.only_after)
        parts += _listed("Other programs, not run here", (f"{one.place}: {one.text}" for one in self.tools))
        return "\n".join(parts) + "\n"

    def _cases(self, level: Level) -> list[str]:
        cases = [one for one in self.compared if one.level is level]
        lines = [line for one in cases for line in _lines(one)]
        return ["", f"## {NAMES[level]}", "", *lines] if lines else []

    def _unbound(self) -> list[str]:
        return _listed("Not bound", (f"{one.place}: {one.line}: {one.reason}" for one in self.unbound))

    def _findings(self) -> Iterator[Finding]:
        return (finding for one in self.compared for finding in one.findings)

    def _count(self, what: str) -> int:
        return sum(what in finding.where for finding in self._findings())

    def _renames(self) -> str:
        met = Counter(
            f"{finding.before} -> {finding.after}"
            for finding in self._findings()
            if finding.level is Level.RENAMED
        )
        return "Renames: " + (", ".join(f"{name} ({count})" for name, count in met.items()) or "none") + "."


def _lines(one: Compared) -> Iterator[str]:
    yield f"- `{one.case.text}` ({', '.join(one.case.places)})"
    worst = [finding for finding in one.findings if finding.level is one.level]
    distinct = {(finding.before, finding.after): finding for finding in reversed(worst)}
    for finding in list(reversed(distinct.values()))[:SHOWN]:
        yield f"  - {finding.where}: `{finding.before}` -> `{finding.after}`"
    if len(worst) > (named := min(SHOWN, len(distinct))):
        yield f"  - and {len(worst) - named} more"


def _listed(title: str, lines: Iterable[str]) -> list[str]:
    listed = [f"- {line}" for line in lines]
    return ["", f"## {title}", "", *listed] if listed else []
