"""Reserve products a site may sell as a load resource."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

from ..markets import reserve_products
from .base import Fields, Floats


@dataclass(frozen=True, slots=True)
class Reserve:
    """A reserve product the site may sell.

    Args:
        product: A product of the site's market, such as `rrs`; its day-ahead price is the column
            `as_<product>`.
        cap_mw: Most the site may sell of it; None for no limit.
        start: First day, market local time.
        end: Last day.
        deployed_share: Share of the sold energy that is called, on average.
        deployment_cost_usd_per_mwh: What a called MWh costs the site.
        shortfall_multiple: Before real-time co-optimisation, penalty for each MW sold and not held, as a
            multiple of the price, on top of the price forgone.
    """

    product: str
    cap_mw: float | None
    start: date
    end: date
    deployed_share: float = 0.0
    deployment_cost_usd_per_mwh: float = 0.0
    shortfall_multiple: float = 1.0

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read a `[[reserves]]` table.

        Raises:
            InvalidSite: If a key is missing, wrong or unknown.
        """
        reserve = cls(
            product=fields.choice("product", reserve_products()),
            cap_mw=fields.optional("cap_mw", 1e5),
            **fields.span(),
            deployed_share=fields.number("deployed_share", 0, 1, 0.0),
            deployment_cost_usd_per_mwh=fields.number("deployment_cost_usd_per_mwh", 0, 1e5, 0.0),
            shortfall_multiple=fields.number("shortfall_multiple", 0, 100, 1.0),
        )
        fields.done()
        return reserve

    @property
    def column(self) -> str:
        """Name of the column that holds its day-ahead price."""
        return f"as_{self.product}"

    @property
    def real_time_column(self) -> str:
        """Name of the column that holds its real-time price, where it is cleared again in real time."""
        return f"rt_as_{self.product}"

    def net_usd_per_mw(self, price_usd_per_mw: Floats) -> Floats:
        """Return prices less what being called costs on average; arrays of any shape."""
        return price_usd_per_mw - self.deployed_share * self.deployment_cost_usd_per_mwh
