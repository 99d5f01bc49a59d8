"""Damage a file as a user, an editor, another program or a disk would."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import re
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .case import Entry, Kind

Mutation = Callable[[random.Random, bytes], bytes]

_TOML = (
    '"text"', '""', "-1", "0", "1", "nan", "inf", "-inf", "1e400", "9" * 400, "true", "[]", "{}", "[1, 'a']",
    "[[1]]", "2024-01-01",
    "2024-01-01T00:00:00Z", "12:30:00", '"\\u0000"', '"2024-01-01"', "9999-12-31", "0001-01-01", "[nan]",
    "{ a = 1 }", "1e-320", "[[[]]]",
    "0.5", "100", "1e9", '"nan"', "{ x = { y = { z = 1 } } }", "[" * 3000 + "]" * 3000, "'\U0001f600'",
    "-0.0", "24", "13", "9223372036854775808",
)  # fmt: skip
_JSON: tuple[Any, ...] = (
    None, "", "text", -1, 0, 1, 1.5, float("nan"), float("inf"), 10**400, True, [], {}, [None], {"a": 1},
    "2024-01-01", "2024-02-30", "\0",
    "nan", 1e308, -1e308, "2024-08-20T14:00", "9999-12-31T23:59", "x" * 10_000,
)  # fmt: skip
_CELLS = (
    "", "nan", "NaN", "inf", "-", "1e400", "9" * 400, "-1", "0", "text", "1,5", "1;5", "$5", "2024-02-30",
    "2024-01-01", "0001-01-01", "9999-12-31T23:00",
    "2024-11-03T01:30", "2024-01-01T00:00Z", "2024-01-01T00:00+25:00", "\0", "\ufeff", "'", '"', "=1+1",
    "1e-400", "0x10", "١٢", "x" * 200_000, " 5 ", "None", "5%",
)  # fmt: skip


def damaged(rng: random.Random, name: str, data: bytes) -> Entry:
    """A file with one to three faults, mostly in its structure; or something else under its name."""
    chance = rng.random()
    if chance < 0.03:
        return Entry(kind=Kind.FOLDER, told="a folder")
    if chance < 0.04:
        return Entry(kind=Kind.LOOP, told="a link to itself")
    if chance < 0.05:
        return Entry(data, Kind.LOCKED, told="locked")
    if chance < 0.06:
        return Entry(kind=Kind.PIPE, told="a pipe")
    told = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        own = _OF_SUFFIX.get(Path(name).suffix, ())
        mutation = rng.choice(own) if own and rng.random() < 0.75 else rng.choice(_OF_ALL)
        with suppress(csv.Error, ValueError, IndexError):  # too damaged for it already
            data = mutation(rng, data)
        told.append(mutation.__name__)
    return Entry(data, told=", ".join(told))


def placed(rng: random.Random, name: str, entry: Entry, files: dict[str, Entry], odd: float) -> str:
    """Put it beside the command and return its name there; sometimes it is not there, or oddly named."""
    chance = rng.random() / max(odd, 0.01)
    if chance < 0.2:
        return name
    if chance < 0.4:
        return rng.choice(("/dev/null", "/dev/full", "/", ".", "/proc/self/mem", "x" * 300, "-", ""))
    if chance < 0.7:
        name = (
            rng.choice(
                ("Łódź", "a b", "-x", "[x]", "\udcff", "x\ny", "CON", "x" * 200, "~x", "a=b", "C:\\x", "%s")
            )
            + Path(name).suffix
        )
    elif chance < 1.0:
        name = Path(name).stem + rng.choice(
            (".csv", ".toml", ".json", ".htm", "", ".gz", ".txt", ".parquet", ".xlsx", ".TOML")
        )
    files[f"start/{name}"] = entry
    return name


# Of any file


def empty(_rng: random.Random, _data: bytes) -> bytes:
    return b""


def cut_short(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def flip_bytes(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(min(len(data), rng.choice((1, 1, 4, 30)))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def in_utf_16(_rng: random.Random, data: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode("utf-16")


def with_a_mark(_rng: random.Random, data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


def in_a_code_page(rng: random.Random, data: bytes) -> bytes:
    return (
        data.decode("utf-8", "replace")
        .replace("a", "é", 3)
        .encode(rng.choice(("cp1252", "cp437", "latin-1")), "replace")
    )


def with_nuls(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + b"\0" * rng.choice((1, 600)) + data[at:]


def other_line_ends(rng: random.Random, data: bytes) -> bytes:
    return data.replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\n", b"\xe2\x80\xa8")))


def packed(_rng: random.Random, data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def packed_and_cut(rng: random.Random, data: bytes) -> bytes:
    return cut_short(rng, gzip.compress(data, mtime=0))


def doubled(_rng: random.Random, data: bytes) -> bytes:
    return data + data


def lines_lost(rng: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    for _ in range(rng.choice((1, 2, 5))):
        if lines:
            del lines[rng.randrange(len(lines))]
    return b"".join(lines)


def other_content(rng: random.Random, _data: bytes) -> bytes:
    return rng.choice((b"{}", b"[]", b"null", b"a,b\n1,2\n", b"x = 1\n", b"<html></html>", b"PK\x03\x04",
    b"SQLite format 3\0", b"PAR1PAR1", b"\xff\xfe", b"\x1f\x8b", b"1", b"\n", b'"' * 5000,
    b"[" * 100_000))  # fmt: skip


# Of TOML


_PAIR = re.compile(r"^(\s*)([\w.\"' -]+?)\s*=\s*(.+)$", re.MULTILINE)


def toml_value(rng: random.Random, data: bytes) -> bytes:
    return _at_a_pair(rng, data, lambda match: f"{match[1]}{match[2]} = {rng.choice(_TOML)}")


def toml_key(rng: random.Random, data: bytes) -> bytes:
    def rename(match: re.Match[str]) -> str:
        other = rng.choice(("nothing", "name", f"{match[2]}s", '""', f"{match[2]}.x"))
        return f"{match[1]}{other} = {match[3]}"

    return _at_a_pair(rng, data, rename)


def toml_lost(rng: random.Random, data: bytes) -> bytes:
    return _at_a_pair(rng, data, lambda _: "")


def toml_twice(rng: random.Random, data: bytes) -> bytes:
    return _at_a_pair(rng, data, lambda match: f"{match[0]}\n{match[0]}")


def toml_number(rng: random.Random, data: bytes) -> bytes:
    """Another number where one stands."""
    pairs = [
        match for match in _PAIR.finditer(data.decode("utf-8", "replace")) if re.match(r"-?[\d.]+", match[3])
    ]
    other = rng.choice(
        (
            "0",
            "-1",
            "1e-9",
            "1e12",
            "1e308",
            "0.5",
            "100",
            "nan",
            "inf",
            "-0.0",
            "7",
            "1.0000001",
            "24",
            "1000000",
        )
    )
    return _replace(rng, data, pairs, lambda match: f"{match[1]}{match[2]} = {other}")


def toml_header(rng: random.Random, data: bytes) -> bytes:
    heads = list(re.finditer(r"^\[+[^\]]*\]+", data.decode("utf-8", "replace"), re.MULTILINE))
    return _replace(
        rng,
        data,
        heads,
        lambda match: rng.choice(
            (
                "",
                f"[{match[0]}]",
                match[0].strip("[]").join("[]"),
                f"{match[0]}\n{match[0]}",
                "[nothing]",
                "[[machines]]",
            )
        ),
    )


def _at_a_pair(rng: random.Random, data: bytes, by: Callable[[re.Match[str]], str]) -> bytes:
    return _replace(rng, data, list(_PAIR.finditer(data.decode("utf-8", "replace"))), by)


def _replace(
    rng: random.Random, data: bytes, matches: list[re.Match[str]], by: Callable[[re.Match[str]], str]
) -> bytes:
    if not matches:
        return data
    match = rng.choice(matches)
    return (match.string[: match.start()] + by(match) + match.string[match.end() :]).encode(
        "utf-8", "replace"
    )


# Of JSON, also of several objects, one a line


def json_value(rng: random.Random, data: bytes) -> bytes:
    return _json(rng, data, lambda holder, key: holder.__setitem__(key, rng.choice(_JSON)))


def json_lost(rng: random.Random, data: bytes) -> bytes:
    return _json(rng, data, lambda holder, key: holder.__delitem__(key))


def json_key(rng: random.Random, data: bytes) -> bytes:
    def rename(holder: Any, key: Any) -> None:
        if isinstance(holder, dict):
            holder[f"{key}x"] = holder.pop(key)

    return _json(rng, data, rename)


def _json(rng: random.Random, data: bytes, change: Callable[[Any, Any], None]) -> bytes:
    try:
        return json.dumps(_changed(rng, json.loads(data), change)).encode()
    except (ValueError, RecursionError):
        pass
    lines = data.splitlines()
    if not lines:
        return data
    at = rng.randrange(len(lines))
    try:
        lines[at] = json.dumps(_changed(rng, json.loads(lines[at]), change)).encode()
    except (ValueError, RecursionError):
        return data
    return b"\n".join(lines) + b"\n"


def _changed(rng: random.Random, tree: Any, change: Callable[[Any, Any], None]) -> Any:
    places: list[tuple[Any, Any]] = []
    todo = [tree]
    while todo:
        holder = todo.pop()
        inner = (
            list(holder.items())
            if isinstance(holder, dict)
            else list(enumerate(holder))
            if isinstance(holder, list)
            else []
        )
        places += [(holder, key) for key, _ in inner]
        todo += [value for _, value in inner]
    if places:
        change(*rng.choice(places))
        return tree
    return rng.choice(_JSON)


# Of CSV


def _csv(change: Callable[[random.Random, list[list[str]]], None]) -> Mutation:
    def mutation(rng: random.Random, data: bytes) -> bytes:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8", "replace").replace("\0", ""))))
        if rows and all(rows):
            change(rng, rows)
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        return text.getvalue().encode("utf-8", "replace")

    mutation.__name__ = f"csv_{change.__name__}"
    return mutation


def cell(rng: random.Random, rows: list[list[str]]) -> None:
    for _ in range(rng.choice((1, 1, 5))):
        row = rng.choice(rows[1:] or rows)
        if row:
            row[rng.randrange(len(row))] = rng.choice(_CELLS)


def column_lost(rng: random.Random, rows: list[list[str]]) -> None:
    at = rng.randrange(len(rows[0]))
    for row in rows:
        del row[at : at + 1]


def column_twice(rng: random.Random, rows: list[list[str]]) -> None:
    at = rng.randrange(len(rows[0]))
    for row in rows:
        row.insert(0, row[at] if at < len(row) else "")


def heading(rng: random.Random, rows: list[list[str]]) -> None:
    rows[0][rng.randrange(len(rows[0]))] = rng.choice(
        ("", "x", rows[0][0], "ts_utc", "value", "a" * 3000, " ", rows[0][-1].upper())
    )


def column_of_one(rng: random.Random, rows: list[list[str]]) -> None:
    at, value = rng.randrange(len(rows[0])), rng.choice(_CELLS)
    for row in rows[1:]:
        if at < len(row):
            row[at] = value if len(value) < 1000 else ""


def rows_uneven(rng: random.Random, rows: list[list[str]]) -> None:
    row = rng.choice(rows)
    row[:] = row[: rng.randrange(len(row) + 1)] if rng.random() < 0.5 else row + ["1"] * rng.choice((1, 50))


def rows_shuffled(rng: random.Random, rows: list[list[str]]) -> None:
    rest = rows[1:]
    rng.shuffle(rest)
    rows[1:] = rest


def rows_few(rng: random.Random, rows: list[list[str]]) -> None:
    del rows[rng.choice((1, 2, 3, 30)) :]


def rows_double(rng: random.Random, rows: list[list[str]]) -> None:
    rows.insert(rng.randrange(len(rows)), list(rng.choice(rows)))


# Of ledgers


def _database(change: Callable[[random.Random, sqlite3.Connection], None]) -> Mutation:
    def mutation(rng: random.Random, data: bytes) -> bytes:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "x"
            path.write_bytes(data)
            ledger = sqlite3.connect(path)
            try:
                ledger.execute("PRAGMA journal_mode = DELETE")
                change(rng, ledger)
                ledger.commit()
            except (sqlite3.Error, IndexError):  # already damaged
                pass
            ledger.close()
            return path.read_bytes()

    mutation.__name__ = f"ledger_{change.__name__}"
    return mutation


def _tables(ledger: sqlite3.Connection) -> list[str]:
    return [
        name
        for (name,) in ledger.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
        )
    ]


def another_version(rng: random.Random, ledger: sqlite3.Connection) -> None:
    ledger.execute(f"PRAGMA user_version = {rng.choice((0, 1, 2, 3, 99, -1, 2**31 - 1))}")


def another_application(rng: random.Random, ledger: sqlite3.Connection) -> None:
    ledger.execute(f"PRAGMA application_id = {rng.choice((0, 1, -1, 123456))}")


def table_lost(rng: random.Random, ledger: sqlite3.Connection) -> None:
    ledger.execute(f'DROP TABLE "{rng.choice(_tables(ledger))}"')


def column_renamed(rng: random.Random, ledger: sqlite3.Connection) -> None:
    table, column = _place(rng, ledger)
    ledger.execute(f'ALTER TABLE "{table}" RENAME COLUMN "{column}" TO nothing')


def value_changed(rng: random.Random, ledger: sqlite3.Connection) -> None:
    table, column = _place(rng, ledger)
    value = rng.choice(
        (
            None,
            "",
            "text",
            -1,
            1.5,
            b"\xff",
            "nan",
            "9999-99-99",
            "0001-01-01",
            "{",
            "[]",
            "1e400",
            "x" * 5000,
        )
    )
    some = f'SELECT rowid FROM "{table}" LIMIT {rng.choice((1, 1000))}'
    ledger.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid IN ({some})', (value,))


def rows_deleted(rng: random.Random, ledger: sqlite3.Connection) -> None:
    ledger.execute(f'DELETE FROM "{rng.choice(_tables(ledger))}"')


def _place(rng: random.Random, ledger: sqlite3.Connection) -> tuple[str, str]:
    table = rng.choice(_tables(ledger))
    columns = [row[1] for row in ledger.execute(f'PRAGMA table_info("{table}")')]
    return table, rng.choice(columns)


_OF_ALL: tuple[Mutation, ...] = (
    empty, cut_short, flip_bytes, in_utf_16, with_a_mark, in_a_code_page, with_nuls, other_line_ends, packed,
    packed_and_cut, doubled,
    lines_lost, other_content,
)  # fmt: skip
_TABLE = tuple(
    map(
        _csv,
        (
            cell,
            cell,
            cell,
            column_lost,
            column_twice,
            heading,
            column_of_one,
            rows_uneven,
            rows_shuffled,
            rows_few,
            rows_double,
        ),
    )
)
_OF_JSON = (json_value, json_value, json_lost, json_key)
_OF_SUFFIX: dict[str, tuple[Mutation, ...]] = {
    ".toml": (toml_value, toml_value, toml_value, toml_number, toml_number, toml_key, toml_lost, toml_twice,
    toml_header),
    ".json": _OF_JSON,
    ".log": _OF_JSON,
    ".jsonl": _OF_JSON,
    ".csv": _TABLE,
    ".sqlite3": tuple(map(_database, (another_version, another_application, table_lost, column_renamed,
    value_changed, value_changed, rows_deleted))),
}  # fmt: skip
