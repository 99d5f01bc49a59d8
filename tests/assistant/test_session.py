"""A session as an assistant has it: a process, standard input and output."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from mcp import Client

from hashpivot.bitcoin import NetworkHistory
from hashpivot.ledger import Ledger
from hashpivot.nowcast import days_known
from hashpivot.testing import MadeUpMiner

from ..cli.hostile_home import hostile_home

TOOLS = {
    "find_company": {"text"},
    "figure": {"company", "measure", "period", "line"},
    "lines": {"company", "through", "quarters", "line"},
    "season_answers": {"quarter", "company"},
    "contracts_and_targets": {"company", "limit"},
    "coverage": {"company", "through"},
    "nowcast": {"company", "quarter"},
    "outlook": {"company", "scenarios", "quarters"},
}
"""Names of tools and parameters are stable: a change of them is a change of the interface."""
NUMBER = {
    "status", "measure", "line", "period", "value", "unit", "kind", "grade", "known", "address", "figure",
    "trace", "page", "note",
}  # fmt: skip
LISTED_LIMIT = 20_000
"""Bytes of the tools as listed: they stand in an assistant's context before any question."""
ABSENT = {"status", "measure", "line", "period", "missing", "reason", "needs"}


def test_tools_and_schemas_are_those_declared(beside: Callable[..., Any]) -> None:
    async def work(client: Client) -> Any:
        tools = (await client.list_tools()).tools
        schemas = [await client.read_resource(f"hashpivot://schemas/{tool.name}") for tool in tools]
        return tools, [json.loads(schema.contents[0].text) for schema in schemas]

    tools, schemas = beside(work)
    listed = [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in tools]
    assert len(json.dumps(listed, separators=(",", ":"))) < LISTED_LIMIT
    assert {tool.name: set(tool.input_schema["properties"]) for tool in tools} == TOOLS
    for tool, whole in zip(tools, schemas, strict=True):
        assert tool.description
        assert tool.annotations.read_only_hint
        assert tool.output_schema["type"] == "object"
        assert tool.output_schema["properties"].keys() == whole["properties"].keys()
        assert not whole["additionalProperties"]
    figure = next(tool for tool in tools if tool.name == "figure").output_schema["$defs"]
    assert set(figure["FigureNumber"]["properties"]) == NUMBER
    assert set(figure["Absent"]["properties"]) == ABSENT


def test_text_of_filings_stays_text(beside: Callable[..., Any], tmp_path: Path) -> None:
    home = hostile_home(tmp_path / "hostile")

    async def work(client: Client) -> list[str]:
        calls: dict[str, dict[str, Any]] = {
            "find_company": {"text": "EVIL"},
            "lines": {"company": "EVIL", "quarters": 8},
            "figure": {"company": "EVIL", "measure": "revenue", "period": "2024Q4"},
            "season_answers": {"quarter": "2024Q4", "company": "EVIL"},
            "contracts_and_targets": {"company": "EVIL"},
            "coverage": {"company": "EVIL"},
        }
        results = [await client.call_tool(tool, arguments) for tool, arguments in calls.items()]
        return [json.dumps(r.structured_content, ensure_ascii=False) for r in results if not r.is_error]

    answers = beside(work, home)
    assert len(answers) >= 4
    for answer in answers:
        text = json.loads(answer)
        for word in strings(text):
            assert not {"\x1b", "\u202e", "\u200b", "\r"} & set(word), word


def strings(value: Any) -> list[str]:
    """Every text of an answer."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [word for one in inner for word in strings(one)]


def test_what_another_process_adds_is_in_the_next_answer(beside: Callable[..., Any], tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()

    async def work(client: Client) -> tuple[bool, bool]:
        asked = {"company": "TEST", "measure": "revenue", "period": "latest"}
        before = await client.call_tool("figure", asked)
        miner = MadeUpMiner(days_known(NetworkHistory.load(), date(2025, 5, 1)))
        held = miner.quarter("2024Q4", None, 4e7).held()
        with Ledger.open(home / "ledger.sqlite3") as ledger:
            for key, source in held.sources.items():
                ledger.add(source, [figure for figure in held.figures if figure.source == key])
        after = await client.call_tool("figure", asked)
        return before.is_error, after.is_error

    assert beside(work, home) == (True, False)
