"""Halls that turn from mining to AI after the quarter an outlook begins with."""

from datetime import date
from decimal import Decimal

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import NO_LOCATOR, Line, Quarter
from hashpivot.ledger import CompanyEvent, EventKind, View
from hashpivot.outlook import AiContract, CompanyInputs, Mining, calibrate, run_company

from ..flat import FIRST, PRICE, flat_market

MW, SCALE = Decimal(100), Decimal("0.5")


def converted(
    monkeypatch: pytest.MonkeyPatch, view: View, network: NetworkHistory, effective: date, **amounts: object
) -> tuple[AiContract, ...]:
    known = {"line": Line.SELF_MINING, "scale": None, "ehs": None, "mw": None} | amounts
    event = CompanyEvent(
        "RIOT", EventKind.HALLS_CONVERTED, effective, effective, counterparty="Corsicana", note="",
        source="made up", locator=NO_LOCATOR, **known,
    )  # fmt: skip
    monkeypatch.setattr(View, "events", lambda self, ticker, day=None: (event,))
    return tuple(each for each in calibrate(view, network, "RIOT").inputs.contracts if each.converts_mw)


def test_a_hall_converted_later_takes_its_megawatts(
    monkeypatch: pytest.MonkeyPatch, view: View, network: NetworkHistory
) -> None:
    (hall,) = converted(monkeypatch, view, network, date(2027, 5, 20), mw=MW)
    assert hall.converts_mw == 100 and hall.start - hall.build_quarters == Quarter(2027, 2)
    assert hall.full_usd == 0 and hall.capex_usd == 0
    mining = calibrate(view, network, "RIOT").inputs.mining
    (half,) = converted(monkeypatch, view, network, date(2027, 5, 20), scale=SCALE)
    assert half.converts_mw == pytest.approx(mining.hash_rate_ehs * mining.j_per_th / 2)
    (told,) = converted(monkeypatch, view, network, date(2027, 5, 20), ehs=Decimal(2))
    assert told.converts_mw == pytest.approx(2 * mining.j_per_th)


def test_what_is_past_or_of_unknown_size_or_of_hosting_takes_nothing_more(
    monkeypatch: pytest.MonkeyPatch, view: View, network: NetworkHistory
) -> None:
    begins = calibrate(view, network, "RIOT").quarter
    assert not converted(monkeypatch, view, network, begins.start, mw=MW)
    assert not converted(monkeypatch, view, network, date(2027, 5, 20))
    assert not converted(monkeypatch, view, network, date(2027, 5, 20), mw=MW, line=Line.HOSTING)
    (within,) = converted(monkeypatch, view, network, begins.end, mw=MW)
    assert 95 < within.converts_mw < 100 and within.start - within.build_quarters == begins + 1


def test_the_fleet_loses_them_in_that_quarter() -> None:
    hall = AiContract("halls converted", FIRST + 3, build_quarters=1, converts_mw=50.0)
    inputs = CompanyInputs("TEST", Mining(10.0, 1.0, 20.0, power_usd_per_mwh=10.0), contracts=(hall,))
    megawatts = run_company(inputs, flat_market(4, 2), PRICE, 1).mining_mw[:, 0]
    assert megawatts == pytest.approx([200, 200, 150, 150])
