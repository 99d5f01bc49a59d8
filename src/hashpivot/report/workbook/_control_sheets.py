"""The sheets that let a reader check a workbook: its sources, and its numbers against the desk's."""

from __future__ import annotations

from hashpivot.formula import Term

from ..shared import source_link
from ._book import Book, Reconciliation
from ._sheet import Sheet

_HEAD = 3
_FAILING = {
    "differs": "recomputed numbers that differ from the desk's; must be 0",
    "does not tie": "quarters whose lines leave part of the total on no line; the company does not say more",
}
"""How a check fails, and what that means."""


def sources_page(book: Book, page: Sheet) -> None:
    """Every source of the workbook's numbers, numbered as in the brackets on the companies' pages."""
    heads = ("No.", "Source", "Company", "Form", "Grade", "Known", "Known by", "Accession", "Address", "Key")
    page.band(0, heads, len(heads))
    page.layout([6, 34, 10, 8, 7, 12, 10, 24, 60, 68], freeze=(1, 2))
    page.repeat(0)
    for row, source in enumerate(book.sources.values(), 1):
        link = source_link(source)
        page.number(row, 0, row, "0", align="left")
        page.link(row, 1, source.title, link.url)
        words = (source.ticker, source.form, source.grade, source.known.isoformat(), source.known_basis)
        for column, word in enumerate((*words, source.accession), 2):
            page.text(row, column, word)
        page.link(row, 8, source.url, link.url)
        page.text(row, 9, source.key)
    page.filter(0, len(book.sources), len(heads))


def checks_page(book: Book, page: Sheet) -> None:
    """Every check with its difference as a formula, and how many of them do not hold."""
    heads = (
        "Company",
        "Quarter",
        "Check",
        "In this workbook",
        "Should be",
        "Difference",
        "Allowed",
        "",
    )
    last = _HEAD + len(book.checks) + 1
    page.text(0, 0, "Checks", bold=True, font_size=14)
    for row, (word, meaning) in enumerate(_FAILING.items(), 1):
        broken = sum(not check.holds for check in book.checks if check.failing == word)
        counted = Term(f'COUNTIF(H{_HEAD + 2}:H{max(last, _HEAD + 2)},"{word}")', broken)
        page.formula(row, 0, counted, "0", align="left", bold=True)
        page.text(row, 1, meaning)
    page.band(_HEAD, heads, len(heads), numbers=range(3, 7))
    page.layout([10, 24, 46, 20, 20, 16, 12, 14], freeze=(_HEAD + 1, 3))
    page.repeat(_HEAD)
    for row, check in enumerate(book.checks, _HEAD + 1):
        _check_row(page, row, check)
    page.filter(_HEAD, last - 1, len(heads))


def _check_row(page: Sheet, row: int, check: Reconciliation) -> None:
    page.text(row, 0, check.where[0])
    page.text(row, 1, check.where[1])
    page.text(row, 2, check.what)
    form = "#,##0.0000" if abs(check.wanted.value) < 1000 else "#,##0"
    page.formula(row, 3, check.found, form)
    if "!" in check.wanted.text:
        page.formula(row, 4, check.wanted, form)
    else:
        page.number(row, 4, check.wanted.value, form, font_color="#7F7F7F")
    found, wanted, difference, within = (page.at(row, column) for column in (3, 4, 5, 6))
    page.formula(row, 5, Term(f"{found}-{wanted}", check.found.value - check.wanted.value), "#,##0.####")
    page.number(row, 6, check.within, "0.0##########")
    words = f'IF(ABS({difference})<={within},"ok","{check.failing}")'
    page.words(row, 7, words, "ok" if check.holds else check.failing)
