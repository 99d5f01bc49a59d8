"""How well targets are found: precision and recall on sentences labelled by reading, by company.

    python -m tools write targets      # the tables of the page
    python -m tools misses             # the errors of the split `tuning`

Patterns may be tuned on the split `tuning` alone; `misses` never reads the texts held out. A target counts as
right if the sentence holds one of that metric with the same range; its due date and stance are scored on the
right ones. Sentences of the stratum `found` were read because something was found in them, so that precision
covers every finding; as they say nothing of what was overlooked, recall is measured on the others. A sentence
that a company repeats counts once.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from hashpivot.core import Companies
from hashpivot.filings import Prose, read_prose
from hashpivot.guidance import Stance, Target, find_targets

from ..parts import Made
from ..places import DATA, TESTS

TABLES = TESTS / "guidance"
COLUMNS = (
    "sentences", "right", "wrong", "missed", "precision", "recall",
    "due_right", "due_missing", "due_wrong", "stance_right", "unlabelled",
)  # fmt: skip
SPLITS = ("tuning", "held_out")
LATER_SPLITS = ("tuned", "first_seen")
Key = tuple[str, str, str]  # metric, low, high


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a table of labels or texts."""
    with (TABLES / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(number: Decimal | str | None) -> str:
    return "" if number in (None, "") else f"{Decimal(str(number)).normalize():f}"


def key(target: Target) -> Key:
    return target.metric, plain(target.low), plain(target.high)


def labelled_text(name: str) -> Path:
    """The filing or release of that file name in the data folder."""
    return next((DATA / "filings").glob(f"*/{name}"))


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass
class Score:
    """Counts of one company or split."""

    sentences: int = 0
    right: int = 0
    right_early: int = 0
    wrong: int = 0
    missed: int = 0
    due_right: int = 0
    due_wrong: int = 0
    due_missing: int = 0
    stance_right: int = 0
    unlabelled: int = 0
    by_stance: Counter[tuple[str, bool]] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list, repr=False)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else float("nan")

    @property
    def recall(self) -> float:
        early = self.right_early + self.missed
        return self.right_early / early if early else float("nan")

    def add(self, labels: list[dict[str, str]], targets: list[Target], text: str) -> None:
        """Compare what is labelled in one sentence with what was found in it."""
        wanted = {
            (r["metric"], plain(r["low"]), plain(r["high"])): r for r in labels if r["is_target"] == "1"
        }
        found = {key(target): target for target in targets}
        self.sentences += 1
        early = all(label["stratum"] != "found" for label in labels)
        self.right_early += early * len(wanted.keys() & found.keys())
        for name in wanted.keys() - found.keys() if early else ():
            self.missed += 1
            self.remarks.append(f"missed {name} in {text}")
        for name in found.keys() - wanted.keys():
            self.wrong += 1
            self.by_stance[found[name].stance, False] += 1
            self.remarks.append(f"wrong {name} {found[name].stance} {found[name].due} in {text}")
        for name in found.keys() & wanted.keys():
            self._judge(wanted[name], found[name], text)

    def _judge(self, label: dict[str, str], target: Target, text: str) -> None:
        due = target.due.isoformat() if target.due else ""
        self.right += 1
        self.by_stance[target.stance, True] += 1
        self.due_right += due == label["due"]
        self.due_missing += due != label["due"] and not due
        self.due_wrong += due not in ("", label["due"])
        self.stance_right += target.stance == label["stance"]
        if due != label["due"] or target.stance != label["stance"]:
            said = f"{label['due']} {label['stance']}"
            self.remarks.append(f"{key(target)}: {due} {target.stance}, labelled {said}, in {text}")


def score(splits: tuple[str, ...] = SPLITS) -> dict[str, Score]:
    """Scores by company and split; texts of other splits are not read."""
    companies = Companies.load()
    labelled: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows("labels.csv"):
        labelled.setdefault((row["file"][:4], row["sha"]), []).append(row)
    split = {
        ticker: found[0]["split"] for (ticker, _), found in labelled.items() if found[0]["split"] in splits
    }
    scores = {name: Score() for name in (*sorted(split), *splits)}
    seen: set[tuple[str, str]] = set()
    for text in rows("texts.csv"):
        ticker = text["ticker"]
        if ticker not in split:
            continue
        prose = read_prose(labelled_text(text["file"]))
        both = [scores[ticker], scores[split[ticker]]]
        company = companies[ticker]
        targets = find_targets(
            prose, said_on=date.fromisoformat(text["said_on"]), calendar=company.calendar, names=company.names
        )
        compare(prose, targets, labelled, ticker, text["file"], both, seen)
    return scores


def score_later() -> dict[str, Score]:
    """Scores of the filings added in 2026: those that rules were tuned on, and those that they were not."""
    companies = Companies.load()
    scores = {split: Score() for split in LATER_SPLITS}
    labels = rows("labels_2026.csv")
    split = {row["file"]: row["split"] for row in labels}
    for text in rows("texts_2026.csv"):
        company, file = companies[text["ticker"]], text["file"]
        prose = read_prose(labelled_text(file))
        targets = find_targets(
            prose, said_on=date.fromisoformat(text["said_on"]), calendar=company.calendar, names=company.names
        )
        labelled: dict[tuple[str, str], list[dict[str, str]]] = {}
        for row in labels:
            if row["file"] == file:
                labelled.setdefault((company.ticker, row["sha"]), []).append(row)
        if file in split:
            compare(prose, targets, labelled, company.ticker, file, [scores[split[file]]], set())
    return scores


def compare(
    prose: Prose,
    targets: Iterable[Target],
    labelled: dict[tuple[str, str], list[dict[str, str]]],
    ticker: str,
    file: str,
    scores: list[Score],
    seen: set[tuple[str, str]],
) -> None:
    """Every labelled sentence counts wherever it stands; findings in others are counted as unlabelled."""
    by_place: dict[str, list[Target]] = {}
    for target in targets:
        by_place.setdefault(str(target.locator), []).append(target)
    for sentence in prose:
        name = ticker, sha(sentence.text)
        labels, found = labelled.get(name), by_place.get(str(sentence.locator), [])
        if name in seen:
            continue
        seen.add(name)
        for each in scores:
            if labels:
                each.add(labels, found, f"{file} {sentence.locator}: {sentence.text[:300]}")
            elif found:
                each.unlabelled += len(found)
                each.remarks.append(
                    f"unlabelled {[key(t) for t in found]} {file} {sentence.locator}: {sentence.text[:300]}"
                )


def missing_sentences() -> list[str]:
    """Labels whose sentence no longer stands at its place."""
    gone = []
    proses: dict[str, Prose] = {}
    for row in rows("labels.csv"):
        name = row["file"]
        if name not in proses:
            proses[name] = read_prose(labelled_text(name))
        if sha(proses[name].sentence(row["locator"]).text) != row["sha"]:
            gone.append(f"{name} {row['locator']}")
    return gone


def table(scores: dict[str, Score]) -> str:
    """The scores as a Markdown table."""
    names = COLUMNS
    head = "| | " + " | ".join(name.replace("_", " ") for name in names) + " |\n"
    lines = [head, "|---" * (len(names) + 1) + "|\n"]
    for who, each in scores.items():
        values = (getattr(each, name) for name in names)
        shown = " | ".join(f"{value:.2f}" if isinstance(value, float) else str(value) for value in values)
        lines.append(f"| {who.replace('_', ' ')} | {shown} |\n")
    return "".join(lines)


def stances(score: Score) -> str:
    """Precision by the stance that was found."""
    lines = ["| stance found | right | wrong | precision |\n", "|---|---|---|---|\n"]
    for stance in Stance:
        right, wrong = score.by_stance[stance, True], score.by_stance[stance, False]
        lines.append(f"| {stance} | {right} | {wrong} | {right / (right + wrong or 1):.2f} |\n")
    return "".join(lines)


def make() -> Made:
    """The tables of the page."""
    scores = score()
    return {
        "targets": f"{table(scores)}\nOn the companies held out:\n\n{stances(scores['held_out'])}",
        "targets/later": table(score_later()),
    }


def misses() -> list[str]:
    """The errors of the split that patterns may be tuned on."""
    return sorted(score(("tuning",))["tuning"].remarks)
