"""Time and memory of `hashpivot discover` on generated data sets of the published schemas.

    python -m benchmarks.discover --rows 50000000 --folder FOLDER

Four Financial Statement and Notes data sets and one Financial Statement data set share the rows. Most are
noise of some thousands of filers; filers of every kind are planted in it, and what must be found is known.
The floor is DuckDB's own scan of the same tables: a count of one concept's rows.
"""

# ruff: noqa: E501  lines of SQL

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hashpivot.discover import find_data_sets
from hashpivot.discover._pieces import read_header
from hashpivot.testing.generated import DataSetNumber, DataSetSubmission, data_set_tables

QUARTERS = ("2023Q1", "2023Q2", "2023Q3", "2024Q1", "2024Q2")
"""One a data set; the last is a Financial Statement data set, without notes."""
ENDS = {"1": "0331", "2": "0630", "3": "0930"}
FILERS = 6_000
EACH = 8  # planted filers of one kind
MEMORY_MB = 1024

AXIS = "ProductOrService"
KINDS: dict[str, tuple[str, ...]] = {
    "pivoting": ("BitcoinMining", "HPCHosting"),
    "mining_only": ("DigitalAssetMining", "Engineering"),
    "ai_only": ("GPUCloud", "Consulting"),
    "gold miner": ("GoldMining", "SilverMining"),
    "ether staker": ("EthereumStaking", "ValidatorServices"),
    "exchange": ("CryptoTransactions", "CustodialFees"),
    "phone maker": ("Phones", "CloudServices"),
    "chip giant": ("DataCenter", "Gaming"),
    "excavators": ("MiningEquipmentSales", "ConstructionEquipment"),
    "coatings": ("HighPerformanceCoatings", "Paints"),
    "web host": ("WebHosting", "EventHosting"),
    "airline": ("AirTransport", "AirFreight"),
}
"""What filers sell; those named like a category must be found in it, the others not at all."""


def planted(quarter: int) -> Iterator[DataSetSubmission]:
    """The planted filings of one data set; each pivot has its second line from a quarter of its own on."""
    name = QUARTERS[quarter]
    day = f"{name[:4]}{ENDS[name[-1]]}"
    for number, (kind, members) in enumerate(KINDS.items()):
        for filer in range(EACH):
            cik = 9_000_000 + number * 100 + filer
            second = 0 if kind == "pivoting" and quarter < filer % len(QUARTERS) else 10 + quarter
            amounts = dict(zip(members, (40, second), strict=True))
            numbers = [
                DataSetNumber("Revenues", (40 + second) * 1e6, day),
                DataSetNumber("NetIncomeLoss", 1, day),
            ]
            numbers += [DataSetNumber("OperatingExpenses", 9e6, day)]
            numbers += [
                DataSetNumber("Revenues", value * 1e6, day, segments=f"{AXIS}={member};")
                for member, value in amounts.items()
                if value
            ]
            yield DataSetSubmission(
                adsh=f"{cik:010d}-{name[2:4]}-{quarter + 1:06d}",
                cik=str(cik),
                name=f"{kind.upper()} {filer} INC",
                form="10-Q",
                period=day,
                filed=f"{day[:4]}{int(day[4:6]) + 1:02d}15",
                numbers=numbers,
                income=[("Revenues", "Total revenues"), ("NetIncomeLoss", "Net loss")],
            )


def write(folder: Path, quarter: int, rows: int) -> Path:
    """Write one archive with so many rows of `num`, a million at a time."""
    import duckdb

    notes = quarter < len(QUARTERS) - 1
    name, ending = QUARTERS[quarter], "tsv" if notes else "txt"
    path = folder / (f"{name.lower()}_notes.zip" if notes else f"{name.lower()}.zip")
    base = duckdb.connect(
        config={"memory_limit": "1GB", "threads": 2, "temp_directory": str(folder / "spill")}
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for table, text in data_set_tables(planted(quarter), notes=notes).items():
            with archive.open(f"{table}.{ending}", "w", force_zip64=True) as out:
                out.write(text.encode())
                for sql in noise(table, quarter, rows, notes):
                    part = folder / "part.tsv"
                    base.execute(f"COPY ({sql}) TO '{part}' (DELIM '\t', HEADER false, QUOTE '', ESCAPE '')")
                    out.write(part.read_bytes())
                    part.unlink()
    return path


def noise(table: str, quarter: int, rows: int, notes: bool) -> Iterator[str]:
    """SQL of the rows of filers that sell neither coins nor AI, sorted by filing as the SEC sorts them."""
    name = QUARTERS[quarter]
    day = f"{name[:4]}{ENDS[name[-1]]}"
    filed = f"{day[:4]}{int(day[4:6]) + 1:02d}20"
    if table == "num":
        for first in range(0, rows, CHUNK):
            yield _numbers(quarter, first, min(first + CHUNK, rows), rows, day, notes)
    elif table == "sub":
        yield f"""SELECT {_accession("i", quarter)}, i + 1000, 'FILER ' || i || ' CORP', 1000, NULL, NULL, '1231',
            '10-Q', '{day}', '{day[:4]}', 'Q', '{filed}', '{filed} 16:00', 'x.xml', 1 FROM range({FILERS}) t(i)"""
    elif table == "tag":
        yield f"""SELECT 'OwnItem' || (i % 90000), {_accession(f"i % {FILERS}", quarter)}, 1, 0, 'monetary', 'D', 'C',
            'Own item ' || i, 'What it is.' FROM range(120000) t(i)"""
        yield """SELECT 'OtherBalanceDetail' || i, 'us-gaap/2023', 0, 0, 'monetary', 'D', 'C', 'Other ' || i, 'It.'
            FROM range(9000) t(i)"""
    elif table == "dim":
        yield f"""SELECT '0x' || md5(pair), pair, 0 FROM (SELECT {PAIR} AS pair
            FROM range({FILERS}) f(f), range({PER_FILING}) k(k))"""
    else:
        yield f"""SELECT {_accession("f", quarter)}, 4, k, 'IS', 0, 'Revenues', 'us-gaap/2023', 'x', 'Revenues', 0
            FROM range({FILERS}) f(f), range(20) k(k)"""


CHUNK = 1_000_000
PER_FILING = 60  # breakdowns of one filing
PAIR = "'EquityComponents=Class' || (f * 61 + k) || ';LegalEntity=Entity' || (k * 7) || ';'"


def _numbers(quarter: int, first: int, end: int, rows: int, day: str, notes: bool) -> str:
    tag = """CASE WHEN h % 100 < 2 THEN 'Revenues' WHEN h % 100 < 3 THEN 'CostOfRevenue'
        WHEN h % 100 < 4 THEN 'NetIncomeLoss' WHEN h % 100 < 10 THEN 'OwnItem' || (h % 90000)
        ELSE 'OtherBalanceDetail' || (h % 9000) END"""
    version = "CASE WHEN h % 100 BETWEEN 4 AND 9 THEN adsh ELSE 'us-gaap/2023' END"
    value = "CAST(h % 1000000007 AS VARCHAR) || '.0000'"
    whole, key = ("'0x00000000'", f"'0x' || md5({PAIR})") if notes else ("NULL", PAIR)
    breakdown = f"CASE WHEN h % 5 < 2 THEN {whole} ELSE {key} END"
    source = f"""(SELECT f, h, h % {PER_FILING} AS k, {_accession("f", quarter)} AS adsh FROM (SELECT
        i * {FILERS} // {rows} AS f, hash(i + {quarter} * 1000003) >> 8 AS h FROM range({first}, {end}) t(i)))"""
    ends = "0, " + value + ", NULL, 0, 2, NULL, '0.0', -3" if notes else f"NULL, {value}, NULL"
    return f"SELECT adsh, {tag}, {version}, '{day}', h % 3, 'USD', {breakdown}, {ends} FROM {source}"


def _accession(number: str, quarter: int) -> str:
    return f"printf('%010d-{QUARTERS[quarter][2:4]}-%06d', ({number}) + 1000, {quarter + 1})"


def expected() -> dict[str, tuple[str, str]]:
    """Category and first quarter of the filers that must be found, by name."""
    found = {}
    for kind in ("pivoting", "mining_only", "ai_only"):
        for filer in range(EACH):
            first = QUARTERS[filer % len(QUARTERS)] if kind == "pivoting" else QUARTERS[0]
            found[f"{kind.upper()} {filer} INC"] = (kind, first)
    return found


def scan(paths: list[str]) -> dict[str, Any]:
    """Run `discover` here; time, memory and what it finds."""
    from hashpivot.core import Companies
    from hashpivot.discover import discover

    started, processor = time.monotonic(), time.process_time()
    found = discover(paths, companies=Companies({}), memory_mb=MEMORY_MB)
    return {
        "seconds": time.monotonic() - started,
        "processor": time.process_time() - processor,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "rows": sum(one.rows for one in found.sets),
        "kept": sum(one.kept for one in found.sets),
        "problems": list(found.problems),
        "filers": {one.name: (one.category.value, str(one.pivot_quarter)) for one in found.filers},
    }


def floor(paths: list[str]) -> dict[str, Any]:
    """Time DuckDB counting one concept's rows in the same tables; unpacking is not timed."""
    import duckdb

    seconds = processor = 0.0
    base = duckdb.connect(config={"memory_limit": f"{MEMORY_MB}MB", "threads": 2})
    for data_set in find_data_sets(paths):
        table = data_set.tables["num"]
        with tempfile.TemporaryDirectory() as folder, table.open() as file:
            columns = ", ".join(f"'{name}': 'VARCHAR'" for name in read_header(table, file))
            sql = f"""SELECT count(*) FROM read_csv(?, delim = '\t', header = false, auto_detect = false,
                quote = '', escape = '', columns = {{{columns}}}) WHERE tag = 'Revenues'"""
            while block := file.read(2**27):
                part = Path(folder) / "part.tsv"
                part.write_bytes(block + file.readline())
                started, before = time.monotonic(), time.process_time()
                base.execute(sql, [str(part)]).fetchone()
                seconds += time.monotonic() - started
                processor += time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "processor": processor, "peak_mb": peak}


def main() -> None:
    """Write data sets, scan them in processes of their own, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000_000)
    parser.add_argument(
        "--folder", type=Path, help="Where the archives are put; removed at the end if not given."
    )
    parser.add_argument("--run", choices=("scan", "floor"), help=argparse.SUPPRESS)
    parser.add_argument("paths", nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        print(json.dumps({"scan": scan, "floor": floor}[options.run](options.paths)))
        return
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        share = options.rows // len(QUARTERS)
        started = time.monotonic()
        paths = [str(write(folder, quarter, share)) for quarter in range(len(QUARTERS))]
        size = sum(Path(path).stat().st_size for path in paths) / 2**20
        print(
            f"{share * len(QUARTERS):,} rows written in {time.monotonic() - started:.0f} s, {size:,.0f} MB packed"
        )
        answers = {run: _child(run, paths) for run in ("floor", "scan", "floor")}
        _print(answers)


def _child(run: str, paths: list[str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.discover", "--run", run, *paths]
    answer: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return answer


def _print(answers: dict[str, dict[str, Any]]) -> None:
    print(f"{'':24}{'wall s':>8}{'processor s':>13}{'peak MB':>9}")
    for name, run in (("count of one concept", "floor"), ("discover", "scan")):
        answer = answers[run]
        print(f"{name:24}{answer['seconds']:8.0f}{answer['processor']:13.0f}{answer['peak_mb']:9.0f}")
    found = answers["scan"]
    print(f"rows {found['rows']:,}, kept {found['kept']:,}; problems: {found['problems'] or 'none'}")
    filers = {name: tuple(value) for name, value in found["filers"].items()}
    wanted = expected()
    wrong = {name for name in {*filers, *wanted} if filers.get(name) != wanted.get(name)}
    print(f"planted filers found as planted: {len(wanted) - len(wrong & set(wanted))} of {len(wanted)}")
    for name in sorted(wrong & set(wanted)):
        print(f"  {name}: {filers.get(name)} instead of {wanted[name]}")
    print(f"others found: {sorted(set(filers) - set(wanted)) or 'none'}")


if __name__ == "__main__":
    main()
