"""Following a company: its table appended to the user's own, which is otherwise left as it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ..base import InvalidInput, UnwritableFile, home, write_bytes
from ._companies import Companies, Company

_TICKER = re.compile(r"[A-Z][A-Z0-9.-]{0,9}")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PATIENCE = 10.0  # seconds to wait for another process that writes


def follow_company(company: Company, folder: Path | None = None) -> Path:
    """Append a company to `companies.toml` in a folder (default: the user's home) and return the file's path.

    What stands in the file is kept byte for byte. The file is written whole or not at all, and only if
    `Companies.load` then reads it.

    Args:
        company: With ticker, name and CIK; fiscal year end, earlier names and role are written if given.
        folder: Made if missing.

    Raises:
        InvalidInput: If the ticker, CIK or name is that of a company already followed, or the ticker is none.
        UnreadableFile: If the user's table cannot be read.
        UnwritableFile: If it cannot be written.
    """
    from filelock import FileLock, Timeout

    where = folder or home()
    path = where / "companies.toml"
    if not _TICKER.fullmatch(company.ticker):
        raise InvalidInput(f"{company.ticker!r} is not a ticker", hint="name it: --follow 1167419=RIOT")
    try:
        where.mkdir(parents=True, exist_ok=True)
        with FileLock(where / ".companies.toml.lock", timeout=_PATIENCE):
            known = Companies.load(where)
            _check_new(company, known)
            path = path.resolve()
            held = path.read_bytes() if path.exists() else b""
            gap = b"" if not held else b"\n" if held.endswith(b"\n") else b"\n\n"
            text = held + gap + _table(company).encode()
            known.extended(text.decode("utf-8-sig"), str(path))
            return write_bytes(text, path)
    except Timeout:
        raise UnwritableFile(
            "another process is writing it", where=str(path), hint="try again when it is done"
        ) from None
    except OSError as error:
        raise UnwritableFile(
            f"cannot be written: {error.strerror or error}", where=str(path), hint="check HASHPIVOT_HOME"
        ) from None


def _check_new(company: Company, known: Companies) -> None:
    held = known.get(company.ticker)
    if held is not None:
        same = bool(company.cik) and held.cik == company.cik
        raise InvalidInput(
            f"{company.ticker} is followed already" if same else f"{company.ticker} is {held.name} already",
            hint="" if same else f"name another ticker: --follow {company.cik}=TICKER",
        )
    other = known.by_cik(company.cik)
    if other is not None:
        raise InvalidInput(f"CIK {company.cik} is followed already, as {other.ticker}")


def _table(company: Company) -> str:
    """The company as a table of TOML."""
    key = company.ticker if _BARE.fullmatch(company.ticker) else _text(company.ticker)
    rows = [f"[{key}]", f"name = {_text(company.name)}", f"cik = {_text(company.cik)}"]
    if company.fiscal_year_end != "12-31":
        rows.append(f"fiscal_year_end = {_text(company.fiscal_year_end)}")
    if company.role != "miner":
        rows.append(f"role = {_text(company.role)}")
    if company.earlier_names:
        rows.append(f"earlier_names = [{', '.join(map(_text, company.earlier_names))}]")
    return "\n".join((*rows, ""))


def _text(value: str) -> str:
    """A basic string of TOML; JSON's are the same, but for the delete character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
