"""Forms: what they hold, and which of them are meant."""

from __future__ import annotations

from collections.abc import Iterable

PERIODIC = ("10-K", "10-KT", "10-Q", "10-QT", "20-F", "20-FR12B", "40-F")
"""Reports on a fiscal period, which their report date ends."""

CURRENT = ("8-K", "6-K")
"""Reports on events; results and production updates stand in their exhibits 99."""

OFFERING = ("S-1", "F-1", "S-3", "F-3", "424B1", "424B2", "424B3", "424B4", "424B5", "424B7")
"""Prospectuses, where contracts hide."""

FORMS = PERIODIC + CURRENT + OFFERING
"""All that is fetched unless forms are named."""


def base_form(form: str) -> str:
    """The form without the mark of an amendment: `10-K/A` is a `10-K`."""
    return form.strip().upper().removesuffix("/A")


def chosen(form: str, forms: Iterable[str]) -> bool:
    """True if a form, or the one it amends, is among `forms`; `424B` there means every 424B."""
    base = base_form(form)
    return any(base == base_form(one) or (one.upper() == "424B" and base.startswith("424B")) for one in forms)
