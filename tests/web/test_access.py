"""Who is answered: by host, origin, token, method and size."""

from __future__ import annotations

import base64

import pytest
from starlette.testclient import TestClient

from hashpivot.core import InvalidInput
from hashpivot.web import Access, TrustedProxy, web_app

from .conftest import client_of

TOKEN = "a-secret-of-some-length"


def basic(password: str, name: str = "me") -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


@pytest.fixture(scope="module")
def guarded() -> TestClient:
    return client_of(Access("0.0.0.0", TOKEN), base="http://192.0.2.1:8765")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8765", "[::1]:8765", "LOCALHOST", "127.0.0.1."])
def test_this_machine_is_answered_under_its_own_names(client: TestClient, host: str) -> None:
    assert client.get("/static/icon.svg", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[", "192.0.2.1", "a@b:c@d"])
def test_a_foreign_name_that_points_here_is_not(client: TestClient, host: str) -> None:
    response = client.get("/health.json", headers={"Host": host})
    assert response.status_code == 421 and response.json()["error"]["kind"] == "refused"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    ],
)
def test_another_site_cannot_ask(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/health.json", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://127.0.0.1:8765"},
        {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "style"},
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    ],
)
def test_own_pages_and_links_are_answered(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/static/icon.svg", headers=headers).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_but_reading(client: TestClient, method: str) -> None:
    response = client.request(method, "/health")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")


def test_sizes_are_bounded(client: TestClient) -> None:
    assert client.get("/health?x=" + "a" * 3000).status_code == 414
    assert client.request("GET", "/health", content=b"body").status_code == 413
    assert client.head("/static/icon.svg").status_code == 200


def test_every_answer_has_the_headers(client: TestClient) -> None:
    for response in (
        client.get("/health"),
        client.get("/nothing.json"),
        client.get("/static/icon.svg"),
        client.post("/health"),
        client.get("/health", headers={"Host": "evil.example"}),
    ):
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy and "form-action 'self'" in policy
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "same-origin"
        assert "set-cookie" not in response.headers and "server" not in response.headers
        assert response.headers["cache-control"] in ("no-cache", "no-store", "max-age=31536000, immutable")


@pytest.mark.parametrize(
    "given",
    [
        None,
        "Bearer ",
        "Bearer wrong",
        f"Bearer {TOKEN}x",
        f"Digest {TOKEN}",
        TOKEN,
        basic("wrong"),
        basic(""),
        basic("x", TOKEN),
        "Basic %%%",
        "Basic /w==",
        "Bearer \u00e9",
    ],
)
def test_without_the_token_nothing_is_answered(guarded: TestClient, given: str | None) -> None:
    headers = {"Authorization": given.encode("latin-1")} if given else {}
    for address in ("/", "/health.json", "/static/icon.svg", "/nothing"):
        response = guarded.get(address, headers=headers)
        assert response.status_code == 401 and response.headers["www-authenticate"].startswith("Basic")
    assert guarded.get(f"/health?token={TOKEN}").status_code == 401


@pytest.mark.parametrize("given", [f"Bearer {TOKEN}", f"bearer  {TOKEN}", basic(TOKEN), basic(TOKEN, "")])
def test_with_it_everything_is(guarded: TestClient, given: str) -> None:
    assert guarded.get("/static/icon.svg", headers={"Authorization": given}).status_code == 200


def test_elsewhere_an_address_or_the_own_name_is_answered(guarded: TestClient) -> None:
    known = {"Authorization": f"Bearer {TOKEN}"}
    for host, status in {"10.0.0.7:8765": 200, "[2001:db8::1]": 200, "evil.example": 421}.items():
        assert guarded.get("/static/icon.svg", headers=known | {"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("host", "token"),
    [("0.0.0.0", ""), ("desk.example", ""), ("::", ""), ("0.0.0.0", "short"), ("::1", "é" * 16)],
)
def test_other_machines_need_a_token_that_is_long(host: str, token: str) -> None:
    with pytest.raises(InvalidInput):
        Access(host, token)


def test_the_token_is_not_shown() -> None:
    assert TOKEN not in repr(Access("0.0.0.0", TOKEN))


NAME = "desk.example.org"
PROXY = TrustedProxy("10.0.0.5", "X-Forwarded-User", NAME)


def behind(client: str, access: Access) -> TestClient:
    return TestClient(
        web_app(access=access), base_url=f"https://{NAME}", follow_redirects=False, client=(client, 50000)
    )


@pytest.mark.parametrize(
    ("client", "user", "status"),
    [
        ("10.0.0.5", "ann", 200),
        ("::ffff:10.0.0.5", "ann", 200),
        ("10.0.0.5", None, 401),
        ("10.0.0.5", "", 401),
        ("10.0.0.5", "ann, bob", 401),
        ("10.0.0.5", "a" * 257, 401),
        ("10.0.0.6", "ann", 401),
        ("127.0.0.1", "ann", 401),
        ("testclient", "ann", 401),
    ],
)
def test_a_proxy_vouches_for_a_user_only_from_its_address(client: str, user: str | None, status: int) -> None:
    headers = {} if user is None else {"X-Forwarded-User": user}
    response = behind(client, Access("10.0.0.7", proxy=PROXY)).get("/static/icon.svg", headers=headers)
    assert response.status_code == status


def test_a_header_sent_twice_is_not_believed() -> None:
    twice = [("X-Forwarded-User", "ann"), ("X-Forwarded-User", "bob")]
    assert behind("10.0.0.5", Access("10.0.0.7", proxy=PROXY)).get("/", headers=twice).status_code == 401


def test_another_name_is_refused_behind_a_proxy_too() -> None:
    headers = {"X-Forwarded-User": "ann", "Host": "evil.example"}
    local = TrustedProxy("127.0.0.1", "X-Forwarded-User", NAME)
    for access in (Access("10.0.0.7", proxy=PROXY), Access(proxy=local)):
        client = behind("127.0.0.1" if access.is_loopback else "10.0.0.5", access)
        assert client.get("/static/icon.svg", headers=headers).status_code == 421


def test_a_proxy_beside_a_token_lets_both_in() -> None:
    client = behind("10.0.0.9", Access("10.0.0.7", TOKEN, PROXY))
    assert client.get("/static/icon.svg").status_code == 401
    known = {"Authorization": f"Bearer {TOKEN}"}
    assert client.get("/static/icon.svg", headers=known).status_code == 200


@pytest.mark.parametrize(
    ("address", "header", "name"),
    [
        ("proxy.example", "X-Forwarded-User", NAME),
        ("", "X-Forwarded-User", NAME),
        ("10.0.0.5", "X Forwarded", NAME),
        ("10.0.0.5", "Host", NAME),
        ("10.0.0.5", "", NAME),
        ("10.0.0.5", "X-Forwarded-User", ""),
        ("10.0.0.5", "X-Forwarded-User", "https://desk"),
    ],
)
def test_a_proxy_is_named_exactly(address: str, header: str, name: str) -> None:
    with pytest.raises(InvalidInput):
        TrustedProxy(address, header, name)
