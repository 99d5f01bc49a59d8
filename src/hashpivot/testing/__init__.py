"""What the tests of hashpivot use, for tests of your own: made-up companies, filings, desks and market hours.

Everything here is deterministic and needs no network and no file beside the package.
"""

from typing import TYPE_CHECKING

from hashpivot._lazy import lazy_names

from .pages import RELEASE_LAYOUTS, InlineFiling, ReleaseLayout, product, release_page, release_table, segment

if TYPE_CHECKING:
    from ._desk import bundled_desk, made_up_desk
    from ._miner import MadeUpMiner
    from ._prices import made_up_prices

__all__ = [
    "RELEASE_LAYOUTS",
    "InlineFiling",
    "MadeUpMiner",
    "ReleaseLayout",
    "bundled_desk",
    "made_up_desk",
    "made_up_prices",
    "product",
    "release_page",
    "release_table",
    "segment",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {  # what needs NumPy
        "._desk": ("bundled_desk", "made_up_desk"),
        "._miner": ("MadeUpMiner",),
        "._prices": ("made_up_prices",),
    },
)
