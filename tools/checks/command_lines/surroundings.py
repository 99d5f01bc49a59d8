"""Surroundings of a case: streams, variables, limits, working folders."""

from __future__ import annotations

import random

from .case import Surroundings
from .values import SECRET

_ENCODINGS = ("ascii", "cp1252", "cp437", "cp850", "cp932", "utf-16", "latin-1", "koi8-r")
_ODD: dict[str, tuple[str, ...]] = {
    "COLUMNS": ("1", "0", "-5", "20", "40", "79", "100000", "many", "", "٣"),
    "LINES": ("0", "x"),
    "TERM": ("dumb", "", "unknown", "xterm-256color"),
    "NO_COLOR": ("1", ""),
    "FORCE_COLOR": ("1",),
    "TZ": ("America/Chicago", "Pacific/Kiritimati", "Nowhere/Land", "UTC+25", "", ":"),
    "LANG": ("C", "de_DE.UTF-8", "xx_YY", ""),
    "LC_ALL": ("C", "POSIX", "ja_JP.eucJP", "nonsense"),
    "HOME": ("", "/proc/nonexistent", "FOLDER/start/nothing", "/dev/null", "relative"),
    "XDG_DATA_HOME": ("relative", "/dev/null", ""),
    "TMPDIR": ("/proc/nonexistent", "/dev/null", ""),
    "HTTP_PROXY": (f"http://u:{SECRET}@127.0.0.1:9", "nonsense", "http://127.0.0.1:9", "http://[",
    "socks5://127.0.0.1:9", "ftp://x"),
    "HTTPS_PROXY": ("nonsense", "http://127.0.0.1:9", "socks5://127.0.0.1:9"),
    "ALL_PROXY": ("nonsense", "socks4://x", ":"),
    "NO_PROXY": ("*", "[", "127.0.0.1"),
    "SSL_CERT_FILE": ("/proc/nonexistent", "/dev/null", "FOLDER/start"),
    "SSL_CERT_DIR": ("/proc/nonexistent",),
    "HASHPIVOT_HOME": (
        "/dev/null", "/proc/nonexistent/x", "~nouser", "~", "FOLDER/start/file.txt", "relative", "\udcff", "",
        "/proc/x",
    ),
    "HASHPIVOT_LEDGER": (
        "/dev/null", "/dev/full", "/proc/nonexistent/x.sqlite3", "FOLDER/start", "~nouser/x", "sqlite://x",
        "postgresql://127.0.0.1:9/x", f"postgresql://u:{SECRET}@127.0.0.1:9/x",
        f"postgresql://u:{SECRET}@127.0.0.1:99999/x", f"postgresql://u:{SECRET}@[/x?schema=a",
        f"postgres://u:{SECRET}@127.0.0.1:9", f"postgresql://u@127.0.0.1:9/x?password={SECRET}&schema=b",
        f"postgresql://u:{SECRET}@127.0.0.1:9/x?nothing=1", f"postgresql+psycopg://u:{SECRET}@x",
        f"mysql://u:{SECRET}@127.0.0.1/x", ":memory:", "FOLDER/start/new.sqlite3", "file:x?mode=ro", " ",
        "\udcff.sqlite3", "x" * 300,
    ),
    "HASHPIVOT_IDENTITY_NAME": ("Jane Doe", "Jane (Doe)", "Łódź", "\n"),
    "HASHPIVOT_IDENTITY_EMAIL": ("jane@example.com", "nobody", "é@x"),
    "HASHPIVOT_SEC_BASE_URL": ("http://127.0.0.1:9", "http://[", "x"),
    "HASHPIVOT_SEC_BLOCK_SECONDS": ("0", "nan", "-1", "inf", "x", "1"),
    "HASHPIVOT_MEMPOOL_URL": ("http://[", "x", "http://127.0.0.1:9"),
    "HASHPIVOT_BITCOIND_URL": (f"http://u:{SECRET}@127.0.0.1:9", "http://[", "x", "http://127.0.0.1:9", "http://127.0.0.1:9/wallet/x"),
    "HASHPIVOT_PRICES_EXCHANGES": ("nobody", "kraken,kraken", ",", "coinbase"),
    "HASHPIVOT_PRICES_URL": ("http://[", "x"),
    "HASHPIVOT_ERCOT_BASE_URL": ("http://[", "x", "http://127.0.0.1:9"),
    "HASHPIVOT_ERCOT_USERNAME": ("x",),
    "HASHPIVOT_ERCOT_PASSWORD": ("x", SECRET),
    "HASHPIVOT_ERCOT_REQUESTS_PER_SECOND": ("0", "nan", "x", "1e9"),
    "HASHPIVOT_WATCH_WEBHOOK": ("x", "http://[", "http://127.0.0.1:9/x", "https://\u2100.invalid"),
    "HASHPIVOT_WATCH_MAIL_TO": ("x", "a@b.c", "-oQ/tmp@x.y", "a@b.c\nBcc: d@e.f"),
    "HASHPIVOT_SITE_WEBHOOK": ("x", "http://127.0.0.1:9/x", "http://["),
    "HASHPIVOT_SITE_MQTT": ("x", "mqtt://127.0.0.1:9/x", "mqtts://[", "mqtt://127.0.0.1:99999/x",
    f"mqtt://u:{SECRET}@127.0.0.1:9/x", f"mqtt://u:{SECRET}@127.0.0.1/#"),
    "HASHPIVOT_WEB_TOKEN": ("short", "x" * 16, "é" * 16, " "),
    "OPENBLAS_NUM_THREADS": ("x",),
}  # fmt: skip


def variables(rng: random.Random) -> dict[str, str]:
    """Variables that differ from the usual: mostly none."""
    many = rng.choice((0, 0, 0, 1, 1, 2, 4))
    drawn = {name: rng.choice(_ODD[name]) for name in rng.sample(list(_ODD), many)}
    if drawn.get("HOME") == "":  # then the system says where home is, and that is not the case's folder
        drawn.pop("HASHPIVOT_HOME", None)
    return drawn


def around(rng: random.Random) -> Surroundings:
    """Where it runs: mostly as usual."""
    if rng.random() < 0.55:
        return Surroundings()
    return Surroundings(
        out=rng.choice(("file",) * 8 + ("full", "closed", "gone")),
        err=rng.choice(("file",) * 9 + ("full", "closed", "gone")),
        stdin=rng.choice(("null",) * 4 + ("closed", "text", "list")),
        encoding=rng.choice(("utf-8",) * 6 + _ENCODINGS),
        folder=rng.choice(("start",) * 8 + ("gone", "locked")),
        home=rng.choice(("open",) * 8 + ("locked", "closed")),
        open_files=rng.choice((0,) * 9 + (64,)),
        file_bytes=rng.choice((0,) * 9 + (1, 4096, 60_000)),
        memory=rng.choice((0,) * 9 + (20_000_000, 150_000_000)),
    )
