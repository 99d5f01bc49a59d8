"""Kinds of tariff, power and load: adding one is adding a class and registering it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput
from hashpivot.site import (
    AiLoad,
    Clock,
    Fields,
    InvalidSite,
    PriceHistory,
    Tariff,
    backtest,
    parse_site,
    register_load,
    register_tariff,
)
from hashpivot.site.model import (
    LOADS,
    TARIFFS,
    BillTax,
    CoincidentPeak,
    DemandCharge,
    EnergyCharge,
    MeteredPeak,
    PassThrough,
)

NETWORK = NetworkHistory.load()
START, END = date(2024, 3, 4), date(2024, 3, 12)

SITE = """
name = "Test"
limit_mw = 10
[power]
kind = "indexed"
[[machines]]
name = "hall"
model = "Antminer S21"
count = 2000
"""
EVENING = """
[[tariffs]]
name = "evenings"
kind = "evening"
usd_per_mwh = 500
usd_per_month = 730
"""


@dataclass(frozen=True, slots=True)
class EveningCharge(Tariff):
    """A charge on energy from 17:00 to 20:00, and a fee a month."""

    kind: ClassVar[str] = "evening"
    usd_per_mwh: float = 0.0
    usd_per_month: float = 0.0

    @classmethod
    def read(cls, fields: Fields) -> Self:
        rates = fields.number("usd_per_mwh"), fields.number("usd_per_month", 0, 1e6, 0.0)
        return cls(fields.text("name"), *fields.span().values(), *rates)

    def energy_usd_per_mwh(self, clock: Clock) -> np.ndarray:
        evening = (clock.hour >= 17) & (clock.hour < 20)
        return np.where(evening & self.in_force(clock), self.usd_per_mwh, 0.0)

    def standing_usd(self, clock: Clock, limit_mw: float) -> np.ndarray:
        return np.full(len(clock.ts_utc), self.usd_per_month / 730)


@pytest.fixture
def evening() -> Iterator[None]:
    register_tariff(EveningCharge)
    yield
    TARIFFS.unregister("evening")


@pytest.mark.usefixtures("evening")
def test_a_made_up_tariff_is_read_avoided_and_billed(made: PriceHistory) -> None:
    done = backtest(parse_site(SITE + EVENING), made, START, END, network=NETWORK)
    hour, prices = done.hours.clock.hour, done.hours.prices
    evening = (hour >= 17) & (hour < 20)
    best, always = done.operations["perfect_foresight"], done.operations["always_on"]
    assert not best.modes[evening & (prices.rt > -400)].any()
    assert best.modes[~evening & (prices.rt < 20)].all() and always.modes.all()
    drawn = done.pnl["always_on"].drawn_mw
    bill = -done.pnl["always_on"].usd["tariffs"]
    assert bill == pytest.approx(np.where(evening, 500 * drawn, 0.0) + 1.0)


def test_an_unknown_tariff_names_those_there_are() -> None:
    with pytest.raises(InvalidSite, match="own_peak, energy, demand, pass_through, tax, not 'evening'"):
        parse_site(SITE + EVENING)


@pytest.mark.usefixtures("evening")
def test_a_kind_is_registered_once() -> None:
    class Other(EveningCharge):
        kind: ClassVar[str] = "evening"

    register_tariff(EveningCharge)  # the same class again changes nothing
    with pytest.raises(InvalidInput, match="two classes are the tariff kind 'evening'"):
        register_tariff(Other)


def test_a_made_up_load_is_read_interrupted_and_paid(made: PriceHistory) -> None:
    @register_load
    class Batch(AiLoad):
        """A load that may be interrupted whenever it likes."""

        kind: ClassVar[str] = "batch"

        @classmethod
        def read(cls, fields: Fields) -> Self:
            return cls(fields.text("name"), flexible_mw=fields.number("mw"), flexible_usd_per_mwh=100.0)

    try:
        site = parse_site(SITE + '[[ai]]\nname = "jobs"\nkind = "batch"\nmw = 2\n')
    finally:
        LOADS.unregister("batch")
    done = backtest(site, made, START, END, network=NETWORK)
    off = done.operations["perfect_foresight"].interrupted[:, 0]
    assert (off == (done.hours.prices.rt > 100)).all() and off.any()
    assert done.pnl["perfect_foresight"].usd["ai"] == pytest.approx(np.where(off, 0.0, 200.0))


DAYS = (date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("tariff", "rate"),
    [
        (CoincidentPeak("x", *DAYS, usd_per_kw_year=5.0, minimum_share=0.5), "usd_per_kw_year"),
        (MeteredPeak("x", *DAYS, usd_per_kw_month=5.0, ratchet_share=0.5), "usd_per_kw_month"),
        (EnergyCharge("x", *DAYS, usd_per_mwh=5.0), "usd_per_mwh"),
        (DemandCharge("x", *DAYS, usd_per_kw_year=5.0), "usd_per_kw_year"),
        (PassThrough("x", *DAYS, share=5.0, losses=0.1), "share"),
    ],
)
def test_a_charge_at_other_rates_differs_by_them_alone(tariff: Tariff, rate: str) -> None:
    assert tariff.at_rates(2.0) == replace(tariff, **{rate: 10.0})


def test_a_tax_follows_what_it_is_on() -> None:
    tax = BillTax("x", *DAYS, share=0.1)
    assert tax.at_rates(2.0) == tax
