"""Formats give what Arelle gives, a certified processor; or less, where that is no date.

`formats.csv` was written with Arelle 2.30.33, the last release with the SEC's registry, and needs no Arelle.
Where Arelle is installed, random texts near each format are compared as well.
"""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.filings.formats import NUMBER_FORMATS, TEXT_FORMATS
from hashpivot.filings.page import collapsed

ROWS = list(csv.DictReader(Path(__file__).with_name("formats.csv").read_text("utf-8").splitlines()))
XBRL = "http://www.xbrl.org/inlineXBRL/transformation/"
SEC = "http://www.sec.gov/inlineXBRL/transformation/2015-08-31"
DATED = {"1": "2010-04-20", "2": "2011-07-31", "3": "2015-02-26", "4": "2020-02-12", "5": "2022-02-16"}
REGISTRIES = {"sec": SEC} | {number: f"{XBRL}{day}" for number, day in DATED.items()}
Format = Callable[[str], str]
Key = tuple[str, str]


def value(read: Format, text: str) -> str | None:
    """What a format gives; None if it refuses."""
    try:
        return read(text)
    except ValueError:
        return None


def keys() -> list[Key]:
    return sorted({(row["registry"], row["format"]) for row in ROWS})


@pytest.mark.parametrize(("registry", "name"), keys())
def test_a_format_reads_and_refuses_as_recorded(registry: str, name: str) -> None:
    read = TEXT_FORMATS[REGISTRIES[registry], name]
    rows = [row for row in ROWS if (row["registry"], row["format"]) == (registry, name)]
    expected = {row["text"]: row["value"] if row["outcome"] == "read" else None for row in rows}
    assert {text: value(read, text) for text in expected} == expected


def test_every_format_is_recorded() -> None:
    recorded = {(REGISTRIES[registry], name) for registry, name in keys()}
    assert {key for key in TEXT_FORMATS if key[0] in REGISTRIES.values()} == recorded


@pytest.mark.parametrize("key", NUMBER_FORMATS)
def test_a_number_format_gives_the_same_number_as_a_text(key: Key) -> None:
    for row in ROWS:
        number, text = value(NUMBER_FORMATS[key], row["text"]), value(TEXT_FORMATS[key], row["text"])
        assert (number and Decimal(number)) == (text and Decimal(text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("dateslashus", "31/02/2024"),
        ("dateslasheu", "31/02/2024"),
        ("datedoteu", "1.2.20245"),
        ("dateslashmonthdayus", "13/31"),
        ("dateslashus", "6/30/024"),
        ("datelonguk", "30 June 0000"),
    ],
)
def test_no_date_is_refused_where_the_registry_passes_it_on(name: str, text: str) -> None:
    assert value(TEXT_FORMATS[REGISTRIES["1"], name], text) is None


@pytest.mark.parametrize("text", ["5" * 29, "5" * 29 + ".5", "1" * 10, "." + "5" * 300])
@pytest.mark.parametrize("name", ["duryear", "durmonth", "durweek", "durday", "durhour", "durwordsen"])
def test_a_duration_longer_than_any_is_refused(name: str, text: str) -> None:
    assert value(TEXT_FORMATS[SEC, name], text) is None


def arelle_formats() -> dict[Key, Format]:
    """Arelle's functions by namespace and name; the SEC's are only in older releases.

    Raises:
        ImportError: If there is no Arelle.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from arelle import FunctionIxt

        formats = {
            (uri, name): function
            for uri, functions in FunctionIxt.ixtNamespaceFunctions.items()
            for name, function in functions.items()
        }
        with suppress(ImportError):
            from arelle.plugin.transforms.SEC import loadSECtransforms

            custom: dict[object, Format] = {}
            loadSECtransforms(custom)
            formats |= {(name.namespaceURI, name.localName): read for name, read in custom.items()}
    return formats


@pytest.fixture(scope="module")
def arelle() -> dict[Key, Format]:
    try:
        return arelle_formats()
    except ImportError:
        pytest.skip("Arelle is not installed: formats are compared with what it gave before")


PIECES = [*"0123456789" * 3, *" ,.'-/" * 2, *"\xa0\u2009’′`´，．０５१٣—–☐+eE%$", "st", "th", " and ", " of "]
PIECES += ["June", "Jun", "JUNE", "june", "first ", "Q", "one", "five", "twenty", "zero", "no"]
PIECES += [" hundred", " thousand", " million", " years", " month", "-day", ", ", "  "]
mixed = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
valid = st.sampled_from(sorted({row["text"] for row in ROWS}))
cut = st.integers(0, 40)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A text of the record with a piece put in, taken out or replaced."""
    text, start, length = draw(valid), draw(cut), draw(st.integers(0, 2))
    return text[:start] + draw(st.sampled_from(["", *PIECES])) + text[start + length :]


def is_date(text: str) -> bool:
    """Whether an XML date, month or day of a month is one."""
    whole = {10: text, 7: f"{text}-01" if text[0] != "-" else f"2000{text[1:]}"}.get(len(text), "")
    with suppress(ValueError):
        return bool(date.fromisoformat(whole))
    return False


def may_refuse(name: str, theirs: str) -> bool:
    """Whether it is right to read nothing where Arelle reads `theirs`."""
    if name.startswith("date"):
        return not is_date(theirs)
    return name.startswith("dur") and re.search(r"\d{9}", theirs) is not None


@settings(max_examples=400, deadline=None)
@given(text=st.one_of(mixed, mutated(), mutated(), st.tuples(mutated(), mutated()).map(" ".join)))
def test_formats_agree_with_arelle_on_random_texts(arelle: dict[Key, Format], text: str) -> None:
    text = collapsed(text)
    for key, read in TEXT_FORMATS.items():
        if key not in arelle:
            continue
        try:
            theirs: str | None = arelle[key](text)
        except Exception:  # whatever it raises, it refuses
            theirs = None
        ours = value(read, text)
        assert ours == theirs or (ours is None and may_refuse(key[1], theirs or "")), (key, text)


def test_no_format_is_ours_alone(arelle: dict[Key, Format]) -> None:
    registries = {uri for uri, _ in arelle}
    assert {key for key in TEXT_FORMATS if key[0] in registries} <= set(arelle)


@pytest.mark.parametrize("registry", ["1", "2", "3", "4", "5"])
def test_what_is_left_to_others_is_another_language(arelle: dict[Key, Format], registry: str) -> None:
    """The formats that are refused as unknown are dates of other languages and calendars."""
    left = {name for uri, name in arelle if uri == REGISTRIES[registry]} - {
        name for uri, name in TEXT_FORMATS if uri == REGISTRIES[registry]
    }
    other = r"(?:cal|date-?(?:ind|jpn|era)|date.*(?:roman|cjk|dk|in|-[a-z]{2}$)).*"
    assert all(re.match(other, name) and not name.endswith("en") for name in left), left
