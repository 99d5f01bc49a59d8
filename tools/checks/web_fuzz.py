"""Schemathesis asks the web desk's JSON what its OpenAPI document allows, and what it does not."""

from __future__ import annotations

import warnings
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies
from hypothesis import seed as seeded
from hypothesis.errors import Unsatisfiable

from hashpivot.web import WEB_VIEWS, web_app

_HERE = {"Host": "localhost"}
_PATIENCE = 120  # seconds for an answer, on a machine that is busy
SLOW = tuple(view.name for view in WEB_VIEWS if view.is_slow({}))
"""Views that are made in the background: a question is answered with 202 before any work is done."""


def run(examples: int, seed: int, views: tuple[str, ...] = ()) -> tuple[Counter[int], list[str]]:
    """Ask each JSON address so often.

    Args:
        examples: Questions an address.
        seed: Of the questions.
        views: Names of the pages; all that are not made in the background if none is given.

    Returns:
        Answers by status, and what was wrong with any: a status of 500 or more, one that is not documented, a
        body that is not of its schema.
    """
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    failures: list[Exception] = []
    app: Any = web_app(on_failure=failures.append)
    schema: Any = schemathesis.openapi.from_asgi("/openapi.json", app, headers=_HERE)
    checks = [
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_schema_conformance,
    ]
    statuses: Counter[int] = Counter()
    problems: list[str] = []
    for result in schema.get_all_operations():
        operation = result.ok()
        name = operation.definition.raw["tags"][0]
        if not operation.path.endswith(".json") or name in SLOW or (views and name not in views):
            continue
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):
            problems += _ask(operation, mode, checks, statuses, examples, seed)
    return statuses, [*problems, *(f"{type(error).__name__}: {error}" for error in failures)]


def _ask(
    operation: Any, mode: Any, checks: list[Any], statuses: Counter[int], examples: int, seed: int
) -> list[str]:
    """Put questions of one kind to one address."""

    @seeded(seed)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), known=strategies.booleans())
    def ask(case: Any, known: bool) -> None:
        if known:
            _name_a_company(case)
        response = case.call(headers=_HERE, timeout=_PATIENCE)
        statuses[response.status_code] += 1
        case.validate_response(response, checks=checks)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ask()
        except Unsatisfiable:  # an address without parameters can be asked nothing wrong
            return []
        except Exception as error:
            causes = getattr(error, "exceptions", ())  # of one that came once and not again
            return [f"{operation.path}: {str(cause)[:500]}" for cause in causes or (error,)]
    return []


def _name_a_company(case: Any) -> None:
    """Put a real company into a question, which made-up text never hits."""
    for given_names in (case.path_parameters, case.query):
        if given_names and "ticker" in given_names:
            given_names["ticker"] = ["CORZ"] if isinstance(given_names["ticker"], list) else "CORZ"
