"""A user's folder in which every text from outside is an attack on the terminal."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, LabelLocator, Line, PlainLocator, Source, TextFact
from hashpivot.ledger import Ledger
from hashpivot.nowcast import days_known
from hashpivot.site import examples
from hashpivot.testing import InlineFiling, MadeUpMiner

ATTACK = (
    "\x1b]0;owned\x07\x1b[2J\x9b31m\x90\x7f\u202ednaherev\u2066\u200b\u2028\x85\U000e0041\rforged\n"
    "hashpivot: forged [bold red]loud[/bold red] [link=https://evil.example]here[/link] [/] :skull:"
)
"""Escapes, controls of seven and eight bits, direction marks, hidden characters, forged lines, markup."""
NAME = "q\x1b]0;owned\x07\u202egpj\x9b2J\n[bold]\udcff.htm"
"""A file name; the byte before its suffix is no text."""
_PADDING = "<p>The company mines bitcoin and hosts the machines of others.</p>" * 100
"""Text that makes attacks rare enough for a page not to be taken for a binary file."""
TICKERS = ("EVIL", "EV\x1b[2J\u202eIL")
QUARTERS = ("2024Q1", "2024Q2", "2024Q3", "2024Q4", "2025Q1")


def hostile_home(folder: Path, attack: str = ATTACK) -> Path:
    """Fill a folder: `companies.toml` and a ledger of two companies; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = (f"[{_toml(ticker)}]\nname = {_toml(f'{ticker} {attack}')}\n" for ticker in TICKERS)
    (folder / "companies.toml").write_text("\n".join(tables), encoding="utf-8")
    with Ledger.open(folder / "ledger.sqlite3") as ledger:
        for ticker in TICKERS:
            _fill(ledger, ticker, attack)
    return folder


def hostile_filing(path: Path, attack: str = ATTACK) -> Path:
    """Write an inline filing whose labels, names and form are attacks; returns its path."""
    escaped = "".join(filter(_in_xml, attack)).replace("&", "&amp;").replace("<", "&lt;")
    filing = InlineFiling().statement(
        (f"Bitcoin mining {escaped}", "us-gaap:Revenues", 300),
        (f"Total revenue {escaped}", "us-gaap:Revenues", 300),
    )
    page = filing.write().decode()
    for word in ("Example Mining Inc.", "10-Q", "EXMP"):
        page = page.replace(f">{word}<", f">{word}{escaped}<")
    path.write_bytes(page.encode())
    return path


def hostile_release(path: Path, attack: str = ATTACK) -> Path:
    """Write a press release, a page of HTML with attacks as they are; returns its path."""
    table = (
        "<tr><td></td><td>Three Months Ended June 30, 2024</td></tr>"
        f"<tr><td>Bitcoin mining {attack} revenue</td><td>50,000</td></tr>"
        "<tr><td>Total revenue</td><td>50,000</td></tr><tr><td>Net income</td><td>1,000</td></tr>"
    )
    said = f"Riot Platforms{attack} will reach a hash rate of 40 EH/s by the end of 2025, it {attack} said."
    page = (
        f"<html><head><title>{attack}</title></head><body><p>Riot Platforms {attack} Reports Second Quarter "
        f"2024 Results</p><p>Unaudited condensed consolidated statements of operations (in thousands, except "
        f"per share amounts)</p><table>{table}</table><p>{said}</p>{_PADDING}</body></html>"
    )
    path.write_text(page, encoding="utf-8", errors="surrogateescape")
    return path


def hostile_rows(path: Path, attack: str = ATTACK) -> Path:
    """Write a table of records whose every cell is an attack; returns its path."""
    cell = '"' + attack.replace('"', '""') + '"'
    path.write_text(f"ticker,measure,period,value\n{cell},{cell},{cell},{cell}\n", encoding="utf-8")
    return path


def hostile_site(path: Path, attack: str = ATTACK) -> Path:
    """Write the site of an example whose every name is an attack; returns its path."""
    text = files(examples).joinpath("west_texas.toml").read_text(encoding="utf-8")
    names = re.compile(r'^(name|description) = "(.*)"$', re.MULTILINE)
    named = names.sub(lambda match: f"{match[1]} = {_toml(match[2] + attack)}", text)
    path.write_text(named, encoding="utf-8")
    return path


def hostile_scenario(path: Path, attack: str = ATTACK) -> Path:
    """Write a scenario whose name and key are attacks; returns its path."""
    path.write_text(f"name = {_toml(attack)}\n{_toml(attack)} = 1\n", encoding="utf-8")
    return path


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _in_xml(letter: str) -> bool:
    """True if a document of XML 1.0 may hold a character."""
    return letter in "\t\n\r" or " " <= letter < "\ud800" or letter > "\udfff"


def _fill(ledger: Ledger, ticker: str, attack: str) -> None:
    miner = MadeUpMiner(days_known(NetworkHistory.load(), date(2025, 5, 1)), ticker=ticker)
    for quarter in QUARTERS:
        miner.quarter(quarter).quarter(quarter, Line.CHIPS, 5e6).quarter(quarter, None, 4e7)
    held = miner.month(2025, 4).hash_rate(date(2025, 4, 30), 10.0).held()
    for key, source in held.sources.items():
        evil = f"{ticker} {key} {attack}"
        figures = (_attacking(figure, evil, attack) for figure in held.figures if figure.source == key)
        named = replace(source, key=evil, form=f"10-Q{attack}", url=f"https://x/{attack}", name=attack)
        ledger.add(named, figures, _remarks(named, attack))


def _attacking(figure: Figure, source: str, attack: str) -> Figure:
    label = f"{figure.measure} {attack}"
    return replace(
        figure, source=source, label=label, locator=LabelLocator(label), note=attack, breakdown=attack
    )


def _remarks(source: Source, attack: str) -> list[TextFact]:
    sizes = dict.fromkeys(("mw_critical_it", "mw", "gpus", "term_years", "value_usd"), "7")
    said, form = {"excerpt": attack}, {"form": source.form}
    words = said | {"role": "provider", "counterparty": attack, "start_text": attack, "start": None}
    risk = said | form | {"kind": "customer_concentration", "name": attack, "count": 2}
    whose, place = (source.ticker, source.key, source.known), PlainLocator(attack)
    facts = (("contract", sizes | words), ("flag", risk), ("text", form))
    return [TextFact(*whose, kind, place, json.dumps(data)) for kind, data in facts]
