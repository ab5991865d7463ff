"""What the tests of the built programs share."""

import pytest
from forum import PROGRAMS, Forum, MailSink


def pytest_configure(config):
    for name in ("parleyd", "parley"):
        if not (PROGRAMS / name).is_file():
            raise pytest.UsageError(f"{PROGRAMS / name} is missing: build first (swift build)")


@pytest.fixture(scope="module")
def sink():
    sink = MailSink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture(scope="module")
def forum(sink):
    forum = Forum(relay_port=sink.port)
    try:
        yield forum.prepare()
    finally:
        forum.end()
