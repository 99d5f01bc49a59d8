"""The hours shipped with the package: ERCOT's west load zone, 2017 to 2024."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np

from hashpivot.core import BundleError

from ..model import InvalidPrices
from ._price_history import OPTIONAL, REQUIRED, PriceHistory, make_price_history

ZONES = ("LZ_WEST",)
_NAME = "ercot_lz_west.csv.gz"
_REPEATED_HOUR = 1
"""Flag of an autumn hour that stands twice: the mean of both, which were known the day before."""


@cache
def load_zone(zone: str) -> PriceHistory:
    """Return the hours of a shipped zone, read once; `filled` flags what ERCOT did not publish by the hour.

    Raises:
        InvalidPrices: If the zone is not shipped.
        BundleError: If the table is damaged.
    """
    if zone.upper() not in ZONES:
        hint = f"shipped: {', '.join(ZONES)}; bring others with --prices FILE"
        raise InvalidPrices(f"no prices of zone {zone!r} are shipped", hint=hint)
    try:
        text = gzip.decompress(files("hashpivot.site").joinpath("data", _NAME).read_bytes())
        return _parsed(text)
    except (OSError, EOFError, ValueError, KeyError, InvalidPrices) as error:
        raise BundleError(f"cannot be read: {error}", where=_NAME, hint="install hashpivot again") from None


def _parsed(text: bytes) -> PriceHistory:
    head, _, body = text.partition(b"\n")
    names = head.decode().split(",")
    if not body:
        raise ValueError("it holds no hour")
    filled = re.sub(rb"(?<=,)(?=[,\n])", b"nan", body)
    values = np.loadtxt(BytesIO(filled), delimiter=",", usecols=range(1, len(names)), encoding="utf-8")
    times = np.array([line[:13] for line in body.decode().splitlines()], dtype="datetime64[m]")
    columns = {name: values[:, position] for position, name in enumerate(names[1:])}
    used = {name: columns[name] for name in (*REQUIRED, *OPTIONAL) if name in columns}
    history = make_price_history(times, used, ZONES[0], _NAME)
    gaps = {REQUIRED[0]: columns["rt_flag"] > 0, REQUIRED[1]: columns["da_flag"] > _REPEATED_HOUR}
    return replace(history, filled=(columns["rt_flag"] > 0) | (columns["da_flag"] > 0), gaps=gaps)
