"""Old public names say where they went, and lead there."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from hashpivot._renamed import PUBLIC, REPLACED


@pytest.mark.parametrize("old", PUBLIC)
def test_an_old_name_warns_and_leads_to_the_new_one(old: str) -> None:
    package, _, name = old.rpartition(".")
    home, _, new = PUBLIC[old].rpartition(".")
    with pytest.warns(DeprecationWarning, match=PUBLIC[old]):
        found = getattr(import_module(package), name)
    assert found is getattr(import_module(home), new)
    assert name not in dir(import_module(package))


@pytest.mark.parametrize("old", REPLACED)
def test_importing_a_name_that_is_gone_says_what_to_use(old: str) -> None:
    package, _, name = old.rpartition(".")
    with pytest.raises(ImportError, match=re.escape(REPLACED[old])):
        exec(f"from {package} import {name}", {})


def test_a_name_that_never_was_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        import_module("hashpivot.site.forecast").no_such_name  # noqa: B018
