"""The OpenAPI document is valid, holds every twin of every view, and answers are what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from hashpivot.web import WEB_VIEWS

from .test_pages import PAGES

DOCS = Path(__file__).parents[2] / "docs" / "json.md"


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    response = client.get("/openapi.json")
    assert response.headers["content-type"] == "application/json"
    found: dict[str, Any] = response.json()
    return found


def test_it_is_valid_and_names_every_twin(document: dict[str, Any]) -> None:
    validate(document)
    for view in WEB_VIEWS:
        for ending in view.formats:
            operation = document["paths"][f"{view.path.replace(':path}', '}')}.{ending}"]["get"]
            assert {p["name"] for p in operation["parameters"]} == {p.name for p in view.asked_of(ending)}
    names = [path["get"]["operationId"] for path in document["paths"].values()]
    assert len(names) == len(set(names))


def test_every_schema_of_a_view_is_there(document: dict[str, Any]) -> None:
    assert {view.schema for view in WEB_VIEWS} - {""} <= document["components"]["schemas"].keys()


def test_answers_hold_what_it_promises(client: TestClient, document: dict[str, Any]) -> None:
    for view in WEB_VIEWS:
        for address in PAGES.get(view.name, []):
            path, _, query = address.partition("?")
            if path == "/" or not view.schema:
                continue
            schema = {"$ref": f"#/components/schemas/{view.schema}", "components": document["components"]}
            Draft202012Validator(schema).validate(client.get(f"{path}.json?{query}").json())


def test_the_schemas_can_fail(document: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/Season", "components": document["components"]}
    for wrong in ({}, {"quarter": "2026Q5", "newer": [], "companies": []}, {"quarter": "2026Q1", "newer": 1}):
        assert not Draft202012Validator(schema).is_valid(wrong)


def test_promised_keys_are_documented(document: dict[str, Any]) -> None:
    words = set(re.findall(r"\w+", DOCS.read_text(encoding="utf-8")))
    for name, schema in document["components"]["schemas"].items():
        assert set(schema["required"]) - words == set(), name


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx", "parquet", "svg", "png"])
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("POST", "/season/2026Q1", 405), ("GET", "/season/2026", 400)],
)
def test_errors_of_twins_are_json(
    client: TestClient, method: str, path: str, status: int, ending: str
) -> None:
    response = client.request(method, f"{path}.{ending}")
    assert response.status_code == status
    assert response.json()["error"].keys() == {"kind", "message", "hint"}


def test_errors_before_the_pages_are_json(client: TestClient) -> None:
    for response, status in (
        (client.request("GET", "/health.json", content=b"body"), 413),
        (client.get("/health.json?x=" + "a" * 3000), 414),
        (client.get("/health.json", headers={"Host": "evil.example"}), 421),
        (client.get("/health.json", headers={"X-Long": "a" * 20_000}), 431),
        (client.get("/health.json", headers={"Origin": "https://evil.example"}), 403),
    ):
        assert response.status_code == status and response.json()["error"]["kind"] == "refused"
