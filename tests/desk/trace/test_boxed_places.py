"""The box is around the number: its text, read back without our readers, gives the value recorded."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from functools import cache

from lxml import etree, html

from hashpivot import Desk
from hashpivot.core import Figure, JoinedLocator, Locator
from hashpivot.report import BoxedPlace
from hashpivot.sources import Store
from tools.checks.read_back import gives, sum_of, tags_of


@cache
def filed(sha256: str) -> dict[str, etree._Element]:
    with Store() as store:
        document = store.by_sha256(sha256)
    assert document
    data = document.read()
    return tags_of(data) if b"nonFraction" in data else {}


@cache
def tree(sha256: str, document: int) -> etree._Element:
    return html.fromstring(Desk.stored_page(sha256, document).decode())


def shown_texts(place: BoxedPlace) -> list[str]:
    root = tree(place.sha256, place.document)
    found = [root.xpath("//*[@id=$at or @class=$at]", at=anchor) for anchor in place.anchors]
    return ["".join("".join(element.itertext()) for element in elements) for elements in found]


def agrees(figure: Figure, place: BoxedPlace, texts: list[str]) -> bool:
    tags = filed(place.sha256)
    locator = figure.locator
    if isinstance(locator, JoinedLocator):
        return sum_of(texts, [tags.get(getattr(part, "id", "")) for part in locator.parts], figure.value)
    return gives(texts[0], locator, figure.value, tags.get(getattr(locator, "id", "")))


def sampled(desk: Desk, count: int) -> list[Figure]:
    figures = [figure for ticker in desk.view.tickers() for figure in desk.view.figures(ticker)]
    chosen = random.Random(15).sample(figures, min(count, len(figures)))
    return sorted(chosen, key=lambda figure: figure.source)


@dataclass
class Outcome:
    counts: Counter[tuple[str, str]]
    misses: list[str]


def outcome(desk: Desk, figures: list[Figure]) -> Outcome:
    found = Outcome(Counter(), [])
    for figure in figures:
        (leaf,) = desk.trace_page(figure.id).view.leaves
        kind = type(figure.locator).__name__
        if leaf.place is None:
            told = figure.text == leaf.figure.text and (leaf.standing == "transcribed" or leaf.fetch)
            found.counts[kind, leaf.standing if told else "lost"] += 1
            continue
        texts = shown_texts(leaf.place)
        right = agrees(figure, leaf.place, texts)
        found.counts[kind, "boxed" if right else "missed"] += 1
        if not right:
            found.misses.append(f"{figure.id} {figure.locator}: {figure.text} shown as {texts}")
    return found


def stored_figures(desk: Desk) -> list[Figure]:
    with Store() as store:
        held = {document.sha256 for document in store}
    return [figure for figure in sampled(desk, 100_000) if desk.view.sources[figure.source].sha256 in held]


def test_a_sample_of_real_figures_is_boxed(real_desk: Desk) -> None:
    found = outcome(real_desk, random.Random(1).sample(stored_figures(real_desk), 30))
    assert found.misses == []
    assert sum(count for (_, what), count in found.counts.items() if what == "boxed") == 30


def test_every_kind_of_locator_is_known(real_desk: Desk) -> None:
    kinds: set[type[Locator]] = {type(figure.locator) for figure in stored_figures(real_desk)}
    assert {kind.__name__ for kind in kinds} <= {
        "FactLocator", "CellLocator", "JoinedLocator", "SentenceLocator"
    }  # fmt: skip
