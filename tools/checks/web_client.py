"""Readers of a web desk in a process of their own, which the server's does not wait for.

python -m tools.checks.web_client PORT READERS SECONDS REQUESTS SEED

Readers ask one after the other over kept connections, without a pause, until the time is over or so many
requests are answered; prints JSON: seconds of each answer, statuses, bytes.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import Counter
from time import monotonic, perf_counter

TICKERS = ("CORZ", "RIOT", "MARA", "CLSK", "CIFR")
QUARTER = "2026Q1"
PAGES = (
    "/",
    f"/season/{QUARTER}",
    *(f"/season/{QUARTER}/{ticker}" for ticker in TICKERS[:3]),
    *(f"/company/{ticker}" for ticker in TICKERS),
    "/coverage",
    "/compare",
    "/halving",
)
"""Pages of the ledger, as a reader goes through them."""
TWINS = (
    f"/season/{QUARTER}.json",
    "/company/CORZ.json",
    "/company/RIOT.csv",
    "/company/MARA.xlsx",
    "/coverage.csv",
    f"/season/{QUARTER}.parquet",
    f"/season/{QUARTER}.svg",
    "/company/CORZ.png",
    "/health",
    "/health.json",
    "/company/NOPE.json",
    "/nothing",
)
"""Twins, and what cannot be answered."""


class Load:
    """What readers asked and how it was answered.

    Args:
        port: Of the server on this machine.
        addresses: What is asked for, each as often as the others.
        seed: Of their order.
    """

    def __init__(self, port: int, addresses: tuple[str, ...], seed: int) -> None:
        self._port, self._addresses = port, addresses
        self._chance = random.Random(seed)
        self.seconds: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.bytes = 0
        self.slowest: tuple[float, str] = (0.0, "")

    async def run(self, readers: int, seconds: float, requests: int) -> None:
        """Let so many readers ask until the time is over or so many requests are answered."""
        self._end, self._left = monotonic() + seconds, requests
        await asyncio.gather(*(self._read() for _ in range(readers)))

    async def _read(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        while monotonic() < self._end and self._left > 0:
            self._left -= 1
            address = self._chance.choice(self._addresses)
            begun = perf_counter()
            request = (
                f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nAccept-Encoding: gzip\r\n\r\n"
            )
            writer.write(request.encode())
            status, length = _head(await reader.readuntil(b"\r\n\r\n"))
            await reader.readexactly(length)
            taken = perf_counter() - begun
            self.seconds.append(taken)
            self.statuses[status] += 1
            self.bytes += length
            self.slowest = max(self.slowest, (taken, address))
        writer.close()


def _head(head: bytes) -> tuple[int, int]:
    """Status and length of the body."""
    first, *lines = head.decode("latin-1").split("\r\n")
    lengths = [line.partition(":")[2] for line in lines if line.lower().startswith("content-length:")]
    return int(first.split()[1]), int(lengths[0]) if lengths else 0


def main(words: list[str]) -> None:
    """Run the readers of a command line and print what came of it."""
    port, readers, requests, seed = int(words[0]), int(words[1]), int(words[3]), int(words[4])
    load = Load(port, PAGES if words[5:] != ["mixed"] else PAGES + TWINS, seed)
    begun = monotonic()
    asyncio.run(load.run(readers, float(words[2]), requests))
    told = {
        "seconds": sorted(load.seconds),
        "statuses": load.statuses,
        "bytes": load.bytes,
        "took": monotonic() - begun,
        "slowest": load.slowest,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
