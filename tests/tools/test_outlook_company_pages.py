"""A section of docs/outlook-companies.md: contracts and their sources, absences and what ends them."""

from hashpivot.desk import Desk
from tools.docs.outlook_companies import _section


def test_a_section_says_what_carries_the_company_what_is_absent_and_what_decides() -> None:
    desk = Desk.open(as_of=Desk.open().network.last_day)
    text = _section(desk, "CORZ")
    result = desk.outlook("CORZ")
    assert f"**{result.outlook.summary.carrier.sentence}.**" in text
    for contract in result.contracts:
        assert contract.customer in text and f"]({contract.source})" in text
    assert "finance." not in text and "- **Absent**: cash, debt" in text and "would fill it" in text
    decides = text.partition("**What decides it**")[2].partition("\n")[0]
    assert decides.count(";") == 5  # the outcome, and five inputs after it
