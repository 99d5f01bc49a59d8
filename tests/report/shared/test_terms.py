"""A table's heads say what the glossary says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hashpivot.report.shared._terms import TERMS, term

ROOT = Path(__file__).parents[3]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
TEMPLATES = ROOT / "src" / "hashpivot" / "report" / "templates"


@pytest.mark.parametrize("name", TERMS)
def test_a_definition_begins_as_that_of_the_glossary(name: str) -> None:
    found = re.search(rf"^\| {re.escape(name)}[^|]*\| (.*) \|$", GLOSSARY, re.MULTILINE)
    assert found and found[1].startswith(TERMS[name])


def test_every_term_of_a_template_is_defined() -> None:
    used = {
        name for path in TEMPLATES.glob("*.j2") for name in re.findall(r'term\("([^"]+)"', path.read_text())
    }
    assert used and used <= TERMS.keys()


def test_what_is_shown_is_escaped() -> None:
    assert "<br>b&lt;" in term("grade", "a\nb<") and 'title="trust' in term("grade", "a")
