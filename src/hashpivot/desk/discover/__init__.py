"""Discover, as a desk hands it out: archives fetched or held, the filers found, and following them."""

from ._archives import fetch_data_sets, held_data_sets
from ._discover import DiscoverResult, discovered

__all__ = ["DiscoverResult", "discovered", "fetch_data_sets", "held_data_sets"]
