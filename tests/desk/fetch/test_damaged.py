"""Documents that came whole and are damaged, or hostile: kept, told, and nobody else is concerned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hashpivot.desk import FetchState
from hashpivot.sources import Store
from hashpivot.testing.services import FiledDocument, ServedFiling

from .conftest import SEASON, Fetching

Make = Callable[..., Fetching]
_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><html><body><p>&c;</p></body></html>"""
_ESCAPES = (
    b"<html><body><p>\x1b[2J\x1b]0;owned\x07 \xe2\x80\xae revenue</p><table><tr><td>\x9b31m</td></tr></table>"
)

DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "cut in the middle": lambda body: body[: len(body) // 2],
    "cut at the start": lambda body: body[:300],
    "empty": lambda body: b"",
    "blank": lambda body: b" \n",
    "binary": lambda body: bytes(range(256)) * 40,
    "entities": lambda body: _LAUGHS,
    "deep": lambda body: b"<div>" * 20_000,
    "escapes": lambda body: _ESCAPES,
    "facts without contexts": lambda body: body.replace(b"<xbrli:context", b"<xbrli:kontext"),
    "amounts that are none": lambda body: body.replace(b"0", b"x"),
}


def damaged(filing: ServedFiling, change: Callable[[bytes], bytes]) -> ServedFiling:
    first, *others = filing.documents
    return replace(filing, documents=(replace(first, body=change(first.body)), *others))


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_report_is_kept_and_the_others_are_read(
    name: str, made: list[ServedFiling], fetching: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = [filing for filing in made if filing.form == "10-Q"][:2]
    hit = damaged(reports[0], DAMAGED[name])
    user = fetching([hit, reports[1]])
    summary = user("CORZ", "WULF", season=SEASON)
    documents = {document.accession: document for document in summary.documents}
    document, other = documents[hit.accession], documents[reports[1].accession]
    assert other.state is FetchState.NEW
    if document.state is not FetchState.NEW:  # as far as it goes, some of it can be read
        assert document.state in (FetchState.UNREADABLE, FetchState.NOT_DISCLOSED)
        assert document.reason and not document.figures
        assert not any(row[0] == hit.accession for row in user.rows["sources"])
    with Store(user.store) as store:
        assert store.get(f"sec/{hit.accession}.txt").read() == hit.submission()  # type: ignore[union-attr]
    document.print()
    assert not any(character in capsys.readouterr().out for character in "\x1b\x07\x9b\u202e")
    again = user("CORZ", "WULF", season=SEASON)
    assert len(user.downloads()) == 2
    assert {one.state for one in again.documents} <= {document.state, FetchState.UNCHANGED}


def test_a_filing_without_documents(made: list[ServedFiling], fetching: Make) -> None:
    user = fetching([replace(made[0], documents=())])
    (document,) = user("CORZ", since=made[0].filed).documents
    assert document.state in (FetchState.UNREADABLE, FetchState.NOT_DISCLOSED) and document.reason


@pytest.mark.parametrize("form", ["8-K", "6-K", "S-3", "424B5", "8-K/A"])
def test_a_filing_about_something_else_is_not_disclosed(
    form: str, made: list[ServedFiling], fetching: Make
) -> None:
    page = FiledDocument(form, "a.htm", b"<html><body><p>The holders elected a director.</p></body></html>")
    user = fetching([replace(made[0], form=form, documents=(page,), period=None)])
    for _ in range(2):
        (document,) = user("CORZ", since=made[0].filed).documents
        assert document.state is FetchState.NOT_DISCLOSED
    assert len(user.downloads()) == 1


@pytest.mark.parametrize("form", ["10-Q", "10-K/A", "20-F"])
def test_a_report_on_a_period_without_figures_is_unreadable(
    form: str, made: list[ServedFiling], fetching: Make
) -> None:
    page = FiledDocument(form, "a.htm", b"<html><body><p>The year was a good one.</p></body></html>")
    user = fetching([replace(made[0], form=form, documents=(page,))])
    (document,) = user("CORZ", since=made[0].filed).documents
    assert document.state is FetchState.UNREADABLE and document.path


def test_what_an_8_k_says_in_words_alone_is_kept(made: list[ServedFiling], fetching: Make) -> None:
    said = (
        b"<p>The Company signed a 12-year colocation lease with Acme AI for 100 MW of critical IT load, with "
        b"expected contract revenue of approximately $3.5 billion over the initial term.</p>"
    )
    page = FiledDocument("8-K", "a.htm", b"<html><body>" + said + b"</body></html>")
    user = fetching([replace(made[0], documents=(page,))])
    (document,) = user("CORZ", since=made[0].filed).documents
    assert document.state is FetchState.NEW and user.rows["remarks"]


@pytest.mark.parametrize("error", [ValueError("nobody foresaw this"), RecursionError(), MemoryError()])
def test_a_reader_that_fails_spoils_one_document(
    error: Exception, made: list[ServedFiling], fetching: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hashpivot.desk.ledger import _adder

    right, failed = _adder.ready_file, []

    def fails_once(*args: object, **options: object) -> object:
        if failed:
            return right(*args, **options)  # type: ignore[arg-type]
        failed.append(True)
        raise error

    monkeypatch.setattr(_adder, "ready_file", fails_once)
    releases = [filing for filing in made if filing.form == "8-K"]
    first, *others = fetching(releases)("CORZ", "WULF", season=SEASON).documents
    assert first.state is FetchState.UNREADABLE and first.path and first.reason
    assert {document.state for document in others} == {FetchState.NEW}


def test_a_hostile_list_acts_on_no_terminal(
    made: list[ServedFiling], fetching: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = replace(made[0].filer, name="\x1b[2JCore \u202e Scientific")
    user = fetching([replace(made[0], filer=hostile)])
    summary = user("CORZ", since=made[0].filed)
    for event in (*summary.filers, *summary.documents, summary):
        event.print()
    assert not any(character in capsys.readouterr().out for character in "\x1b\u202e")
