"""Ctrl-C before the server of `hashpivot serve` has begun."""

from __future__ import annotations

import os
import signal
import sys

import pytest
import uvicorn

from hashpivot.cli.live._serve import _interrupts_end


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_ctrl_c_ends_a_server_that_has_not_yet_begun() -> None:
    server = uvicorn.Server(uvicorn.Config("nothing:app"))
    before = signal.getsignal(signal.SIGINT)
    with _interrupts_end(server):
        os.kill(os.getpid(), signal.SIGINT)
        assert server.should_exit
    assert signal.getsignal(signal.SIGINT) is before
