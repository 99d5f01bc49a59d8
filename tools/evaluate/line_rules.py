"""How well rules and a learned classifier place the labels and filings of companies they were not made for.

    python -m tools write line-rules

For every company: the rules written for it alone are switched off and its labels and filings are read with
the rest; beside them a naive Bayes classifier over words, trained on the labels of all other companies.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from hashpivot.core import Line
from hashpivot.lines import LineRules, Reading, default_rules, read

from ..bundle.snapshot import Row, Snapshot
from ..parts import Made

Label = tuple[str, str, str]  # ticker, label, line


def labels(transcribed: list[Row]) -> list[Label]:
    """Distinct labels of rows by line, as transcribed; rows whose label names no line are left out."""
    rows = [row for row in transcribed if row["canonical_line"] != "total"]
    wanted = ("revenue", "cost_of_revenue", "segment_gross_profit")
    found = {
        (r["ticker"], r["label_as_reported"], r["canonical_line"]) for r in rows if r["measure"] in wanted
    }
    return sorted((ticker, label, "chips" if line == "chip_sales" else line) for ticker, label, line in found)


class Bayes:
    """Multinomial naive Bayes over words, with add-one smoothing."""

    def __init__(self, examples: Iterable[Label]) -> None:
        self.words: dict[str, Counter[str]] = defaultdict(Counter)
        self.lines: Counter[str] = Counter()
        for _, label, line in examples:
            self.lines[line] += 1
            self.words[line].update(label.lower().split())
        self.vocabulary = {word for counter in self.words.values() for word in counter}

    def classify(self, label: str) -> str:
        def score(line: str) -> float:
            counts, size = self.words[line], sum(self.words[line].values()) + len(self.vocabulary)
            words = [word for word in label.lower().split() if word in self.vocabulary]
            return math.log(self.lines[line]) + sum(math.log((counts[word] + 1) / size) for word in words)

        return max(self.lines, key=score)


def dollars(reading: Reading) -> Counter[tuple[object, ...]]:
    """Revenue and cost dollars by period, measure and line."""
    amounts: Counter[tuple[object, ...]] = Counter()
    for period in reading.periods:
        for measure, parts in (("revenue", period.revenue), ("cost", period.cost)):
            for line, value in (parts.by_line() if parts else {}).items():
                amounts[period.start, period.end, measure, line] += int(abs(value))
    return amounts


def kept(path: Path, without: LineRules) -> Decimal:
    """Share of a filing's attributed dollars that stand on the same line without the company's own rules."""
    full, left = dollars(read(path)), dollars(read(path, rules=without))
    return Decimal(sum((full & left).values())) / (sum(full.values()) or 1)


def table(snapshot: Snapshot) -> str:
    """The table of the page."""
    examples = labels(snapshot.table("figures/reported_figures.csv"))
    filings = snapshot.paths("filings/ixbrl")
    rules = default_rules()
    lines = [
        "| company | labels | all rules | rules of others | naive Bayes | filings | dollars kept |",
        "|---|---|---|---|---|---|---|",
    ]
    sums: Counter[str] = Counter()
    for ticker in sorted({ticker for ticker, _, _ in examples}):
        own = [example for example in examples if example[0] == ticker]
        without = rules.without(ticker)
        bayes = Bayes(example for example in examples if example[0] != ticker)
        right = {
            "all": sum(rules.classify(label) == Line(line) for _, label, line in own),
            "others": sum(without.classify(label) == Line(line) for _, label, line in own),
            "bayes": sum(bayes.classify(label) == line for _, label, line in own),
        }
        sums.update(right, labels=len(own))
        paths = [path for path in filings if path.name.startswith(f"{ticker}_10")]
        share = sum((kept(path, without) for path in paths), Decimal(0)) / len(paths) if paths else None
        shown = f"{share:.1%}" if share is not None else ""
        lines.append(
            _row(ticker, len(own), right["all"], right["others"], right["bayes"], len(paths) or "", shown)
        )
    lines.append(_row("all", sums["labels"], sums["all"], sums["others"], sums["bayes"], "", ""))
    return "\n".join(lines) + "\n"


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def make() -> Made:
    """The table of the page."""
    return {"line-rules": table(Snapshot.load())}
