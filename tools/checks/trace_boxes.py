"""Is the box around the number? Random figures, their traces opened in Chromium, what is boxed read back.

    python -m tools long trace-boxes

A home of its own holds the bundled figures, the real filings and every few of the corpus; all but those of
one company are in its store. Of each kind of place figures are drawn, their pages opened in a served desk,
and the text in the boxes read as a number without our readers.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from hashpivot import Desk
from hashpivot.core import Figure, HashpivotError
from hashpivot.desk import add_file
from hashpivot.sources import Store

from ..browser import boxed_texts, chromium, served
from ..places import DATA
from .read_back import gives, sum_of, tags_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

WANTED = {"fact": 70, "sum": 30, "cell": 30, "sentence": 10, "not in the store": 25, "transcribed": 45}
"""How many figures of each kind are looked at, or all if there are fewer."""

_LEFT_OUT = "MARA"  # its filings are read and not stored
_KINDS = {
    "FactLocator": "fact",
    "JoinedLocator": "sum",
    "CellLocator": "cell",
    "SentenceLocator": "sentence",
}


@dataclass
class Boxes:
    """What came of it.

    Args:
        right: Figures whose page was right, by kind.
        seen: Figures looked at, by kind.
        wrong: Those that were not, in words.
    """

    right: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        kinds = ", ".join(
            f"{kind} {self.right[kind]} of {self.seen[kind]}" for kind in WANTED if self.seen[kind]
        )
        failed = "".join(f"; {words}" for words in self.wrong)
        return f"{sum(self.right.values())} of {sum(self.seen.values())} figures: {kinds}{failed}"


def run(seed: int, share: float = 1.0, step: int = 5) -> Boxes:
    """Look at figures of each kind.

    Args:
        seed: Of the draw.
        share: Of `WANTED` that is looked at.
        step: Every which filing is read.
    """
    with tempfile.TemporaryDirectory() as folder, _home(Path(folder), step):
        return look(Desk.open(), seed, share)


def look(desk: Desk, seed: int, share: float) -> Boxes:
    """Look at figures of each kind of a desk, whose home is that of the moment.

    Args:
        desk: The desk.
        seed: Of the draw.
        share: Of `WANTED` that is looked at.
    """
    boxes = Boxes()
    with served() as at, chromium() as browser:
        page = browser.new_page(base_url=at, viewport={"width": 1400, "height": 900})
        for kind, figures in _by_kind(desk).items():
            wanted = min(max(1, round(WANTED[kind] * share)), len(figures))
            chosen = random.Random(seed).sample(figures, wanted)
            for figure in sorted(chosen, key=lambda one: one.source):  # few filings are kept as pages
                problem = _problem(page, desk, figure, kind)
                boxes.seen[kind] += 1
                boxes.right[kind] += not problem
                if problem:
                    boxes.wrong.append(f"{figure.id}: {problem}")
    return boxes


@contextmanager
def _home(folder: Path, step: int) -> Iterator[None]:
    """A user's home with filings read and stored."""
    before = os.environ.get("HASHPIVOT_HOME")
    os.environ["HASHPIVOT_HOME"] = str(folder)
    real = sorted((DATA / "filings").glob("*/*.gz"))
    files = [*real[:: max(1, step // 5)], *sorted((DATA / "corpus").glob("*.gz"))[::step]]
    with Store() as store:
        for file in files:
            try:
                added = add_file(file)
            except HashpivotError:
                continue  # of another kind than a report: it gives no figures
            if _LEFT_OUT in file.name:
                store.drop(f"added/{added.source.sha256}")
    try:
        yield
    finally:
        os.environ.pop("HASHPIVOT_HOME")
        if before is not None:
            os.environ["HASHPIVOT_HOME"] = before


def _by_kind(desk: Desk) -> dict[str, list[Figure]]:
    """All figures by what their page must show, in a fixed order."""
    with Store() as store:
        held = {document.sha256 for document in store}
    kinds: dict[str, list[Figure]] = {kind: [] for kind in WANTED}
    for ticker in desk.view.tickers():
        for figure in desk.view.figures(ticker):
            sha256 = desk.view.sources[figure.source].sha256
            stored = _KINDS[type(figure.locator).__name__] if sha256 in held else "not in the store"
            kinds[stored if sha256 else "transcribed"].append(figure)
    return {
        kind: sorted(figures, key=lambda figure: (figure.source, figure.id))
        for kind, figures in kinds.items()
    }


def _problem(page: Page, desk: Desk, figure: Figure, kind: str) -> str:
    """What is wrong with the page of a figure; empty if nothing."""
    page.goto(f"/figure/{figure.id}")
    if kind == "transcribed":
        cells = page.locator("table.row td").all_inner_texts()
        return "" if figure.text in cells and figure.ticker in cells else f"the row shown is {cells}"
    if kind == "not in the store":
        said = page.locator(".op").inner_text()
        fetch = page.get_by_role("button", name="Fetch the filing").count()
        whole = "not in the store" in said and f"{figure.value:,f}" in said and fetch
        return "" if whole else f"the page says {said[:200]!r}"
    try:
        texts = boxed_texts(page)
    except AssertionError as error:
        return str(error)
    digest = desk.view.sources[figure.source].sha256
    return "" if _agrees(figure, digest, texts) else f"{figure.text} is shown as {texts}"


def _agrees(figure: Figure, sha256: str, texts: Sequence[str]) -> bool:
    tags = _filed(sha256)
    locator = figure.locator
    if _KINDS[type(locator).__name__] == "sum":
        parts = [tags.get(getattr(part, "id", "")) for part in locator.parts]
        return len(texts) == len(parts) and sum_of(list(texts), parts, figure.value)
    return bool(texts) and gives(texts[0], locator, figure.value, tags.get(getattr(locator, "id", "")))


def _filed(sha256: str) -> dict[str, etree._Element]:
    """The tagged elements of a stored file, as filed."""
    with Store() as store:
        document = store.by_sha256(sha256)
    assert document
    data = document.read()
    return tags_of(data) if b"nonFraction" in data else {}
