"""Generated sections of pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import sections as module
from tools.checks.long import CHECKS
from tools.parts import BY_NAME, PARTS
from tools.sections import SectionError, alike, markdown_table, not_begun, put, section, sections

PAGE = """# Page

<!-- generated: a -->
old
<!-- end: a -->
kept
<!-- generated: b/c -->
<!-- end: b/c -->
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(module, "pages", lambda: [path])
    monkeypatch.setattr(module, "ROOT", tmp_path)
    return path


def test_a_section_is_written_between_its_marks_and_nothing_else(page: Path) -> None:
    put("a", "new\n")
    put("b/c", "more\n")
    written = page.read_text(encoding="utf-8")
    assert written == PAGE.replace("old\n", "new\n").replace("b/c -->\n<", "b/c -->\nmore\n<")
    assert section("b/c").part == "b"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (PAGE.replace("<!-- end: a -->", ""), "no pair"),
        (PAGE.replace("end: a", "end: x"), "no pair"),
        (PAGE + "<!-- generated: a -->\n<!-- end: a -->\n", "a stands on"),
    ],
)
def test_damaged_marks_are_named(page: Path, text: str, words: str) -> None:
    page.write_text(text, encoding="utf-8")
    with pytest.raises(SectionError, match=words):
        sections()


def test_a_section_that_is_on_no_page(page: Path) -> None:
    with pytest.raises(SectionError, match="generated: z"):
        put("z", "")


def test_a_sample_of_rows_or_columns_must_stand_in_the_section(page: Path) -> None:
    put("a", "| x | 1 | 2 |\n| y | 3 | 4 |\n")
    assert not_begun("a", ["| x | 1 |", "| y | 3 | 4 |"]) == []
    assert not_begun("a", ["| x | 2 |"]) == ["page.md (a) has no row | x | 2 |"]


def test_numbers_may_be_off_by_the_slack_and_words_may_not() -> None:
    assert alike("in 80%: 41 of 43", "in 80%: 44 of 43", slack=3)
    assert not alike("in 80%: 41 of 43", "in 80%: 45 of 43", slack=3)
    assert not alike("in 80%", "over 80%", slack=3)
    assert not alike("41", "42")


def test_a_table_has_a_rule_below_its_head() -> None:
    assert markdown_table([["a", "b"], ["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |\n"


def test_every_section_of_the_pages_has_a_part_and_every_command_named_is_one() -> None:
    assert {section.part for section in sections().values()} <= {*BY_NAME, "long"}
    assert len(BY_NAME) == len(PARTS)
    assert all(part.long for part in PARTS if part.name in CHECKS)
