"""The command as it begins."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from hashpivot.__main__ import main


class _Interrupted(ModuleType):
    """The command line, while Ctrl-C is pressed as it loads."""

    def __getattr__(self, name: str) -> None:
        raise KeyboardInterrupt


def test_ctrl_c_before_all_is_loaded_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hashpivot.cli", _Interrupted("hashpivot.cli"))
    with pytest.raises(SystemExit, match="Aborted!"):
        main()
