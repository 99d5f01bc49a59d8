"""A server in this process, and one in a process of its own as an assistant starts it."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from hashpivot.assistant import assistant_server
from hashpivot.desk import CurrentDesk

Work = Callable[[Client], Awaitable[Any]]


@pytest.fixture(scope="session")
def current() -> CurrentDesk:
    return CurrentDesk()


@pytest.fixture(scope="session")
def within(current: CurrentDesk) -> Callable[[Work], Any]:
    """Does some work with a client of a server in this process; returns what the work returns."""
    server = assistant_server(current)

    async def connected(work: Work) -> Any:
        async with Client(server) as client:
            return await work(client)

    return lambda work: anyio.run(connected, work)


@pytest.fixture
def beside(tmp_path: Path) -> Callable[..., Any]:
    """The same over standard input and output of a process, in a home of its own."""

    def run(work: Work, home: Path | None = None) -> Any:
        env = os.environ | {"HASHPIVOT_HOME": str(home or tmp_path / "home"), "HASHPIVOT_LEDGER": ""}
        command = StdioServerParameters(command=sys.executable, args=["-m", "hashpivot", "mcp"], env=env)

        async def connected() -> Any:
            async with Client(stdio_client(command)) as client:
                return await work(client)

        return anyio.run(connected)

    return run
