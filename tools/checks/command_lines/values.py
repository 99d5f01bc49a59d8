"""Values of options and arguments: good, at the boundary, wrong, hostile."""

from __future__ import annotations

import random
from collections.abc import Sequence

SECRET = "s3cr3tword"
"""A password of the variables: no command prints it."""
_GOOD = 3
"""The first values of each list are good."""
HOSTILE = (
    "", " ", "-", "--", "-1", "0", "nan", "inf", "-inf", "1e400", "9" * 400, "-0", "1e-400", "0x10", "1_000",
    "None",
    "null", "true", "[]", "{}", "\udcff\udcfe", "\ud800", "Łódź", "\u202e\u0661\u0662", "😀", "a\nb", "\t",
    "\x1b[31m", "'\"",
    "%s", "{0}", "$HOME", "~", "~nouser", "..", "/", "/dev/null", "C:\\Users\\x", "\\\\server\\share", "CON",
    "NUL.csv",
    "a" * 5000, "x/" * 60, ",", "..", "=", "=1", "a=", "a=b=c", "[bold]", "*", "?", "<script>",
    "' OR 1=1 --", "²", "١٢",
)  # fmt: skip
"""What no option expects; a word of a command line cannot hold a NUL."""
NUMBERS = (
    "1",
    "2",
    "3",
    "0",
    "12",
    "40",
    "41",
    "-1",
    "999999999999999999999",
    "1e3",
    "3.5",
    "nan",
    "inf",
    " 7 ",
    "٣",
)
FEW = ("1", "2", "3", "4")
DAYS = (
    "2025-03-01", "2024-08-20", "2023-08-10", "2025-06-30", "2024-02-29", "2023-02-29", "0001-01-01",
    "9999-12-31",
    "1970-01-01", "2009-01-03", "2008-12-31", "2024-13-01", "2024-1-1", "20240101", "2024-01-01T00:00",
    "tomorrow",
    "2262-04-12", "1677-09-20", "2100-01-01", "-001-01-01",
)  # fmt: skip
MOMENTS = (
    "2023-08-10T14:00", "2024-08-20T14:00", "2024-08-20", "2024-03-10T02:30", "2024-11-03T01:30",
    "0001-01-01T00:00",
    "9999-12-31T23:59", "2024-08-20T25:00", "2024-08-20T14:07", "2262-04-12T00:00", "1677-09-20",
)  # fmt: skip
TICKERS = (
    "RIOT", "CORZ", "riot", "MARA", "EVIL", "EXMP", "Core Scientific", "NOBODY", "R", "0", "RI OT",
    "RIOT,CORZ", "10-Q", "2024Q4",
)  # fmt: skip
QUARTERS = (
    "2024Q4", "2025Q2", "2024Q3", "2024q4", "Q4 2024", "2024Q5", "2024Q0", "0001Q1", "9999Q4", "0000Q1",
    "2030Q1", "2009Q1",
    "2024", "Q4", "2024Q", "24Q4", "２０２４Q4", "99999Q1",
)  # fmt: skip
SPANS = (
    "2024Q1..2024Q4",
    "2024Q4..2025Q2",
    "2025Q2..2025Q2",
    "2024Q4..2024Q1",
    "2024Q1..",
    "..2024Q1",
    "0001Q1..9999Q4",
    "2009Q1..2030Q1",
    "2024Q4",
    "....",
)
FIGURES = (
    "RIOT/2024Q4/revenue/self_mining", "RIOT/2024Q4/total_revenue/total",
    "RIOT/2024-03-31/hash_rate_period_end/self_mining", "RIOT/2024Q4/revenue", "RIOT//revenue/total", "////",
    "RIOT/2024Q9/revenue/self_mining", "NOBODY/2024Q4/revenue/total", "RIOT/2024Q4/revenue/self_mining@x",
    "@", "RIOT/@",
    "RIOT/0001Q1/revenue/total", "RIOT/2024-01-01..2024-03-31/bitcoin_mined/self_mining",
    "RIOT/9999-12-31/hash_rate_period_end/total",
    "RIOT/2024-12-31..2024-01-01/revenue/total", "RIOT/2024-02-30/revenue/total",
    "CORZ/2025Q2/revenue/ai_colocation",
)  # fmt: skip
URLS = (
    "http://127.0.0.1:9", "http://localhost:9/", "http://127.0.0.1:9/", "http://[", "http://", "http://:0",
    "http://127.0.0.1:99999", "ftp://127.0.0.1/",
    "127.0.0.1:9", "http://127.0.0.1:9/a b", "http://user:pw@127.0.0.1:9", "file:///etc/passwd",
    "http://é.invalid", "http://[::1]:9",
    "https://127.0.0.1:9", "http://127.0.0.1:9?x=1#y", "http://127.0.0.1:x", "http://\u2100.invalid",
    "http://" + "a" * 70 + ".invalid",
)  # fmt: skip
ADDRESSES = (
    "tcp://127.0.0.1:9",
    "127.0.0.1:9",
    "tcp://[",
    "tcp://",
    "inproc://x",
    "tls://127.0.0.1:9",
    "tcp://127.0.0.1:99999",
    "ucx://x",
)
PAIRS = (
    "finance.cash_usd=120e6", "finance.debt_usd=1e9", "market.price.start_factor=0.5",
    "market.price.start_factor=1e308", "market.price.start_factor=-1",
    "finance.cash_usd=nan", "mining.power_usd_per_mwh=30", "mining.power_usd_per_mwh=inf", "nothing=1", "x",
    "finance.cash_usd=", "=1", "finance.=1", ".=1", "finance.cash_usd=true", "finance.cash_usd=[1]",
    "finance.cash_usd='1'",
    "market.price.start_factor=0", "mining.exahash=1e300", "finance.shares=0", "market.price.volatility=0",
    "market.price.drift=1e5",
)  # fmt: skip
SCENARIOS = ("ai_tenant_late", "bitcoin_halves", "bitcoin_halves", "base", "nothing", "scenario.toml")
COLUMNS = (
    "rt_usd_per_mwh=LMP",
    "rt_usd_per_mwh=RT price",
    "da_usd_per_mwh=DA price",
    "ts_utc=When",
    "x=y",
    "ts_utc=ts_utc",
    "=",
    "a",
    "load_mw=load_mw",
)
ZONES = ("LZ_WEST", "LZ_WEST", "LZ_WEST", "LZ_SOUTH", "HB_WEST", "lz_west", "made", "DE", "NOWHERE")
EXAMPLES = ("west_texas", "fixed_block", "mine_weighing_ai", "nothing")


LEDGERS = (
    "copy.sqlite3", "other.sqlite3", f"postgresql://u:{SECRET}@127.0.0.1:9/x", "/dev/full",
    "nothing/x.sqlite3",
    f"postgresql://u:{SECRET}@[/x", f"mysql://u:{SECRET}@x/y", "postgresql://", ":memory:",
)  # fmt: skip
LISTS = ("-", ".", "-", "nothing", "/dev/null", "/", "~nouser", "filing.htm", "..")


def word(rng: random.Random, values: Sequence[str], odd: float) -> str:
    """A value: one of the first, which are good; or, so often, any of them, or one that no option expects."""
    if rng.random() >= odd:
        return rng.choice(values[:_GOOD])
    return rng.choice(values) if rng.random() < 0.7 else rng.choice(HOSTILE)
