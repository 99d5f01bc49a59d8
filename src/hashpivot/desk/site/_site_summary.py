"""What sites are: the examples, and one site as its file describes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hashpivot.site import Site, example_sites, load_market, market_names

from ..shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, repr=False)
class SiteExamples(DeskResult):
    """The example sites, which every call that takes a site takes by name."""

    row_key = "name"

    def __repr__(self) -> str:
        return f"SiteExamples({', '.join(example_sites())})"

    def records(self) -> list[dict[str, Any]]:
        """One row an example: its name, and what it is in one line."""
        return [{"name": name, "description": text} for name, text in example_sites().items()]

    def to_dict(self) -> dict[str, Any]:
        """`{"sites": [{"name", "description"}]}`."""
        return {"sites": self.records()}

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_table

        rows = [tuple(row.values()) for row in self.records()]
        print_table(console, "Example sites", ("Name", "What it is"), rows, left=2)


@dataclass(frozen=True, repr=False)
class SiteMarkets(DeskResult):
    """The power markets that a site's key `market` names, each rule with its source and first day."""

    row_key = "market"

    def __repr__(self) -> str:
        return f"SiteMarkets({', '.join(market_names())})"

    def records(self) -> list[dict[str, Any]]:
        """One row a market, by its newest rules."""
        return [_market_row(name) for name in market_names()]

    def to_dict(self) -> dict[str, Any]:
        """Every rule of every market, `{"markets": [...]}`."""
        return {"markets": [load_market(name).to_dict() for name in market_names()]}

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_table

        names = ("Market", "Local time", "Prices", "Minutes", "Day-ahead gate", "Published", "Reserve")
        rows = [tuple(str(cell) for cell in row.values()) for row in self.records()]
        print_table(console, "Power markets, by their newest rules", names, rows, left=3)


def _market_row(name: str) -> dict[str, Any]:
    market = load_market(name)
    shown = market.to_dict()
    newest = shown["day_ahead"][-1] if shown["day_ahead"] else {"gate": "none", "published": "none"}
    reserve = (
        shown["ancillary"][-1]["settlement"].replace("_", "-") if shown["ancillary"] else "none described"
    )
    return {
        "market": name,
        "timezone": market.timezone,
        "currency": market.currency,
        "real_time_minutes": market.real_time_minutes,
        "gate": newest["gate"],
        "published": newest["published"],
        "reserve": reserve,
    }


@dataclass(frozen=True, repr=False)
class SiteSummary(DeskResult):
    """One site as its file describes it.

    Args:
        site: The site.
        zone: Load zone it pays the price of; empty if its prices say.
    """

    row_key = "group"

    site: Site
    zone: str

    def __repr__(self) -> str:
        return f"SiteSummary({self.site.name}, {self.site.limit_mw:g} MW)"

    def records(self) -> list[dict[str, Any]]:
        """One row a group of machines or AI load: its kind, and the megawatts it draws."""
        mw = dict[str, float]()
        for group in self.site.machines:
            mw[group.group] = mw.get(group.group, 0.0) + group.modes[group.normal].power_mw
        machines = [{"group": name, "kind": "machines", "mw": round(total, 3)} for name, total in mw.items()]
        loads = [{"group": load.name, "kind": "ai", "mw": round(load.most_mw, 3)} for load in self.site.ai]
        return [*machines, *loads]

    def to_dict(self) -> dict[str, Any]:
        """Name, place, limits, groups and charges, with stable keys."""
        site = self.site
        return {
            "name": site.name,
            "description": site.description,
            "zone": self.zone,
            "market": site.market.key,
            "timezone": site.timezone,
            "limit_mw": site.limit_mw,
            "capacity_mw": round(site.capacity_mw, 3),
            "groups": self.records(),
            "tariffs": [tariff.name for tariff in site.tariffs],
            "reserves": [reserve.product for reserve in site.reserves],
            "converts_to_ai": site.conversion is not None,
        }

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_table

        rows = [(row["group"], row["kind"], f"{row['mw']:,.1f}") for row in self.records()]
        title = f"{self.site.name}: {self.site.limit_mw:g} MW"
        print_table(console, title, ("Group", "What", "MW"), rows, left=2)
