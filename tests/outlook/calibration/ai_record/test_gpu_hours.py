"""The price of a GPU-hour in contracts that tell their GPUs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hashpivot.ledger import Contract, View
from hashpivot.outlook.calibration.ai_record import gpu_hour_usd, gpu_hours_by_year


@pytest.fixture
def cloud(view: View) -> Contract:
    contract = next(each for each in view.announced_contracts if each.kind == "cloud")
    return replace(
        contract, counterparty="Poolside AI (1,000 H100 GPUs, Prince George)", term_years=Decimal(2),
        contract_value_usd=Decimal(2 * 8_766_000 * 3), value_from=None,
    )  # fmt: skip


def test_value_over_gpus_and_hours(cloud: Contract) -> None:
    assert gpu_hour_usd(cloud) == pytest.approx(3.0)
    assert gpu_hour_usd(replace(cloud, counterparty="a customer of 500 NVIDIA GB300 NVL72 GPUs")) == 6.0


@pytest.mark.parametrize(
    "words", ["Microsoft (Childress Horizon 1-4)", "GPUs of H100", "0 GPUs", "v2.5 GPUs"]
)
def test_words_that_tell_no_number(cloud: Contract, words: str) -> None:
    assert gpu_hour_usd(replace(cloud, counterparty=words)) is None


def test_no_bundled_contract_tells_it(view: View) -> None:
    assert gpu_hours_by_year(view, date.max) == {}
