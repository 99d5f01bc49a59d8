"""Each fault of the service hits one document or one list, and all others are done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hashpivot.core import RefusedBySource
from hashpivot.desk import FetchState, FetchSummary
from hashpivot.testing.services import ServedFiling
from hashpivot.testing.services.edgar import (
    column_added,
    column_missing,
    column_renamed,
    column_short,
    maintenance,
    missing_key,
    not_found,
    rate_threshold,
    undeclared_tool,
)
from hashpivot.testing.services.http import (
    Fault,
    clock_skew,
    connection_reset,
    cut_body,
    html_instead,
    never_answers,
    redirect_loop,
    redirect_to,
    slow_body,
    status,
    truncated_gzip,
    wrong_gzip,
)

from .conftest import SEASON, Fetching

Make = Callable[..., Fetching]
TRIES = 2
PATIENT: dict[str, Any] = {"timeout": 10.0, "longest": 20.0, "attempts": TRIES, "block_seconds": 0.05}
IMPATIENT = PATIENT | {"timeout": 0.8, "longest": 0.8}
SLOW = ("slow", "silence")

LASTING: dict[str, tuple[Fault, str]] = {
    "undeclared tool": (undeclared_tool(), "identification"),
    "rate threshold, 403": (rate_threshold(403), "too many"),
    "rate threshold, 429": (rate_threshold(429), "too many"),
    "rate threshold, 200": (rate_threshold(200), "too many"),
    "missing key": (missing_key(), "no such document"),
    "not found": (not_found(), "no such document"),
    "maintenance": (maintenance(), "maintenance"),
    "500": (status(500), "failed"),
    "slow": (slow_body(20), "it took longer"),
    "cut": (cut_body(), "broke"),
    "cut, chunked": (cut_body(chunked=True), "broke"),
    "wrong gzip": (wrong_gzip(), "gzip is damaged"),
    "truncated gzip": (truncated_gzip(), "gzip ends too early"),
    "a page": (html_instead(), "maintenance"),
    "reset": (connection_reset(), "broke"),
    "silence": (never_answers(), "no answer in time"),
    "elsewhere": (redirect_to("https://example.com/"), "leads elsewhere"),
    "in a circle": (redirect_loop(), "in a circle"),
}


@pytest.fixture
def reports(made: list[ServedFiling]) -> list[ServedFiling]:
    """The releases of three companies: small, so that they are read quickly."""
    return [filing for filing in made if filing.form == "8-K"]


def fetch_all(user: Fetching, client: dict[str, Any] = PATIENT) -> FetchSummary:
    return user("CORZ", "WULF", "HUT", season=SEASON, client=client)


@pytest.mark.parametrize("name", LASTING)
def test_a_lasting_fault_leaves_one_document_unreachable(
    name: str, reports: list[ServedFiling], fetching: Make
) -> None:
    fault, words = LASTING[name]
    user, hit = fetching(reports), reports[1]
    user.service.fail(fault, rf"{hit.accession}\.txt", times=None)
    summary = fetch_all(user, IMPATIENT if name in SLOW else PATIENT)
    documents = {document.accession: document for document in summary.documents}
    unreachable = documents.pop(hit.accession)
    assert unreachable.state is FetchState.UNREACHABLE and not unreachable.path
    assert words in unreachable.reason
    assert [document.state for document in documents.values()] == [FetchState.NEW] * 2
    assert not summary.complete and not user.leftovers()
    user.service.heal()
    assert fetch_all(user).complete
    assert len({row[0] for row in user.rows["sources"]}) == 3


@pytest.mark.parametrize(
    "fault",
    [
        rate_threshold(403),
        rate_threshold(200),
        maintenance(),
        cut_body(0.99),
        cut_body(chunked=True),
        wrong_gzip(),
        truncated_gzip(),
        html_instead(),
        connection_reset(),
        clock_skew(30),
    ],
)
def test_a_passing_fault_costs_nothing_but_time(
    fault: Fault, reports: list[ServedFiling], fetching: Make
) -> None:
    user = fetching(reports)
    planned = user.service.fail(fault, reports[1].accession)
    assert fetch_all(user).complete
    assert planned.met == 1


@pytest.mark.parametrize("name", [name for name in LASTING if name not in ("slow", "undeclared tool")])
def test_a_lasting_fault_of_a_list_hits_one_company(
    name: str, reports: list[ServedFiling], fetching: Make
) -> None:
    fault, words = LASTING[name]
    user, hit = fetching(reports), reports[1].filer
    user.service.fail(fault, f"/submissions/CIK{hit.padded}", times=None)
    summary = fetch_all(user, IMPATIENT if name in SLOW else PATIENT)
    assert [lost.ticker for lost in summary.lost] == [hit.ticker]
    said = str(summary.lost[0].error)
    assert words in said or "knows no filer" in said
    assert {document.state for document in summary.documents} == {FetchState.NEW}
    assert len(summary.documents) == 2 and not summary.complete


@pytest.mark.parametrize("fault", [column_missing("form"), column_renamed("accessionNumber"), column_short()])
def test_a_changed_list_is_told_as_that(fault: Fault, reports: list[ServedFiling], fetching: Make) -> None:
    user, hit = fetching(reports), reports[1].filer
    user.service.fail(fault, f"/submissions/CIK{hit.padded}", times=None)
    summary = fetch_all(user)
    assert [lost.ticker for lost in summary.lost] == [hit.ticker]
    assert summary.lost[0].error.kind == "unexpected_answer"
    assert len(summary.documents) == 2


@pytest.mark.parametrize(
    "fault", [column_added(), column_missing("primaryDocument"), column_renamed("acceptanceDateTime")]
)
def test_columns_nobody_needs_may_change(fault: Fault, reports: list[ServedFiling], fetching: Make) -> None:
    user = fetching(reports)
    user.service.fail(fault, "/submissions/", times=None)
    assert fetch_all(user).complete


def test_a_refused_identification_ends_it_with_the_first_request(
    reports: list[ServedFiling], fetching: Make
) -> None:
    user = fetching(reports)
    user.service.fail(undeclared_tool(), times=None)
    with pytest.raises(RefusedBySource) as refused:
        fetch_all(user)
    assert "identification" in refused.value.message and len(user.service.requests) == 1


def test_a_block_is_waited_out_and_told(reports: list[ServedFiling], fetching: Make) -> None:
    user = fetching(reports)
    user.service.fail(rate_threshold(), reports[1].accession)
    assert fetch_all(user).complete
    assert len(user.waits) == 1 and "too many" in user.waits[0]


def test_a_service_that_goes_away_is_not_asked_for_everything(
    made: list[ServedFiling], fetching: Make
) -> None:
    user = fetching(made)
    user.service.fail(connection_reset(), r"\.txt", times=None, after=2)
    summary = fetch_all(user)
    states = [document.state for document in summary.documents]
    assert states == [FetchState.NEW] * 2 + [FetchState.UNREACHABLE] * (len(made) - 2)
    assert sum(document.not_asked for document in summary.documents) == len(made) - 2 - 3
    assert len(user.downloads()) == 2 + 3 * TRIES
    user.service.heal()
    assert fetch_all(user).complete
    assert len(set(user.downloads())) == len(made)


def test_lists_are_not_asked_for_without_end_either(reports: list[ServedFiling], fetching: Make) -> None:
    user = fetching(reports)
    user.service.fail(maintenance(), times=None)
    summary = user("CORZ", "WULF", "HUT", "RIOT", "MARA", season=SEASON, client=PATIENT)
    assert [lost.not_asked for lost in summary.lost] == [False] * 3 + [True] * 2
    assert len(user.service.requests) == 3 * TRIES
