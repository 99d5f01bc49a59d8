"""The table of ERCOT's products that are fetched.

EMIL ids, end points and fields of day-ahead, real-time, day-ahead-ancillary and load are those of ERCOT's
published description of its API; the others, all numbers of keyless lists and all hours of publication are
assumed: taken from users' public reports, not tried against the service.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hashpivot.core import InvalidInput, near_keys

from ..series import MarketClock
from ._product import MarketProduct, ProductColumn

ERCOT_CLOCK = MarketClock(ZoneInfo("America/Chicago"))
NODAL = date(2010, 12, 1)  # first day of the nodal market
ECRS = date(2023, 6, 10)  # first day of the contingency reserve service
RTC = date(
    2025, 12, 5
)  # first day of real-time co-optimization (RTC+B): ancillary services clear in real time
_HOUR = timedelta(hours=1)
_DAM_GATE = -14 * _HOUR  # 10:00 on the day before: bids are in, what is posted later cannot be known by then
_ENERGY_WEIGHTED = {"settlementpointtype": frozenset({"lzew", "lzdcew"})}  # share a name with their load zone
_OTHER_MODELS = {"inuseflag": frozenset({"n", "false", "0"})}


def _ancillary(prefix: str, first: date) -> tuple[ProductColumn, ...]:
    names = ("regup", "regdn", "rrs", "nspin")
    usual = tuple(ProductColumn((name,), f"{prefix}_{name}", first) for name in names)
    return (*usual, ProductColumn(("ecrs",), f"{prefix}_ecrs", max(first, ECRS)))


def _zones() -> tuple[ProductColumn, ...]:
    zones = ("coast", "east", "farwest", "north", "northc", "southern", "southc", "west")
    return (
        ProductColumn(("total",), "load_mw", NODAL),
        *(ProductColumn((zone,), f"load_{zone}_mw", NODAL) for zone in zones),
    )


_GENERATION = ("gensystemwide", "systemwidegen", "actualsystemwide")  # of the API, of files, of older files
_POSTED_BEFORE = (-34 * _HOUR, 0 * _HOUR)  # from 14:00 two days before; the cutoff ends it
_POSTED_AFTER = (24 * _HOUR, 48 * _HOUR)
_PRODUCTS = (
    MarketProduct(
        "day-ahead",
        "NP4-190-CD",
        "dam_stlmnt_pnt_prices",
        12331,
        60,
        "USD/MWh",
        (ProductColumn((), "da_usd_per_mwh", NODAL),),
        key=("settlementpoint", "settlementpointname"),
        value=("settlementpointprice",),
        posted=(-14 * _HOUR, 72 * _HOUR),
        due=-6 * _HOUR,
    ),
    MarketProduct(
        "real-time",
        "NP6-905-CD",
        "spp_node_zone_hub",
        12301,
        15,
        "USD/MWh",
        (ProductColumn((), "rt_usd_per_mwh", NODAL),),
        key=("settlementpoint", "settlementpointname"),
        value=("settlementpointprice",),
        drop=_ENERGY_WEIGHTED,
        posted=(0 * _HOUR, 26 * _HOUR),
        due=25 * _HOUR,
    ),
    MarketProduct(
        "day-ahead-ancillary",
        "NP4-188-CD",
        "dam_clear_price_for_cap",
        12329,
        60,
        "USD/MW",
        _ancillary("as", NODAL),
        key=("ancillarytype", "astype"),
        value=("mcpc",),
        posted=(-14 * _HOUR, 72 * _HOUR),
        due=-6 * _HOUR,
    ),
    MarketProduct(
        "real-time-ancillary",
        "NP6-331-CD",
        "rt_clear_price_cap",
        24898,
        15,
        "USD/MW",
        _ancillary("rt_as", RTC),
        key=("ancillarytype", "astype"),
        value=("mcpc",),
        posted=(0 * _HOUR, 26 * _HOUR),
        due=25 * _HOUR,
    ),
    MarketProduct(
        "load",
        "NP6-345-CD",
        "act_sys_load_by_wzn",
        13101,
        60,
        "MW",
        _zones(),
        day_query="operatingDay",
        posted=(1 * _HOUR, 72 * _HOUR),
        due=36 * _HOUR,
    ),
    MarketProduct(
        "load-forecast",
        "NP3-565-CD",
        "lf_by_model_weather_zone",
        14837,
        60,
        "MW",
        (ProductColumn(("systemtotal",), "load_fc_mw", NODAL),),
        drop=_OTHER_MODELS,
        posted=_POSTED_BEFORE,
        due=_DAM_GATE,
        cutoff=_DAM_GATE,
        by_posting=True,
    ),
    MarketProduct(
        "wind-forecast",
        "NP4-732-CD",
        "wpp_hrly_avrg_actl_fcast",
        13028,
        60,
        "MW",
        (ProductColumn(("stwpfsystemwide",), "wind_fc_mw", NODAL),),
        posted=_POSTED_BEFORE,
        due=_DAM_GATE,
        cutoff=_DAM_GATE,
        by_posting=True,
    ),
    MarketProduct(
        "solar-forecast",
        "NP4-737-CD",
        "spp_hrly_avrg_actl_fcast",
        13483,
        60,
        "MW",
        (ProductColumn(("stppfsystemwide",), "solar_fc_mw", NODAL),),
        posted=_POSTED_BEFORE,
        due=_DAM_GATE,
        cutoff=_DAM_GATE,
        by_posting=True,
    ),
    MarketProduct(
        "wind",
        "NP4-732-CD",
        "wpp_hrly_avrg_actl_fcast",
        13028,
        60,
        "MW",
        (ProductColumn(_GENERATION, "wind_mw", NODAL),),
        posted=_POSTED_AFTER,
        due=27 * _HOUR,
        by_posting=True,
    ),
    MarketProduct(
        "solar",
        "NP4-737-CD",
        "spp_hrly_avrg_actl_fcast",
        13483,
        60,
        "MW",
        (ProductColumn(_GENERATION, "solar_mw", NODAL),),
        posted=_POSTED_AFTER,
        due=27 * _HOUR,
        by_posting=True,
    ),
)

ERCOT_PRODUCTS = {product.name: product for product in _PRODUCTS}
"""The products by name."""

PRICES = ("day-ahead", "real-time", "day-ahead-ancillary", "real-time-ancillary")
"""Products fetched unless others are named."""


def chosen_products(names: Iterable[str]) -> tuple[MarketProduct, ...]:
    """The products of these names, each once; `PRICES` if there is no name.

    Raises:
        InvalidInput: If there is none of a name.
    """
    wanted = dict.fromkeys(name.strip().lower() for name in names if name.strip()) or dict.fromkeys(PRICES)
    for name in wanted:
        if name not in ERCOT_PRODUCTS:
            near = near_keys(name, ERCOT_PRODUCTS) or f"there are: {', '.join(ERCOT_PRODUCTS)}"
            raise InvalidInput(f"ERCOT has no product {name!r} here", where="--product", hint=near)
    return tuple(ERCOT_PRODUCTS[name] for name in wanted)
