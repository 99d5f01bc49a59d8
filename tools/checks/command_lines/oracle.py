"""What is wrong with what a case did."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from .case import Case
from .child import CPU_SECONDS
from .process import Ran
from .values import SECRET

STATUSES = (0, 1, 2)
_LONG = {"--learned", "--what-if", "--backtest", "--tornado"}
"""Options that ask for minutes of work."""
_ENDED = (0, 1, 2, 130)  # by Ctrl-C
_WARNING = re.compile(
    r"\.py:\d+: \w*Warning|Exception ignored|ResourceWarning|DeprecationWarning|RuntimeWarning"
)
_RAW = re.compile(
    r"\b(?!HashpivotError)[A-Z]\w*(?:Error|Exception)\b|Traceback|\[Errno|<class '|<[\w.]+ object at|"
    r"NoneType|has no attribute|index out of range|invalid literal|not supported between|out of bounds|"
    r"must be \w+, not \w+|unexpected keyword|takes \d+ positional|cannot convert|not subscriptable|"
    r"not iterable|codec can't|argument must be|could not convert|division by zero|\bdtype\b|embedded null|"
    r"unhashable|to unpack|maximum recursion|ordinal must|year -?\d+ is out of range"
)
"""Words of Python's own errors: they do not say what to do."""
_NO_VALUE = re.compile(r"(?<![\w'\"=.\\/-])(?:None|nan|NaN|-?inf|NaT)(?![\w'\"=.\\/-])")
_ALONE = re.compile(r"[\w.]+\.(\d+|tmp|part)$|^\.[^/]+\.\d+$")


def problems(case: Case, ran: Ran) -> list[str]:
    """Everything wrong, one line each; the first word is the kind."""
    return list(dict.fromkeys(found for check in _CHECKS for found in check(case, ran)))


def signature(problem: str) -> str:
    """What problems of one cause have in common."""
    return re.sub(r"\d+", "N", re.sub(r"'[^']*'|\"[^\"]*\"", "''", problem))[:160]


def _ended(case: Case, ran: Ran) -> Iterator[str]:
    for note in ran.seen:
        if note.startswith("traceback "):
            lines = [line for line in note[10:].split("\x01") if line.strip()]
            ours = [line.strip() for line in lines if "/hashpivot/" in line and "tools/" not in line]
            last = re.sub(r".*/hashpivot/", "", ours[-1]).replace('"', "") if ours else ""
            yield f"traceback {lines[-1][:200]} in {last}"
        elif note.startswith("unflushed"):
            yield note
    if ran.hung:
        yield "hangs"
    elif ran.status in (-24, -9) or ran.seconds > CPU_SECONDS:
        if not _LONG & set(case.words):
            yield f"takes more than {CPU_SECONDS} s"
    elif ran.status not in (_ENDED if case.endless else STATUSES):
        yield f"status {ran.status}"


def _said(case: Case, ran: Ran) -> Iterator[str]:
    err, out = _text(case, ran.err), _text(case, ran.out)
    if "Traceback" in err or "Traceback" in out:
        yield f"traceback shown: {err.strip().splitlines()[-1:]}"
    for match in _WARNING.finditer(err):
        line = next(line for line in err.splitlines() if match[0] in line)
        if case.endless and "unclosed <socket" in line:  # Ctrl-C while a library connected
            continue
        yield f"warning {line[-200:]}"
    if SECRET in err + out:
        yield "secret shown"
    given = _given(case)
    for line in (*err.splitlines(), *(out.splitlines() if "--json" not in case.words else ())):
        if (raw := _RAW.search(line)) and raw[0] not in given:
            yield f"raw {line.strip()[:200]}"
    if (
        ran.status in (1, 2)
        and case.around.err == "file"
        and case.around.out != "gone"
        and not err.strip()
        and not out.strip()
    ):
        yield f"silent, status {ran.status}"
    if (
        ran.status == 2
        and case.around.err == "file"
        and err
        and not re.search(r"(?m)^(hashpivot: |Error: |Usage: hashpivot [\w-]*( [\w-]+)?)", err)
    ):
        yield f"unclear {err[:100]!r}"


def _numbers(case: Case, ran: Ran) -> Iterator[str]:
    out = _text(case, ran.out)
    if "--json" in case.words or "--help" in case.words or "-h" in case.words or "read" in case.words:
        return
    given = _given(case)
    for line in out.splitlines():
        if (match := _NO_VALUE.search(line)) and match[0] not in given:
            yield f"no value {line.strip()[:160]}"


def _strict(case: Case, ran: Ran) -> Iterator[str]:
    if (
        "--json" not in case.words
        or case.around.out != "file"
        or {"--help", "-h", "--version"} & set(case.words)
        or ran.status == 2
    ):
        return
    if (
        "/dev/stdout" in case.words
        or case.around.file_bytes
        or case.around.err != "file"
        or case.around.memory
    ):
        return
    text = _text(case, ran.out).strip()
    if not text:
        if ran.status == 0 and not _may_be_empty(case):
            yield "json is empty"
        return
    whole = {"watch", "run"} & set(case.words)
    for part in text.splitlines() if whole else [text]:
        try:
            json.loads(part, parse_constant=_no_constant)
        except ValueError as error:
            yield f"json {error} in {part[:80]!r}"
            return


def _may_be_empty(case: Case) -> bool:
    return (
        bool({"watch", "run", "--write", "--csv", "mcp", "serve", "--missing"} & set(case.words))
        or case.endless
    )


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _elsewhere(case: Case, ran: Ran) -> Iterator[str]:
    named = " ".join((*case.words, *case.variables.values()))
    for note in ran.seen:
        if note.startswith("write "):
            path = note[6:]
            if (
                path not in named
                and Path(path).name[:20] not in named
                and not path.startswith("/tmp/pymp")
                and not path.endswith(".tmp")
                and "/.cache" not in path
            ):
                yield note
        elif note.startswith("started "):
            if "serve" not in case.words and "resource_tracker" not in note and "sendmail" not in note:
                yield note
        elif note.startswith("connect ") and not _asks_out(case):
            yield note


def _asks_out(case: Case) -> bool:
    return bool(
        {"fetch", "watch", "serve", "--live", "--cluster", "run"} & set(case.words)
    ) or "http" in " ".join(case.words)


def _files(case: Case, ran: Ran) -> Iterator[str]:
    named = _given(case)
    for name, data in ran.after.items():
        place, _, inner = name.partition("/")
        if (
            place == "tmp"
            and not name.startswith(("tmp/matplotlib", "tmp/pymp"))
            and ran.status >= 0
            and not ran.hung
        ):
            yield f"left behind {re.sub(r'[0-9a-z_]{8}', 'X', name)}"
        if name not in ran.before and place == "start":
            if not _named(inner, named, case):
                yield f"left behind {name}"
            elif inner.startswith("made-") and not _is_whole(inner, data):
                yield f"half {name}"
    for name, data in ran.before.items():
        place, _, inner = name.partition("/")
        if (
            place == "start"
            and ran.after.get(name) != data
            and case.around.folder != "gone"
            and not _named_output(inner, case)
        ):
            yield f"changed {name}"
        if (
            place == "home"
            and name.endswith(".sqlite3")
            and not data.startswith(b"SQLite format 3\0")
            and data
            and ran.after.get(name) != data
        ):
            yield f"changed {name}, which is no ledger"


def _named(inner: str, named: str, case: Case) -> bool:
    """Whether a file was asked for: by name, or as what a command writes beside."""
    name = Path(inner).name
    parts = Path(inner).parts
    defaults = re.fullmatch(r"(season-\w+|company-.+)\.html", name)
    if name.endswith((".lock", ".damaged")):
        return True
    beside = re.sub(r"\.(log|lock|csv|json)$|\.(log\.)?\d+$|-wal$|-shm$|-journal$", "", inner)
    return bool(
        defaults
        or inner in named
        or parts[0] in named
        or beside in named
        or name == "new.sqlite3"
        or "HASHPIVOT_HOME" in case.variables
        or "HOME" in case.variables
    )


def _named_output(inner: str, case: Case) -> bool:
    outputs = ("--html", "--excel", "--chart", "--write", "--out", "--csv", "--json-file", "--state", "--log")
    words = " ".join(case.words)
    return any(
        re.search(rf"{option}[ =]{re.escape(inner.removesuffix('.log'))}", words) for option in outputs
    )


def _ledger(case: Case, ran: Ran) -> Iterator[str]:
    """A ledger that was sound is sound, and has lost nothing."""
    name = "home/ledger.sqlite3"
    before, after = ran.before.get(name), ran.after.get(name)
    if not before or case.files[name].told:
        return
    if after is None:
        yield "ledger is gone"
        return
    counts_before, counts_after = (
        _counts({n: d for n, d in ran.before.items() if n.startswith(name)}),
        _counts({n: d for n, d in ran.after.items() if n.startswith(name)}),
    )
    if isinstance(counts_after, str):
        yield f"ledger {counts_after}"
    elif isinstance(counts_before, dict):
        for table, count in counts_before.items():
            if counts_after.get(table, 0) < count and not table.startswith("sqlite"):
                yield f"ledger lost rows of {table}"


def _counts(files: dict[str, bytes]) -> dict[str, int] | str:
    with TemporaryDirectory() as folder:
        for name, data in files.items():
            if not name.endswith("-shm"):
                Path(folder, Path(name).name).write_bytes(data)
        with closing(sqlite3.connect(Path(folder, "ledger.sqlite3"))) as ledger:
            try:
                if (said := ledger.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                    return str(said)
                tables = [
                    name for (name,) in ledger.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                ]
                return {
                    table: ledger.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables
                }
            except sqlite3.Error as error:
                return str(error)


def _is_html(data: bytes) -> bool:
    return data.rstrip().endswith(b"</html>")


def _is_whole(name: str, data: bytes) -> bool:
    """True for a whole file of the kind its name says, and for one of no known kind."""
    whole = _WHOLE.get(Path(name).suffix)
    return whole is None or whole(data)


def _is_workbook(data: bytes) -> bool:
    try:
        return zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    except zipfile.BadZipFile:
        return False


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data, parse_constant=_no_constant)
    except ValueError:
        return False
    return True


def _is_toml(data: bytes) -> bool:
    try:
        tomllib.loads(data.decode())
    except ValueError:
        return False
    return True


_WHOLE: dict[str, Callable[[bytes], bool]] = {
    ".html": _is_html, ".xlsx": _is_workbook, ".json": _is_json, ".toml": _is_toml,
    ".svg": lambda data: data.rstrip().endswith(b"</svg>"),
    ".png": lambda data: b"IEND" in data[-12:], ".parquet": lambda data: data.endswith(b"PAR1"),
    ".csv": lambda data: data.endswith(b"\n"),
}  # fmt: skip


def _text(case: Case, data: bytes) -> str:
    return data.decode(case.around.encoding if data else "utf-8", "replace")


def _given(case: Case) -> str:
    """All text that came from the user, which a message may repeat."""
    texts = [*case.words, *case.variables.values(), *case.files]
    texts += [
        entry.data[:300_000].decode("utf-8", "replace") for name, entry in case.files.items() if entry.told
    ]
    return "\n".join(texts)


_CHECKS = (_ended, _said, _numbers, _strict, _elsewhere, _files, _ledger)
