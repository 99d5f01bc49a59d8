"""The companies: a data table shipped with the package, plus those a user adds in `companies.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from hashpivot._renamed import warn_of_unused_key

from ..base import InvalidInput, UnknownCompany, UnreadableFile, home, parse_toml, read_text
from ..periods import FiscalCalendar, Quarter, YearEnd

ROLES = ("miner", "neocloud", "decoy")
"""What a company is: a bitcoin miner (or a maker of its machines), a provider of AI capacity that never was
one, or a company whose words are a miner's and whose business is not."""

_TEXTS = {"name", "cik", "fiscal_year_end", "role", "consolidated_in"}
_DAYS = ("listed_from", "listed_to")
_KEYS = {*_TEXTS, *_DAYS, "earlier_names", "earlier_year_ends"}
_UNUSED_KEYS = {"filer", "note"}  # 0.1 read them and used them nowhere


@dataclass(frozen=True)
class Company:
    """One listed company.

    Args:
        ticker: Upper case.
        name: Present legal name.
        cik: SEC central index key without leading zeros; empty where no data at hand gives it.
        fiscal_year_end: `12-31`, or `09 sat` for a 52/53-week year.
        earlier_names: Names it went by before.
        earlier_year_ends: `(last day, year end)` of fiscal calendars given up.
        role: One of `ROLES`; only miners stand in seasons.
        listed_from: First day its shares were listed on an exchange; None if before every table.
        listed_to: Last day; None while they are.
        consolidated_in: Ticker of the company whose accounts contain its own; empty if none do.
    """

    ticker: str
    name: str
    cik: str = ""
    fiscal_year_end: str = "12-31"
    earlier_names: tuple[str, ...] = ()
    earlier_year_ends: tuple[tuple[date, str], ...] = ()
    role: str = "miner"
    listed_from: date | None = None
    listed_to: date | None = None
    consolidated_in: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Present and earlier names."""
        return (self.name, *self.earlier_names)

    @cached_property
    def calendar(self) -> FiscalCalendar:
        """Its fiscal calendar."""
        earlier = tuple((last, YearEnd.parse(text)) for last, text in self.earlier_year_ends)
        return FiscalCalendar(YearEnd.parse(self.fiscal_year_end), earlier)

    def owes(self, quarter: Quarter) -> bool:
        """Tell whether a report on a quarter is owed: the company was listed on the quarter's last day.

        Args:
            quarter: A calendar quarter; the fiscal quarter that belongs to it may end up to 45 days away.
        """
        first, last = self.listed_from or date.min, self.listed_to or date.max
        return first <= quarter.end <= last


class Companies(Mapping[str, Company]):
    """All known companies by ticker; iterates in the order of the table."""

    def __init__(self, companies: Mapping[str, Company]) -> None:
        self._by_ticker = dict(companies)
        self._by_cik = {company.cik: company for company in companies.values() if company.cik}

    @classmethod
    def load(cls, folder: Path | None = None) -> Companies:
        """Return the shipped table, then `companies.toml` in `folder` (default: the user's home), which wins.

        Raises:
            UnreadableFile: If the user's table cannot be opened or is not UTF-8.
            InvalidInput: If a table is wrong, naming the file and key, or two companies have the same ticker,
                CIK or name.
        """
        shipped = files(__package__).joinpath("companies.toml").read_text(encoding="utf-8")
        companies = _parse(shipped, "companies.toml")
        own = (folder or home()) / "companies.toml"
        text = _text_of(own)
        return cls(companies) if text is None else cls(companies).extended(text, str(own))

    def extended(self, text: str, where: str) -> Companies:
        """Return these companies and those of a table, which wins.

        Args:
            text: TOML.
            where: The file, for messages.

        Raises:
            InvalidInput: As `load`.
        """
        companies = self._by_ticker | _parse(text, where)
        _check_apart(companies.values(), where)
        _check_accounts(companies, where)
        return Companies(companies)

    def __getitem__(self, ticker: str) -> Company:
        return self._by_ticker[ticker]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_ticker)

    def __len__(self) -> int:
        return len(self._by_ticker)

    def find(self, text: str) -> Company:
        """Return the company of a ticker (any case), CIK, or present or earlier name.

        Raises:
            UnknownCompany: With the nearest tickers as a hint.
        """
        word = text.strip()
        company = self._by_ticker.get(word.upper()) or self.by_cik(word) or self._by_name(word)
        if company:
            return company
        from difflib import get_close_matches

        near = get_close_matches(word.upper(), self._by_ticker, n=3, cutoff=0.5)
        advice = (
            f"did you mean {' or '.join(near)}?" if near else "add it to companies.toml in HASHPIVOT_HOME"
        )
        raise UnknownCompany(f"no company {text!r} is known", hint=advice)

    def by_cik(self, cik: str) -> Company | None:
        """Return the company of a central index key, with or without leading zeros."""
        return self._by_cik.get(cik.lstrip("0")) if cik else None

    def _by_name(self, name: str) -> Company | None:
        wanted = name.casefold()
        return next((c for c in self.values() if wanted in (n.casefold() for n in c.names)), None)


def _text_of(path: Path) -> str | None:
    """The text of the user's table; None if there is none."""
    try:
        return read_text(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError:
        raise UnreadableFile("is not UTF-8", where=str(path), hint="save it in that encoding") from None
    except OSError as error:
        raise UnreadableFile(
            f"cannot be read: {error.strerror}",
            where=str(path),
            hint="check HASHPIVOT_HOME and its permissions",
        ) from None


def _parse(text: str, where: str) -> dict[str, Company]:
    try:
        tables = parse_toml(text)
    except ValueError as error:
        raise InvalidInput(f"not valid TOML: {error}", where=where) from None
    twice = next((ticker for ticker in tables if ticker != ticker.upper() and ticker.upper() in tables), None)
    if twice:
        raise InvalidInput("the company has two tables", where=f"{where} [{twice}]", hint="keep one of them")
    return {ticker.upper(): _company(ticker.upper(), table, where) for ticker, table in tables.items()}


def _company(ticker: str, table: Any, where: str) -> Company:
    place = f"{where} [{ticker}]"
    if not isinstance(table, dict) or not isinstance(table.get("name"), str):
        raise InvalidInput("a company needs a name", where=place, hint='write name = "Example Mining Inc."')
    for key in sorted(set(table) & _UNUSED_KEYS):
        warn_of_unused_key(place, key)
    unknown = sorted(set(table) - _KEYS - _UNUSED_KEYS)
    if unknown:
        raise InvalidInput(
            f"unknown key {unknown[0]!r}", where=place, hint=f"keys are {', '.join(sorted(_KEYS))}"
        )
    wrong = next((key for key in sorted(_TEXTS) if not isinstance(table.get(key, ""), str)), None)
    if wrong:
        raise InvalidInput(f"{wrong} must be text in quotes", where=place)
    role = table.get("role", "miner")
    if role not in ROLES:
        raise InvalidInput(f"{role!r} is not a role", where=place, hint=f"roles are {', '.join(ROLES)}")
    cik = table.get("cik", "")
    if cik and not (cik.isascii() and cik.isdigit()):
        raise InvalidInput(
            f"cik {cik!r} is not a central index key", where=place, hint='write its digits: cik = "1167419"'
        )
    names = table.get("earlier_names", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InvalidInput(
            "earlier_names is not a list of names",
            where=place,
            hint='write earlier_names = ["Example Mining Inc."]',
        )
    try:
        ends = tuple(
            (date.fromisoformat(str(row["until"])), str(row["year_end"]))
            for row in table.get("earlier_year_ends", ())
        )
    except (TypeError, KeyError, ValueError):
        raise InvalidInput(
            "earlier_year_ends cannot be read",
            where=place,
            hint='write earlier_year_ends = [{ until = "2023-06-30", year_end = "06-30" }]',
        ) from None
    company = Company(
        ticker=ticker,
        name=table["name"],
        cik=cik.lstrip("0"),
        fiscal_year_end=table.get("fiscal_year_end", "12-31"),
        earlier_names=tuple(names),
        earlier_year_ends=ends,
        role=role,
        consolidated_in=table.get("consolidated_in", "").upper(),
        **_listed(table, place),
    )
    try:
        company.calendar  # noqa: B018  reads the year ends, so that a wrong one is named here
    except InvalidInput as error:
        raise InvalidInput(error.message, where=place, hint=error.hint) from None
    return company


def _listed(table: Mapping[str, Any], place: str) -> dict[str, date]:
    """First and last day listed, those that are given."""
    days = {}
    for key in _DAYS:
        if key in table:
            try:
                days[key] = date.fromisoformat(str(table[key]))
            except ValueError:
                raise InvalidInput(
                    f"{key} {table[key]!r} is not a day", where=place, hint="write it like 2022-01-20"
                ) from None
    if len(days) == len(_DAYS) and days["listed_from"] > days["listed_to"]:
        raise InvalidInput("listed_to lies before listed_from", where=place)
    return days


def _check_apart(companies: Iterable[Company], where: str) -> None:
    """Refuse companies that filings could not tell apart."""
    owners: dict[str, str] = {}
    for company in companies:
        for what, key in (("cik", company.cik), ("name", company.name.casefold())):
            other = owners.setdefault(f"{what} {key}", company.ticker) if key else company.ticker
            if other != company.ticker:
                raise InvalidInput(
                    f"{what} {getattr(company, what)!r} is that of {other} too",
                    where=f"{where} [{company.ticker}]",
                    hint=f"a filing could be of either: correct it, or call the table [{other}]",
                )


def _check_accounts(companies: Mapping[str, Company], where: str) -> None:
    """Refuse accounts that contain each other, or are contained in those of no company."""
    for company in companies.values():
        seen, above = {company.ticker}, company.consolidated_in
        while above:
            if above not in companies or above in seen:
                problem = "contains its own accounts" if above in seen else "is no company known"
                raise InvalidInput(
                    f"consolidated_in: {above} {problem}",
                    where=f"{where} [{company.ticker}]",
                    hint="name the ticker of the company whose accounts contain it",
                )
            seen.add(above)
            above = companies[above].consolidated_in
