"""What the items of an 8-K are about: headers and the feed name them by title."""

from __future__ import annotations

_TITLES = {
    "1.01": "Entry into a Material Definitive Agreement",
    "1.02": "Termination of a Material Definitive Agreement",
    "2.01": "Completion of Acquisition or Disposition of Assets",
    "2.02": "Results of Operations and Financial Condition",
    "2.03": "Creation of a Direct Financial Obligation",
    "3.02": "Unregistered Sales of Equity Securities",
    "5.02": "Departure of Directors or Certain Officers",
    "5.07": "Submission of Matters to a Vote of Security Holders",
    "7.01": "Regulation FD Disclosure",
    "8.01": "Other Events",
    "9.01": "Financial Statements and Exhibits",
}
_OTHER = "8.01"


def item_title(item: str) -> str:
    """Return the title of an item; that of 8.01 for one without a title here."""
    return _TITLES.get(item, _TITLES[_OTHER])


def item_number(title: str) -> str:
    """Return the item of a title, by its first words; 8.01 for an unknown one."""
    start = title.strip()[:30].casefold()
    return next((item for item, known in _TITLES.items() if known.casefold().startswith(start)), _OTHER)
