"""The reports a stand-in for ERCOT publishes: their headings in files and in the API."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ErcotReport:
    """One report.

    Args:
        emil_id: `NP4-190-CD`.
        endpoint: Last part of its address in the API.
        report_type: Number of its keyless list.
        headings: Of its CSV.
        fields: The same columns as the API names them.
        file_name: Part of its documents' names.
        minutes: Length of an interval.
        by_posting: True if the API holds every posting, with its moment.
    """

    emil_id: str
    endpoint: str
    report_type: int
    headings: tuple[str, ...]
    fields: tuple[str, ...]
    file_name: str
    minutes: int = 60
    by_posting: bool = False


_ZONES = ("COAST", "EAST", "FAR_WEST", "NORTH", "NORTH_C", "SOUTHERN", "SOUTH_C", "WEST")
_ZONE_FIELDS = ("coast", "east", "farWest", "north", "northC", "southern", "southC", "west")
_FORECAST_ZONES = ("Coast", "East", "FarWest", "North", "NorthCentral", "SouthCentral", "Southern", "West")

DAY_AHEAD = ErcotReport(
    "NP4-190-CD",
    "dam_stlmnt_pnt_prices",
    12331,
    ("DeliveryDate", "HourEnding", "SettlementPoint", "SettlementPointPrice", "DSTFlag"),
    ("deliveryDate", "hourEnding", "settlementPoint", "settlementPointPrice", "DSTFlag"),
    "DAMSPNP4190",
)
REAL_TIME = ErcotReport(
    "NP6-905-CD",
    "spp_node_zone_hub",
    12301,
    (
        "DeliveryDate",
        "DeliveryHour",
        "DeliveryInterval",
        "SettlementPointName",
        "SettlementPointType",
        "SettlementPointPrice",
        "DSTFlag",
    ),
    (
        "deliveryDate",
        "deliveryHour",
        "deliveryInterval",
        "settlementPoint",
        "settlementPointType",
        "settlementPointPrice",
        "DSTFlag",
    ),
    "SPPHLZNP6905",
    15,
)
DAY_AHEAD_ANCILLARY = ErcotReport(
    "NP4-188-CD",
    "dam_clear_price_for_cap",
    12329,
    ("DeliveryDate", "HourEnding", "AncillaryType", "MCPC", "DSTFlag"),
    ("deliveryDate", "hourEnding", "ancillaryType", "MCPC", "DSTFlag"),
    "DAMCPCNP4188",
)
REAL_TIME_ANCILLARY = ErcotReport(  # assumed: no description of its columns was at hand
    "NP6-331-CD",
    "rt_clear_price_cap",
    24898,
    ("DeliveryDate", "DeliveryHour", "DeliveryInterval", "ASType", "MCPC", "DSTFlag"),
    ("deliveryDate", "deliveryHour", "deliveryInterval", "ASType", "MCPC", "DSTFlag"),
    "RTMCPCNP6331",
    15,
)
LOAD = ErcotReport(
    "NP6-345-CD",
    "act_sys_load_by_wzn",
    13101,
    ("OperDay", "HourEnding", *_ZONES, "TOTAL", "DSTFlag"),
    ("operatingDay", "hourEnding", *_ZONE_FIELDS, "total", "DSTFlag"),
    "ACTUALSYSLOADWZNP6345",
)
LOAD_FORECAST = ErcotReport(
    "NP3-565-CD",
    "lf_by_model_weather_zone",
    14837,
    ("DeliveryDate", "HourEnding", *_FORECAST_ZONES, "SystemTotal", "Model", "InUseFlag", "DSTFlag"),
    (
        "deliveryDate",
        "hourEnding",
        *(zone[0].lower() + zone[1:] for zone in _FORECAST_ZONES),
        "systemTotal",
        "model",
        "inUseFlag",
        "DSTFlag",
    ),
    "LFCMODWEATHERNP3565",
    by_posting=True,
)
WIND = ErcotReport(
    "NP4-732-CD",
    "wpp_hrly_avrg_actl_fcast",
    13028,
    (
        "DELIVERY_DATE",
        "HOUR_ENDING",
        "SYSTEM_WIDE_GEN",
        "COP_HSL_SYSTEM_WIDE",
        "STWPF_SYSTEM_WIDE",
        "DSTFlag",
    ),
    ("deliveryDate", "hourEnding", "genSystemWide", "COPHSLSystemWide", "STWPFSystemWide", "DSTFlag"),
    "WPPHRLYAVRGACTLFCASTNP4732",
    by_posting=True,
)
SOLAR = ErcotReport(
    "NP4-737-CD",
    "spp_hrly_avrg_actl_fcast",
    13483,
    (
        "DELIVERY_DATE",
        "HOUR_ENDING",
        "SYSTEM_WIDE_GEN",
        "COP_HSL_SYSTEM_WIDE",
        "STPPF_SYSTEM_WIDE",
        "DSTFlag",
    ),
    ("deliveryDate", "hourEnding", "genSystemWide", "COPHSLSystemWide", "STPPFSystemWide", "DSTFlag"),
    "SPPHRLYAVRGACTLFCASTNP4737",
    by_posting=True,
)

ERCOT_REPORTS = (
    DAY_AHEAD,
    REAL_TIME,
    DAY_AHEAD_ANCILLARY,
    REAL_TIME_ANCILLARY,
    LOAD,
    LOAD_FORECAST,
    WIND,
    SOLAR,
)
"""Every report of the stand-in."""
