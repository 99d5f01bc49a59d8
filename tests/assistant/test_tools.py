"""Every tool on every company: within its schema, its size and its time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from mcp import Client, MCPError

from hashpivot.core import Absence, Companies
from hashpivot.desk import CurrentDesk

COMPANIES = Companies.load()
LIMIT = 60_000
"""Characters of the largest answer."""
SECONDS = 5.0
"""Of the slowest call on a slow machine; a nowcast takes half a second."""

CALLS: dict[str, dict[str, Any]] = {
    "find_company": {},
    "lines": {"quarters": 8},
    "figure": {"measure": "revenue", "period": "latest"},
    "season_answers": {"quarter": "2024Q4"},
    "contracts_and_targets": {"limit": 40},
    "coverage": {},
    "nowcast": {},
    "outlook": {"quarters": 8},
}


async def _tools(client: Client) -> dict[str, Any]:
    return {tool.name: tool for tool in (await client.list_tools()).tools}


async def _schemas(client: Client) -> dict[str, list[Any]]:
    """By tool the schema of its answers as listed, and the whole one."""
    tools = await _tools(client)
    whole = {name: await client.read_resource(f"hashpivot://schemas/{name}") for name in tools}
    return {name: [tools[name].output_schema, json.loads(whole[name].contents[0].text)] for name in tools}


@pytest.fixture(scope="module")
def schemas(within: Callable[..., Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = within(_schemas)
    return found


def numbers(value: Any) -> Iterator[dict[str, Any]]:
    """Every number and absence of an answer."""
    if isinstance(value, dict):
        if value.get("status") in ("number", "absent"):
            yield value
        for inner in value.values():
            yield from numbers(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from numbers(inner)


@pytest.mark.parametrize("tool", CALLS)
def test_on_every_company(tool: str, within: Callable[..., Any], schemas: dict[str, list[Any]]) -> None:
    validators = [Draft202012Validator(schema) for schema in schemas[tool]]

    async def work(client: Client) -> None:
        for ticker in COMPANIES:
            named = {"text": ticker} if tool == "find_company" else {"company": ticker}
            begun = time.monotonic()
            result = await client.call_tool(tool, CALLS[tool] | named)
            assert time.monotonic() - begun < SECONDS, ticker
            if result.is_error:
                words = result.content[0].text
                assert words.split(": ")[1] in ("no_data", "unknown_key"), words
                continue
            answer = result.structured_content
            for validator in validators:
                validator.validate(answer)
            text = result.content[0].text
            assert json.loads(text) == answer
            assert len(text) < LIMIT, ticker
            for number in numbers(answer):
                check(number)

    within(work)


def check(number: dict[str, Any]) -> None:
    """A number has all that stands behind it, an absence its kind and reason."""
    if number["status"] == "absent":
        assert number["missing"] in set(Absence)
        assert number["reason"]
        return
    assert number["unit"]
    assert number["kind"] in ("reported", "derived", "estimated")
    assert {"grade", "known", "period"} <= number.keys()
    assert number["period"]["calendar"] and number["period"]["fiscal"]
    if "address" in number and number["kind"] != "estimated":
        assert number["figure"].startswith(number["address"] + "@")
        assert number["trace"] == f"hashpivot://trace/{number['figure']}"
        assert number["page"] == f"/figure/{number['address']}"
        assert number["grade"] in ("A", "B", "C")


@pytest.mark.parametrize("tool", ["season_answers", "coverage"])
def test_all_companies_at_once(tool: str, within: Callable[..., Any]) -> None:
    async def work(client: Client) -> Any:
        return (await client.call_tool(tool, {})).structured_content

    answer = within(work)
    assert len(answer["companies"]) > 10
    assert len(json.dumps(answer)) < LIMIT


def test_a_figure_says_what_the_desk_says(within: Callable[..., Any], current: CurrentDesk) -> None:
    async def work(client: Client) -> Any:
        asked = {"company": "cleanspark", "measure": "BTC production", "period": "FQ1 2025"}
        return (await client.call_tool("figure", asked)).structured_content

    amount = within(work)["amounts"][0]
    figure = current.get().trace("CLSK/2024Q4/bitcoin_mined/total").figure
    assert (amount["value"], amount["figure"]) == (float(figure.value), figure.id)
    assert (amount["period"]["calendar"], amount["period"]["fiscal"]) == ("2024Q4", "FQ1 2025")


def test_a_trace_is_read_by_its_link(within: Callable[..., Any]) -> None:
    async def work(client: Client) -> Any:
        asked = {"company": "RIOT", "measure": "engineering revenue", "period": "2024Q4"}
        link = (await client.call_tool("figure", asked)).structured_content["amounts"][0]["trace"]
        return (await client.read_resource(link)).contents[0].text

    assert "grade" in within(work)


def test_every_method_is_readable(within: Callable[..., Any]) -> None:
    async def work(client: Client) -> list[str]:
        uris = [str(resource.uri) for resource in (await client.list_resources()).resources]
        return [(await client.read_resource(uri)).contents[0].text for uri in uris]

    texts = within(work)
    assert len(texts) == 8
    assert all(text.startswith("# ") for text in texts)


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("figure", {"company": "Core Scentific", "measure": "cash", "period": "2024"}, "did you mean CORZ"),
        ("figure", {"company": "RIOT", "measure": "headcount", "period": "2024"}, "no measure is called"),
        ("figure", {"company": "RIOT", "measure": "cash", "period": "soon"}, "write it like 2024Q4"),
        (
            "figure",
            {"company": "RIOT", "measure": "net income", "period": "2024", "line": "power"},
            "by line",
        ),
        ("lines", {"company": "RIOT", "line": "shoes"}, "lines are self_mining"),
        ("lines", {"company": "RIOT", "quarters": 80}, "less than or equal to 8"),
        ("outlook", {"company": "RIOT", "scenarios": ["/etc/passwd"]}, "no scenario is called"),
        ("nowcast", {"company": "RIOT", "quarter": "FY2024"}, "is not a quarter"),
        ("season_answers", {"quarter": "2031Q1"}, "no_data"),
    ],
)
def test_what_cannot_be_answered_is_an_error_in_words(
    tool: str, arguments: dict[str, Any], said: str, within: Callable[..., Any]
) -> None:
    async def work(client: Client) -> Any:
        return await client.call_tool(tool, arguments)

    result = within(work)
    assert result.is_error
    assert said in result.content[0].text


@pytest.mark.parametrize("tool", CALLS)
@pytest.mark.parametrize(
    "value",
    [
        "A" * 100_000,
        "\x00\x1b[31m\u202e\u200b\r\n",
        "'; DROP TABLE figures;--",
        "../" * 9,
        "",
        5,
        None,
        ["a"],
        {},
    ],
    ids=["long", "control", "sql", "path", "empty", "number", "null", "list", "object"],
)
def test_hostile_arguments_end_in_words_or_an_answer(
    tool: str, value: Any, within: Callable[..., Any]
) -> None:
    async def work(client: Client) -> list[Any]:
        named = (await _tools(client))[tool].input_schema["properties"]
        asked = CALLS[tool] | ({"text": "RIOT"} if tool == "find_company" else {"company": "RIOT"})
        return [await client.call_tool(tool, asked | {name: value}) for name in named]

    for result in within(work):
        text = result.content[0].text
        assert "Traceback" not in text
        assert not {"\x00", "\x1b", "\u202e", "\u200b", "\r"} & set(text)
        assert len(text) < (2_000 if result.is_error else LIMIT)


@pytest.mark.parametrize(
    "uri", ["trace/nonsense", "trace/RIOT/2024Q4/cash/../../etc/passwd", "schemas/none", "methods/none"]
)
def test_what_is_no_resource_is_an_error_in_words(uri: str, within: Callable[..., Any]) -> None:
    async def work(client: Client) -> str:
        with pytest.raises(MCPError) as caught:
            await client.read_resource(f"hashpivot://{uri}")
        return str(caught.value)

    assert "Traceback" not in within(work)
