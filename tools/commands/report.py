"""The report of a comparison: a table of counts, then every case that is not the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .cases import Case, Unbound
from .extract import ShownLine
from .findings import Finding, Level

NAMES = {
    Level.SAME: "same",
    Level.WORDS: "only words changed",
    Level.RENAMED: "allowed rename",
    Level.DIFFERENT: "DIFFERENT",
}
SHOWN = 4  # places shown of a case


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
        return "\n".join(rows)

    def text(self, least: Level = Level.WORDS) -> str:
        """The report in Markdown: the counts, and every case of at least a level."""
        parts = [self.summary()]
        for level in sorted((level for level in NAMES if level >= least), reverse=True):
            cases = [one for one in self.compared if one.level is level]
            if cases:
                parts += ["", f"## {NAMES[level]}", "", *(line for one in cases for line in _lines(one))]
        parts += _listed("Not bound", (f"{one.place}: {one.line}: {one.reason}" for one in self.unbound))
        if least is Level.DIFFERENT:
            return "\n".join(parts) + "\n"
        parts += _listed("Shown only after, not compared", self.only_after)
        parts += _listed("Other programs, not run here", (f"{one.place}: {one.text}" for one in self.tools))
        return "\n".join(parts) + "\n"

    def _renames(self) -> str:
        met = Counter(
            f"{finding.before} -> {finding.after}"
            for one in self.compared
            for finding in one.findings
            if finding.level is Level.RENAMED
        )
        return "Renames: " + (", ".join(f"{name} ({count})" for name, count in met.items()) or "none") + "."


def _lines(one: Compared) -> Iterator[str]:
    yield f"- `{one.case.text}` ({', '.join(one.case.places)})"
    worst = [finding for finding in one.findings if finding.level is one.level]
    for finding in worst[:SHOWN]:
        yield f"  - {finding.where}: `{finding.before}` -> `{finding.after}`"
    if len(worst) > SHOWN:
        yield f"  - and {len(worst) - SHOWN} more"


def _listed(title: str, lines: Iterable[str]) -> list[str]:
    listed = [f"- {line}" for line in lines]
    return ["", f"## {title}", "", *listed] if listed else []
