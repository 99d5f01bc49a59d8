"""Which column of a file holds what: our names, those of gridstatus, ERCOT and PJM, or a user's map."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from ..model import InvalidPrices
from ._price_history import COLUMNS_HINT, OPTIONAL, REQUIRED

TIME, LOCAL_TIME, LOCATION = "ts_utc", "ts_local", "location"
MAPPED = (TIME, LOCAL_TIME, LOCATION, *REQUIRED, *OPTIONAL)
"""What a column map may give."""
_USD = ("usd", "$")
_CURRENCIES = ("EUR", "CAD", "GBP", "SEK", "NOK", "DKK", "AUD", "JPY", "MXN", "BRL", "INR", "PLN", "CHF")
_SIGNS = {"€": "EUR", "£": "GBP"}
_CENTS = {"c", "ct", "cts", "cent", "cents", "¢", "pence", "öre", "øre", "ore"}

# Names are compared without case, blanks and marks.
_STARTS_UTC = ("intervalstartutc", "timeutc", "timestamputc", "datetimeutc", "datetimebeginningutc")
_STARTS = ("intervalstart", "intervalstartlocal", "time", "timestamp", "datetime")
_ENDS = ("intervalendutc", "intervalend", "intervalendlocal")
_PRICES = ("spp", "lmp", "settlementpointprice", "mcpc", "price", "poolprice")
_PRODUCTS = ("ancillarytype", "astype")
_DAYS = ("deliverydate", "operday", "operatingday")
_LOCATIONS = ("location", "settlementpoint", "settlementpointname", "pnodename")
_ALIASES = {
    "rt_usd_per_mwh": ("totallmprt",),
    "da_usd_per_mwh": ("totallmpda",),
    "as_regup": ("regulationup", "regup"),
    "as_regdn": ("regulationdown", "regdn"),
    "as_rrs": ("responsivereserves", "rrs"),
    "as_nspin": ("nonspinningreserves", "nspin"),
    "as_ecrs": ("ercotcontingencyreserveservice", "ecrs"),
    "load_mw": ("load", "loadmw", "total"),
}
_NEAR = 0.8  # judged: temp_f and temp_c, esrs_called and ecrs_called; not load_coast_mw and load_mw
_VAGUE = ("total",)  # aliases that may well name something else


@dataclass(frozen=True, slots=True)
class MomentColumns:
    """Where moments stand.

    Args:
        kind: `utc` (no offset means UTC), `offset` (an offset is needed), `local` (market local time) or
            `delivery` (ERCOT's date, hour and interval).
        name: The column; the date of `delivery`.
        edge: `start` or `end` of the interval; empty if its name does not say.
        hour: Column of the hour, 1 to 24, of `delivery`.
        interval: Column of the interval within the hour; empty if there is none.
        repeated: Column that flags the second of the autumn's two hours; empty if there is none.
    """

    kind: str
    name: str
    edge: str = ""
    hour: str = ""
    interval: str = ""
    repeated: str = ""


@dataclass(frozen=True, slots=True)
class PriceLayout:
    """What a file's columns are.

    Args:
        times: Where moments stand.
        values: Column of the file by our name.
        price: The one price column whose market is still to be found; empty if there is none.
        location: Column that names the place of each row; empty if there is none.
        market: Column that names the market of each row; empty if there is none.
        product: Column that names the reserve product of each row; empty if there is none.
        ours: Whether all names are ours, so that both prices must be there.
        guessed: Those of `values` whose column's name may well mean something else.
    """

    times: MomentColumns
    values: Mapping[str, str]
    price: str = ""
    location: str = ""
    market: str = ""
    product: str = ""
    ours: bool = False
    guessed: Mapping[str, str] = field(default_factory=dict)


def layout_of(names: list[str], columns: Mapping[str, str], where: str) -> PriceLayout:
    """Return what the columns of a file are.

    Args:
        names: Its header.
        columns: The user's map: column of the file by our name; what the file has not is left to others.
        where: How errors call it.

    Raises:
        InvalidPrices: If moments or prices are not found.
    """
    columns = {name: column for name, column in columns.items() if column in names}
    folded = {_folded(name): name for name in reversed(names)}
    values = {name: folded[_folded(name)] for name in (*REQUIRED, *OPTIONAL) if _folded(name) in folded}
    values |= {name: column for name, column in columns.items() if name in (*REQUIRED, *OPTIONAL)}
    times = _times(names, folded, columns, where)
    ours = times.name == TIME and not columns and set(values) == set(values.values())
    taken = {*values.values(), times.name}
    if not ours:
        for name, aliases in _ALIASES.items():
            found = _first(folded, aliases)
            if name not in values and found and found not in taken:
                values[name] = found
    price = "" if ours or (REQUIRED[0] in values and REQUIRED[1] in values) else _price(folded, taken)
    if not values and not price:
        raise _missing(REQUIRED[0], names, where)
    location = columns.get(LOCATION) or ("" if ours else _first(folded, _LOCATIONS))
    market, product = ("", "") if ours else (folded.get("market", ""), _first(folded, _PRODUCTS))
    guessed = {
        name: column
        for name, column in values.items()
        if _folded(column) in _VAGUE and columns.get(name) != column
    }
    return PriceLayout(times, values, price, location, market, product, ours, guessed)


def unread_notes(names: Collection[str], read: Collection[str]) -> Iterator[str]:
    """Yield in words which columns are left alone though their name is near one that is known.

    Args:
        names: Headers of the files.
        read: Our names that were found in them.
    """
    absent = [name for name in OPTIONAL if name not in read]
    known = {_folded(name) for name in MAPPED}
    for name in names:
        near = get_close_matches(name.strip().lower(), absent, 1, _NEAR)
        if near and _folded(name) not in known:
            yield f"column {name} is left alone: did you mean {near[0]}?"


def foreign_currency(column: str) -> str:
    """Return the currency a column's name says it is in, empty for dollars or none."""
    lower = column.lower()
    if any(word in lower for word in _USD):
        return ""
    for sign, currency in _SIGNS.items():
        if sign in column:
            return currency
    words = re.split(r"[^a-z]+", lower)
    return next((currency for currency in _CURRENCIES if currency.lower() in words), "")


def usd_per_mwh_factor(column: str) -> float:
    """Return by what a column's name says its prices are multiplied to be those of a MWh; 1 if nothing."""
    words = set(re.split(r"[^a-zöø¢]+", column.lower()))
    if not words & {"kwh", "mwh"}:
        return 1.0
    return (1000.0 if "kwh" in words else 1.0) * (0.01 if words & _CENTS else 1.0)


def check_map(names: list[str], columns: Mapping[str, str], where: str) -> None:
    """Check a user's map against the columns of all files together.

    Raises:
        InvalidPrices: If it gives a column that is none of ours, or takes one that no file has.
    """
    for name, column in columns.items():
        if name not in MAPPED:
            raise InvalidPrices(
                f"--columns gives {name!r}, which is no column here",
                where=where,
                hint=f"{COLUMNS_HINT}; ts_local, location",
            )
        if column not in names:
            raise InvalidPrices(
                f"--columns takes {name} from {column!r}, which is not there",
                where=where,
                hint=f"its columns are {_shown(names)}",
            )


def _times(
    names: list[str], folded: Mapping[str, str], columns: Mapping[str, str], where: str
) -> MomentColumns:
    if TIME in columns or LOCAL_TIME in columns:
        kind = "utc" if TIME in columns else "local"
        return _named(kind, columns[TIME if kind == "utc" else LOCAL_TIME])
    for kind, name in (("utc", TIME), ("local", LOCAL_TIME)):
        if _folded(name) in folded:
            return _named(kind, folded[_folded(name)])
    if start := _first(folded, _STARTS_UTC):
        return _named("utc", start)
    if (day := _first(folded, _DAYS)) and (hour := _first(folded, ("hourending", "deliveryhour"))):
        repeated = _first(folded, ("dstflag", "repeatedhourflag"))
        interval = folded.get("deliveryinterval", "")
        return MomentColumns("delivery", day, "start", hour, interval, repeated)
    if start := _first(folded, _STARTS):
        return _named("offset", start)
    if end := _first(folded, _ENDS):
        return _named("utc" if _folded(end).endswith("utc") else "offset", end)
    raise _missing(TIME, names, where)


def _named(kind: str, column: str) -> MomentColumns:
    """Return moments of one column, which edge of the interval they are told by its name."""
    name = _folded(column)
    begins = "start" if name.startswith("datetimebeginning") else ""
    edge = next((edge for edge in ("start", "end") if name.startswith(f"interval{edge}")), begins)
    return MomentColumns(kind, column, edge)


def _price(folded: Mapping[str, str], taken: set[str]) -> str:
    price = _first(folded, _PRICES)
    return "" if price in taken else price


def _missing(name: str, names: list[str], where: str) -> InvalidPrices:
    shown = names[0 if name == TIME else -1] if names else "NAME"
    example = f"--columns {name}={shown!r}"
    hint = f"{COLUMNS_HINT}; others are named by --columns, such as {example}"
    return InvalidPrices(f"column {name} is missing", where=where, hint=hint)


def _shown(names: list[str]) -> str:
    shown = ", ".join(names[:20])
    return shown if len(names) <= 20 else f"{shown} and {len(names) - 20} more"


def _first(folded: Mapping[str, str], wanted: tuple[str, ...]) -> str:
    return next((folded[name] for name in wanted if name in folded), "")


def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
