"""The page of halvings: the schedule, the next one, and what a past one did to each company."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hashpivot.bitcoin import Halving, HalvingEstimate
from hashpivot.season import HalvingImpact

from ..shared import PageBody, PageHead, render_body
from ..terminal import halving_impacts_table, halvings_table


def halving_body(
    schedule: Sequence[Halving],
    estimate: HalvingEstimate,
    past: Halving,
    impacts: Sequence[HalvingImpact],
    hashprices: Mapping[str, float],
    address_of: Callable[[str], str],
) -> PageBody:
    """Render halvings without a frame, to be served.

    Args:
        schedule: All halvings.
        estimate: When the next one is expected.
        past: The one whose impact is shown.
        impacts: The companies.
        hashprices: Mean USD per PH/s and day of the quarters before and after it.
        address_of: Address of a company's page, by ticker.
    """
    tables = (halving_impacts_table(past, impacts, hashprices), halvings_table(schedule, estimate))
    links = {impact.ticker: address_of(impact.ticker) for impact in impacts}
    page = {"tables": tables, "charts": [], "words": [], "links": links}
    return render_body("tables.html.j2", halving_head(estimate), page)


def halving_head(estimate: HalvingEstimate) -> PageHead:
    """What stands at the top of the page of halvings."""
    return PageHead(
        page="Halving",
        name="Halving: schedule and squeeze",
        title=f"Next halving {estimate.median}, 80% between {estimate.p10} and {estimate.p90}",
        meta=(f"network to {estimate.as_of}", f"{estimate.left_words} left", "US dollars"),
    )
