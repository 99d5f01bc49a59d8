"""Sound files of every kind a command reads, and a user's folder as commands leave it."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import random
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hashpivot.bitcoin import NetworkHistory
from hashpivot.cli import main
from hashpivot.core import Quarter
from hashpivot.ledger.records import RECORD_KINDS, template
from hashpivot.site import examples
from hashpivot.testing import RELEASE_LAYOUTS, InlineFiling, product, release_page, release_table
from hashpivot.testing.generated import (
    DataSetNumber,
    DataSetSubmission,
    data_set_tables,
    generated_universe,
    universe_filings,
)
from hashpivot.testing.services import EdgarService
from hashpivot.testing.services.network import made_up_network_days

from ...commands.samples import (
    CALL,
    OTHER_PRICES,
    PRICES_START,
    RECORDS,
    SITE,
    SWEEP,
    other_price_rows,
    price_rows,
)
from ...places import TESTS

_COMPANIES = """[EVIL]
name = "Evil Mining"
cik = "1"
fiscal_year_end = "12-31"
earlier_names = ["Good Mining"]

[EXMP]
name = "Example Mining Inc."
fiscal_year_end = "09 sat"
"""
_SETTINGS = """[identity]
name = "Jane Doe"
email = "jane@example.com"

[sec]
base_url = "http://127.0.0.1:9"

[ercot]
base_url = "http://127.0.0.1:9"
requests_per_second = 5

[prices]
exchanges = ["kraken", "coinbase"]
url = "http://127.0.0.1:9"

[mempool]
url = "http://127.0.0.1:9"
"""
"""Nothing listens at port 9 of this machine, so that nobody waits."""
_SCENARIO = """name = "Ours"

[market.price]
start_factor = 0.8

[finance]
minimum_cash_usd = 5e6
"""
_SEASON = Quarter.parse("2025Q2")
_RUN_HOURS = 24 * 70
_DAY = "date,price_usd,difficulty,blocks,height_end,fees_btc"

_LEDGERS = TESTS / "ledger/data"


@dataclass(frozen=True)
class Samples:
    """Sound files.

    Args:
        kinds: Names and contents by kind.
        home: What a user's folder holds, by path in it.
    """

    kinds: dict[str, list[tuple[str, bytes]]]
    home: dict[str, bytes]

    def one(self, rng: random.Random, kind: str) -> tuple[str, bytes]:
        """Name and content of a file of a kind."""
        return rng.choice(self.kinds[kind])

    @classmethod
    def make(cls) -> Samples:
        """Write them, some with the package's own commands."""
        kinds = _written()
        with TemporaryDirectory() as name:
            folder = Path(name)
            _made(folder, kinds)
            home = {
                path.relative_to(folder / "home").as_posix(): path.read_bytes()
                for path in sorted((folder / "home").rglob("*"))
                if path.is_file() and path.suffix not in (".lock", ".sqlite3-wal", ".sqlite3-shm")
            }
        home |= {
            "companies.toml": _COMPANIES.encode(),
            "settings.toml": _SETTINGS.encode(),
            "network.csv": _network(),
        }
        home["power/ercot_LZ_WEST.csv"] = "".join(price_rows(PRICES_START, 96)).encode()
        return cls(kinds, home)


def _written() -> dict[str, list[tuple[str, bytes]]]:
    filing = InlineFiling().statement(
        ("Bitcoin mining", "us-gaap:Revenues", 300, product("BitcoinMining")),
        ("Data center hosting", "us-gaap:Revenues", 100, product("DataCenterHosting")),
        ("Total revenue", "us-gaap:Revenues", 400),
        ("Net loss", "us-gaap:NetIncomeLoss", -40),
    )
    page = filing.write()
    rows = (
        ("Bitcoin mining", (50_000, 40_000)),
        ("Hosting", (1_000, None)),
        ("Total revenue", (51_000, 40_000)),
        ("Net loss", (-5, -6)),
    )
    heads = ("Three Months Ended June 30, 2024", "Three Months Ended June 30, 2023")
    releases = [
        release_page(
            "<p>Riot Platforms Reports Second Quarter 2024 Results</p>"
            "<p>Statements of operations (in thousands)</p>",
            layout(heads, rows),
        )
        for layout in RELEASE_LAYOUTS
    ]
    update = release_page(
        "<p>Riot Platforms Announces May 2025 Production and Operations Updates</p>",
        release_table(
            ("", "May 2025", "April 2025"),
            ("Bitcoin Produced", "514", "463"),
            ("Deployed Hash Rate (EH/s)", "35.4", "33.7"),
            ("Bitcoin Held", "19,225", "19,211"),
        ),
    )
    return {
        "filing": [("filing.htm", page)],
        "packed": [("filing.htm.gz", gzip.compress(page, mtime=0))],
        "release": [("release.htm", data) for data in releases],
        "update": [("update.htm", update)],
        "transcript": [("call.txt", CALL.encode())],
        "site": [("site.toml", SITE.encode()), *((f"{p.name}",
        p.read_bytes()) for p in files(examples).iterdir() if p.name.endswith(".toml"))],
        "scenario": [("scenario.toml", _SCENARIO.encode())],
        "sweep": [("sweep.toml", SWEEP.encode()), ("sweep.toml",
        b'[hypercube]\nsamples = 3\n[hypercube.ranges]\n"market.price.start_factor" = [0.5, 1.5]\n')],
        "prices": [
            ("prices.csv", "".join(price_rows(PRICES_START)).encode()),
            *((name, "".join(other_price_rows(name)).encode()) for name in OTHER_PRICES),
        ],
        "archive": list(_archives()),
        "listing": [
            ("list.txt", b"filing.htm\nfiling.htm\nnot-there.htm\n"),
            ("list.csv", b"path,ticker,filed\r\nfiling.htm,EVIL,2024-08-01\r\n,,\nfiling.htm,,2024-13-01\n"),
            ("list.txt", b"list.txt\n./list.txt\n-\n"), ("list.txt", "\ufefffiling.htm\r\n".encode()),
            ("list.txt", "filing.htm\n".encode("utf-16")),
            ("list.csv", b"filed,path\n2024-08-01,filing.htm\n"),
            ("list.txt", b"fil\0ing.htm\n/dev/zero\n/\n~nouser/x\n"), ("list.txt", b"x" * 100_000),
        ],
        "ledger": [(path.name, path.read_bytes()) for path in (
            _LEDGERS / "ledger-0.1.0.sqlite3", _LEDGERS / "schema-2/ledger.sqlite3")],
        "records": [("riot.csv", RECORDS.encode()), *((f"{kind}.csv",
        template(RECORD_KINDS[kind]).encode()) for kind in RECORD_KINDS)],
    }  # fmt: skip


def _archives() -> Iterator[tuple[str, bytes]]:
    """Data sets of the SEC: of both kinds, within another archive, of other names, empty, and a bomb."""
    report = DataSetSubmission(
        adsh="0000000501-24-000001", cik="501", name="PIVOT INC", form="10-Q", period="20240331",
        filed="20240510",
        numbers=[DataSetNumber("Revenues", str(value), "20240331", 1, segments) for value, segments in (
            (9_000_000, ""), (5_000_000, "ProductOrService=BitcoinMining;"),
            (4_000_000, "ProductOrService=AiCloud;"))],
        income=[("Revenues", "Total revenues")],
    )  # fmt: skip
    notes, plain = ({f"{name}.{end}": text.encode() for name, text in
        data_set_tables([report], notes=end == "tsv").items()} for end in ("tsv", "txt"))  # fmt: skip
    yield "2024_05_notes.zip", _zipped(notes)
    yield "2024q2.zip", _zipped(plain)
    yield "2024q1.zip", _zipped({"2024q2.zip": _zipped(plain)})
    yield "2024_05_notes.zip", _zipped({f"x/{name.upper()}": data for name, data in notes.items()})
    yield "2024q2.zip", _zipped({})
    yield "2024_05_notes.zip", _zipped(notes | {"num.tsv": notes["num.tsv"] + b"\0" * 30_000_000})
    yield "2024q2.zip", _zipped(plain | {"num.txt": plain["sub.txt"]})


def _zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def _made(folder: Path, kinds: dict[str, list[tuple[str, bytes]]]) -> None:
    """What commands make of them, and of filings from a stand-in for the SEC."""
    with _here(folder):
        (folder / "site.toml").write_text(SITE, encoding="utf-8")
        hour = datetime.now(UTC).replace(tzinfo=None, minute=0, second=0, microsecond=0)
        rows = price_rows(hour - timedelta(hours=_RUN_HOURS - 12), _RUN_HOURS)
        (folder / "prices.csv").write_text("".join(rows), encoding="utf-8")
        prices = "site.toml --prices prices.csv"
        universe = dict(list(generated_universe([_SEASON]).items())[:2])
        with EdgarService(universe_filings(universe, [_SEASON])) as service:
            run(f"fetch {' '.join(universe)} --season {_SEASON} --base-url {service.url}")
            run(f"watch {' '.join(universe)} --once --base-url {service.url}")
        kinds["submission"] = [
            ("filing.txt", gzip.decompress(path.read_bytes()))
            for path in sorted((folder / "home/store/sec").glob("*.txt.gz"))[:2]
        ]
        run("outlook CORZ --write scenario.toml")
        run(f"site run {prices} --state state.json --once")
        day = f"{hour - timedelta(days=3):%Y-%m-%d}"
        power = run(f"site backtest {prices} --start {day} --end {day} --json")
        kinds["scenario"].append(("scenario.toml", (folder / "scenario.toml").read_bytes()))
        kinds["state"] = [("state.json", (folder / "state.json").read_bytes())]
        kinds["log"] = [("state.json.log", (folder / "state.json.log").read_bytes())]
        kinds["power"] = [("power.json", power.encode())]


def run(line: str) -> str:
    """Run a command in this process; what it printed."""
    out = io.StringIO()
    with (
        patch.object(sys, "argv", ["hashpivot", *line.split()]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(io.StringIO()),
        contextlib.suppress(SystemExit),
    ):
        main()
    return out.getvalue()


@contextlib.contextmanager
def _here(folder: Path) -> Iterator[None]:
    variables = {"HASHPIVOT_HOME": str(folder / "home"), "HASHPIVOT_LEDGER": "", "COLUMNS": "100"}
    with contextlib.chdir(folder), patch.dict(os.environ, variables):
        yield


def _network() -> bytes:
    """A user's own network days, after the last one of the package."""
    days = made_up_network_days(NetworkHistory.bundled()[-1], 3)
    rows = (f"{d.day},{d.close_usd},{d.difficulty},{d.blocks},{d.height_end},{d.fees_btc}" for d in days)
    return "\n".join([_DAY, *rows, ""]).encode()
