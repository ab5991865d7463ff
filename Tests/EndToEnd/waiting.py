"""What starts programs and waits for them: for the tests, and for the benchmarks."""

import socket
import time


def wait_for(condition, seconds=20, what="what was waited for"):
    """Asks `condition` until it gives something true, and returns that."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {seconds} s")
        time.sleep(0.05)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
