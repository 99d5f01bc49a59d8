"""What a form sends is carried out, within bounds, and only for a page of this desk."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from hashpivot.core import InvalidInput
from hashpivot.web import Parameter, web_app
from hashpivot.web.shared import Arguments, Files, WebAction, Work

from .conftest import HERE

MOST = 4096
SENT = {"Origin": HERE}


def act(_work: Work, arguments: Arguments, files: Files) -> str:
    if arguments.get("number") == 13:
        raise InvalidInput("13 brings no luck", hint="take 12")
    return f"/kept/{arguments['name']}/{arguments.get('number')}/{len(files.get('file', b''))}"


@pytest.fixture(scope="module")
def client() -> TestClient:
    number = Parameter("number", "integer", "a number", least=1, most=99)
    name = Parameter("name", "text", "a name")
    action = WebAction("keep", "/keep/{name}", "keeps a number", act, (name, number), ("file",), MOST)
    return TestClient(web_app(actions=(action,)), base_url=HERE, follow_redirects=False)


def test_fields_and_files_arrive_and_lead_to_the_outcome(client: TestClient) -> None:
    answer = client.post("/keep/x", data={"number": "7"}, headers=SENT)
    assert answer.status_code == 303 and answer.headers["location"] == "/kept/x/7/0"
    answer = client.post("/keep/x", data={"number": "7"}, files={"file": ("a.csv", b"12345")}, headers=SENT)
    assert answer.status_code == 303 and answer.headers["location"] == "/kept/x/7/5"


@pytest.mark.parametrize(
    ("data", "files", "word"),
    [
        ({"number": "13"}, None, "13 brings no luck"),
        ({"number": "x"}, None, "whole number"),
        ({"other": "1"}, None, "no parameter"),
        ({}, {"surprise": ("a", b"1")}, "no file is asked for"),
    ],
)
def test_what_is_wrong_is_said(client: TestClient, data: dict[str, str], files: object, word: str) -> None:
    answer = client.post("/keep/x", data=data, files=files, headers=SENT)  # type: ignore[arg-type]
    assert answer.status_code == 400 and word in answer.text.casefold()


def test_bodies_are_bounded_and_must_be_forms(client: TestClient) -> None:
    assert client.post("/keep/x", content=b"x" * (MOST + 1), headers=SENT).status_code == 413
    broken = SENT | {"Content-Type": "multipart/form-data; boundary=a"}
    answer = client.post("/keep/x", content=b"--b\r\nnothing", headers=broken)
    assert answer.status_code == 400 and "not a form" in answer.text
    assert client.post("/keep/x", content=iter([b"a", b"b"]), headers=SENT).status_code == 411


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    ],
)
def test_only_a_page_of_this_desk_may_send(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/keep/x", data={"number": "7"}, headers=headers).status_code == 403


def test_an_action_is_not_a_page(client: TestClient) -> None:
    assert client.get("/keep/x").status_code == 405
    assert client.post("/health", data={}, headers=SENT).status_code == 405
