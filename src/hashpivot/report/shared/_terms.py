"""Terms at the heads of tables: the definition of the glossary (docs/glossary.md) on the word."""

from __future__ import annotations

from markupsafe import Markup, escape

TERMS = {
    "AI and chips": "the lines `ai_cloud`, `ai_colocation` and `chips` together",
    "check": "one number of the execution answer against its two marks: pass, watch or fail",
    "contracted to revenue": "contracted AI revenue a quarter, the value spread evenly over the term, "
    "over the quarter's revenue",
    "grade": "trust in a source: A a filing, B a company's release, C a secondary page",
    "gross margin": "gross profit over revenue",
    "known on": "the day a figure became public",
    "offset ratio": "change in AI and chip gross profit over minus the change in mining gross profit, "
    "since before the halving",
    "surprise": "reported less nowcast",
    "text fact": "something a filing's running text states: a target, a contract, a risk disclosure, a "
    "preliminary result",
    "verdict": "the word that answers a question, by documented thresholds",
    "year on year": "change on the same quarter a year before",
}
"""Word for word as in the glossary; a test holds both together."""


def term(name: str, shown: str) -> Markup:
    """Return a word with the definition of a term on it.

    Args:
        name: The term, one of `TERMS`.
        shown: What stands there; a line break is kept.
    """
    words = Markup("<br>").join(escape(part) for part in shown.split("\n"))
    return Markup('<abbr title="{}">{}</abbr>').format(TERMS[name].replace("`", ""), words)
