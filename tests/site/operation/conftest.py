from __future__ import annotations

import pytest

from hashpivot.site import Site, parse_site

TEXT = """
name = "Test site"
limit_mw = 100
zone = "HB"
[power]
kind = "indexed"
[[machines]]
name = "old"
model = "Antminer S19 Pro"
count = 12000
min_on_hours = 3
min_off_hours = 4
max_off_hours_per_month = 240
start_cost_usd = 50
[[machines]]
name = "new"
model = "Antminer S21"
count = 10000
ramp_mw_per_hour = 20
modes.eco = { ths = 160, watts = 1900 }
modes.normal = { ths = 200, watts = 3500 }
[[ai]]
name = "gpu"
firm_mw = 5
firm_usd_per_mwh = 200
flexible_mw = 10
flexible_usd_per_mwh = 60
max_hours_per_day = 3
max_hours_per_month = 20
[[reserves]]
product = "rrs"
cap_mw = 15
shortfall_multiple = 1
"""


@pytest.fixture(scope="session")
def site() -> Site:
    return parse_site(TEXT, "site.toml")
