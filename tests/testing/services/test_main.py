"""`python -m hashpivot.testing.services` starts, prints where it is, and ends with Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
import sys

from ._client import get


def test_it_prints_its_address_and_serves() -> None:
    command = [
        sys.executable,
        "-W",
        "error",
        "-u",
        "-m",
        "hashpivot.testing.services",
        "--quarters",
        "1",
        "--company",
        "CORZ",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout
            first, second = process.stdout.readline(), process.stdout.readline()
            url = second.split()[-1]
            assert url in first
            assert "--base-url" in second
            assert get(url, "/files/company_tickers.json").status == 200
            assert get(url, "/api/blocks/tip/height").status == 200
            assert get(url, "/misapp/servlets/IceDocListJsonWS?reportTypeId=12331").status == 200
            assert get(url, "/anything").status == 404
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
