"""The box is around the number: its text, read back without our readers, gives the value recorded."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from lxml import etree, html

from hashpivot import Desk
from hashpivot.core import Figure, JoinedLocator, Locator
from hashpivot.desk.trace import stored_file
from hashpivot.report import BoxedPlace
from hashpivot.sources import Store

from .browser import CHROMIUM, Browser
from .read_back import gives, sum_of, tags_of


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
    boxed: list[tuple[Figure, BoxedPlace]]


def outcome(desk: Desk, figures: list[Figure]) -> Outcome:
    found = Outcome(Counter(), [], [])
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
        found.boxed.append((figure, leaf.place))
        if not right:
            found.misses.append(f"{figure.id} {figure.locator}: {figure.text} shown as {texts}")
    return found


def is_read(desk: Desk, figure: Figure) -> bool:
    return bool(desk.view.sources[figure.source].sha256)


def stored_figures(desk: Desk) -> list[Figure]:
    with Store() as store:
        held = {document.sha256 for document in store}
    return [figure for figure in sampled(desk, 100_000) if desk.view.sources[figure.source].sha256 in held]


def test_a_sample_of_real_figures_is_boxed(real_desk: Desk) -> None:
    found = outcome(real_desk, random.Random(1).sample(stored_figures(real_desk), 30))
    assert found.misses == []
    assert sum(count for (_, what), count in found.counts.items() if what == "boxed") == 30


def test_a_number_boxed_in_a_browser_is_the_one_recorded(real_desk: Desk, tmp_path: Path) -> None:
    in_browser(outcome(real_desk, stored_figures(real_desk)[::40]), tmp_path)


@pytest.mark.nightly
def test_200_figures_of_all_kinds(whole_desk: Desk, tmp_path: Path) -> None:
    every = sampled(whole_desk, 100_000)
    read = [figure for figure in every if is_read(whole_desk, figure)]
    transcribed = [figure for figure in every if not is_read(whole_desk, figure)]
    stored = stored_figures(whole_desk)
    elsewhere = [figure for figure in read if figure not in stored]
    pick = random.Random(200).sample
    chosen = [*pick(stored, 140), *pick(elsewhere, 20), *pick(transcribed, 40)]
    found = outcome(whole_desk, sorted(chosen, key=lambda figure: figure.source))
    print(dict(found.counts), *found.misses, sep="\n")
    count = Counter[str]()
    for (_, what), number in found.counts.items():
        count[what] += number
    assert count["boxed"] >= 135 and count["absent"] == 20 and count["transcribed"] == 40
    assert count["lost"] == 0 and count["missed"] + count["stored"] <= 5
    in_browser(Outcome(Counter(), [], found.boxed[::5]), tmp_path)


def in_browser(found: Outcome, folder: Path) -> None:
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    assert found.boxed
    with Browser() as browser:
        for number, (figure, place) in enumerate(found.boxed):
            page = folder / f"{number}.html"
            page.write_bytes(stored_file(place.sha256).documents[place.document].page())
            box = browser.boxed(page, place.anchors[0])
            assert box is not None, figure.id
            assert box["seen"] and box["outline"] == "solid 3px", (figure.id, box)
            assert "".join(box["text"].split()) in "".join(shown_texts(place)[0].split()), figure.id


def test_every_kind_of_locator_is_known(real_desk: Desk) -> None:
    kinds: set[type[Locator]] = {type(figure.locator) for figure in stored_figures(real_desk)}
    assert {kind.__name__ for kind in kinds} <= {
        "FactLocator", "CellLocator", "JoinedLocator", "SentenceLocator"
    }  # fmt: skip
