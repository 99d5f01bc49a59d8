"""Pools of processes end with the process that has them, and leave Ctrl-C to it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = """
import os, time
from hashpivot.core import executor_of
if __name__ == "__main__":
    with executor_of(workers=2) as pool:
        print(*{pool.submit(os.getpid).result() for _ in range(20)}, flush=True)
        time.sleep(60)
"""


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_processes_of_a_pool_end_with_the_one_that_has_it(how: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout and process.stderr
        workers = [int(word) for word in process.stdout.readline().split()]
        assert workers and all(map(lives, workers))
        if how == signal.SIGKILL:
            process.kill()
        else:
            os.killpg(process.pid, how)  # as Ctrl-C of a terminal does
        deadline = time.monotonic() + 20
        while any(map(lives, workers)):
            assert time.monotonic() < deadline, "they go on"
            time.sleep(0.05)
        assert process.stderr.read().count("Traceback") == (how == signal.SIGINT)  # its own
