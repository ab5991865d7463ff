"""What people, programs and broken machines send: each is answered, and the forum goes on."""

import email.message
import email.utils
import os
import signal
import smtplib
import socket
import subprocess
import threading
import time
from concurrent import futures

import pytest
import requests
from forum import PROGRAMS, REPLY_DOMAIN, wait_for
from terminal import parley

TITLE = "A topic to break things on"


@pytest.fixture(scope="module", autouse=True)
def members(forum):
    forum.add_user("robin")
    forum.add_user("sasha")


@pytest.fixture(scope="module")
def topic(forum, members):
    """A topic that somebody follows by mail."""
    made = forum.client("robin").create_post(
        "Everything in this topic is there to be broken.", title=TITLE, category_id=4
    )
    forum.request(
        "POST", f"/t/{made['topic_id']}/notifications.json", "sasha",
        json={"notification_level": 3},
    )
    return made["topic_id"]


@pytest.fixture(scope="module")
def reply_address(forum, sink, topic):
    """Where the mails of the topic may be answered."""
    forum.client("robin").create_post("This goes out by mail, to be answered.", topic_id=topic)
    mail = sink.wait("sasha@example.com")
    return email.utils.parseaddr(str(mail["Reply-To"]))[1]


@pytest.fixture(autouse=True)
def still_there(forum):
    """Whatever a test did: the same process answers afterwards."""
    process = forum.process.pid
    yield
    assert forum.process.poll() is None, forum.log
    assert forum.process.pid == process
    answer = requests.get(f"{forum.url}/latest.json", timeout=10)
    assert answer.status_code == 200


def post(forum, **arguments):
    return forum.request("POST", "/posts.json", "robin", **arguments)


def assert_error(answer, status, error_type=None):
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].startswith("application/json")
    body = answer.json()
    assert body["errors"] and all(isinstance(text, str) and text for text in body["errors"])
    if error_type:
        assert body["error_type"] == error_type, body
    # Nothing of the inside is told.
    for word in ("SELECT", "PostgresError", "Swift", "Sources/"):
        assert word not in answer.text


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b'{"raw": "half a str',
        b"[1, 2",
        b"nonsense",
        b'{"raw": "\xff\xfe is no UTF-8", "topic_id": 1}',
        b'{"raw": "\\ud800 is half a character", "topic_id": 1}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
    ],
    ids=[
        "open", "cut", "cut list", "words", "no UTF-8", "half a surrogate", "deep list", "deep object",
    ],
)
def test_malformed_json(forum, data):
    answer = post(forum, data=data, headers={"Content-Type": "application/json"})
    assert_error(answer, 400)


@pytest.mark.parametrize(
    "body",
    [
        {"raw": ["a", "list"], "topic_id": 1},
        {"raw": {"an": "object"}, "topic_id": 1},
        {"raw": "Text that is long enough.", "topic_id": ["1"]},
        {"raw": "Text that is long enough.", "topic_id": "one"},
        {"raw": "Text that is long enough.", "topic_id": 99999999999999999999999},
    ],
)
def test_values_of_the_wrong_kind(forum, body):
    assert_error(post(forum, json=body), 400)


@pytest.mark.parametrize(
    "path",
    [
        "/t/999999999.json",
        "/t/-1.json",
        "/posts/999999999.json",
        "/u/nobody-of-this-name.json",
        "/c/no-such-category/999999/l/latest.json",
        "/tag/no-such-tag.json",
        "/no/such/route.json",
    ],
)
def test_what_is_not_there(forum, path):
    assert_error(forum.request("GET", path), 404, "not_found")


def test_who_is_not_logged_in(forum, topic):
    session = requests.Session()
    token = session.get(f"{forum.url}/session/csrf.json", timeout=10).json()["csrf"]
    answer = session.post(
        f"{forum.url}/posts.json",
        json={"raw": "Nobody wrote this, or did somebody?", "topic_id": topic},
        headers={"X-CSRF-Token": token},
        timeout=10,
    )
    assert_error(answer, 403, "not_logged_in")
    # Without a token it could be a foreign page that uses somebody's cookies.
    forged = requests.post(f"{forum.url}/posts.json", json={"raw": "x"}, timeout=10)
    assert forged.status_code == 403 and forged.json() == ["BAD CSRF"]


def test_a_key_that_is_none(forum):
    headers = {"Api-Key": "0" * 64, "Api-Username": "system"}
    assert_error(forum.request("GET", "/latest.json", None, headers=headers), 403)


@pytest.mark.parametrize(
    "body, status",
    [
        ({"raw": "A body that is long enough to stand.", "title": "x" * 300, "category": 4}, 422),
        ({"raw": "A body that is long enough to stand.", "title": "short", "category": 4}, 422),
        ({"raw": "short", "title": "A title that is long enough", "category": 4}, 422),
        ({"raw": "x" * 40_000, "title": "A title that is long enough", "category": 4}, 422),
    ],
    ids=["long title", "short title", "short body", "long body"],
)
def test_text_against_the_rules(forum, body, status):
    assert_error(post(forum, json=body), status)


def test_a_body_over_the_limit(forum):
    answer = post(forum, data=b" " * (3 * 1024 * 1024), headers={"Content-Type": "application/json"})
    assert_error(answer, 413)


def test_a_null_character_is_no_trouble(forum, topic):
    answer = post(forum, json={"raw": "Before \x00 and after, all of it kept.", "topic_id": topic})
    if answer.ok:
        assert "\x00" not in answer.json()["raw"]
        assert "and after" in answer.json()["raw"]
    else:
        assert answer.status_code in (400, 422), answer.text
    for path in ("/search.json?q=%00", "/u/%00.json", "/t/%00.json", "/tag/%00.json"):
        assert forum.request("GET", path).status_code in (200, 400, 404), path


def test_requests_that_are_no_http(forum):
    for data in (b"\x16\x03\x01\x02\x00" * 20, b"GET / HTTP/9.9\r\n\r\n", b"\x00" * 5000):
        with socket.create_connection(("127.0.0.1", forum.port), timeout=10) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass


# Mail


def lmtp(forum):
    session = smtplib.LMTP("127.0.0.1", forum.lmtp_port, timeout=60)
    session.ehlo_or_helo_if_needed()
    return session


def a_mail(to, text="A short answer, to show that all is well."):
    mail = email.message.EmailMessage()
    mail["From"] = "sasha@example.com"
    mail["To"] = to
    mail["Subject"] = "Re: " + TITLE
    mail["Message-ID"] = email.utils.make_msgid(domain="example.com")
    mail.set_content(text)
    return mail


def test_a_mail_of_30_megabytes(forum, reply_address):
    with lmtp(forum) as session:
        assert session.mail("sasha@example.com")[0] == 250
        assert session.rcpt(reply_address)[0] == 250
        line = b"x" * 70 + b"\r\n"
        code, text = session.data(b"Subject: large\r\n\r\n" + line * (30 * 1024 * 1024 // 72))
        assert code == 552, (code, text)
        # The announced size is refused before a byte is sent.
        code, text = session.mail("sasha@example.com", ["SIZE=31457280"])
        assert code == 552, (code, text)
        # The same connection takes the next mail.
        session.rset()
        mail = a_mail(reply_address).as_bytes(policy=email.policy.SMTP)
        assert session.sendmail("sasha@example.com", [reply_address], mail) == {}


def test_a_mail_of_10000_parts(forum, reply_address):
    boundary = b"=_many"
    mail = (
        b"From: sasha@example.com\r\nTo: " + reply_address.encode() + b"\r\n"
        b"Subject: many\r\nMessage-ID: <many@example.com>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="=_many"\r\n\r\n'
    )
    part = b"--" + boundary + b"\r\nContent-Type: text/plain\r\n\r\nA part among many others.\r\n"
    mail += part * 10_000 + b"--" + boundary + b"--\r\n"
    started = time.monotonic()
    code, text = forum.deliver(mail, reply_address, "sasha@example.com")
    assert code in (250, 550, 554), (code, text)
    assert time.monotonic() - started < 20


def test_a_mail_nested_10000_deep(forum, reply_address):
    levels = 10_000
    head = b"From: sasha@example.com\r\nMessage-ID: <deep@example.com>\r\nMIME-Version: 1.0\r\n"
    body = b""
    for level in range(levels):
        body += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
    mail = head + body + b"Content-Type: text/plain\r\n\r\nAt the very bottom of it all.\r\n"
    code, text = forum.deliver(mail, reply_address, "sasha@example.com")
    assert code in (250, 550, 554), (code, text)


def test_mails_that_are_no_mails(forum, reply_address):
    for data in (b"", b"\r\n", bytes(range(256)) * 50, b"From: \xff\xfe\r\n\r\n\xff" * 100):
        code, text = forum.deliver(data, reply_address, "sasha@example.com")
        assert code in (250, 550, 554), (code, text)


def test_a_line_without_end_in_lmtp(forum):
    with socket.create_connection(("127.0.0.1", forum.lmtp_port), timeout=20) as connection:
        assert connection.recv(1000).startswith(b"220")
        try:
            connection.sendall(b"LHLO " + b"x" * 200_000)
        except (BrokenPipeError, ConnectionResetError):
            pass
        try:
            answer = connection.recv(1000)
        except ConnectionResetError:
            answer = b""
        assert answer == b"" or answer.startswith((b"500", b"421")), answer


def test_a_machine_that_answers_mail_is_not_answered(forum, reply_address, topic):
    before = len(forum.posts(topic))
    mail = a_mail(reply_address, "I am away until the first of May.")
    mail["Auto-Submitted"] = "auto-replied"
    code, text = forum.deliver(mail, reply_address, "sasha@example.com")
    assert code == 550 or code == 250, (code, text)
    assert len(forum.posts(topic)) == before


# Processes


def test_a_port_that_is_taken(forum):
    directory = forum.directory / "second"
    started = time.monotonic()
    done = subprocess.run(
        [PROGRAMS / "parleyd", "serve", "--listen", f"127.0.0.1:{forum.port}",
         "--data-dir", directory, "--database-url", forum.connection()],
        capture_output=True,
        text=True,
        timeout=60,
        env={"PATH": os.environ["PATH"]},
    )
    assert done.returncode != 0
    assert str(forum.port) in done.stderr and "taken" in done.stderr, done.stderr
    assert "Fatal" not in done.stderr
    assert time.monotonic() - started < 30


def test_a_data_directory_that_is_in_use(forum):
    done = subprocess.run(
        [PROGRAMS / "parleyd", "serve", "--listen", "127.0.0.1:0", "--data-dir", forum.data],
        capture_output=True,
        text=True,
        timeout=60,
        env={"PATH": os.environ["PATH"]},
    )
    assert done.returncode != 0
    assert "another process" in done.stderr, done.stderr


def test_a_terminal_of_a_kind_nobody_knows(forum):
    terminal = parley(forum.url, environment={"TERM": "no-such-terminal"})
    try:
        terminal.wait("ended with")
        assert "ended with 0" not in terminal.screen
        assert "no-such-terminal" in terminal.screen.replace("\n", ""), terminal.screen
    finally:
        terminal.end()


def test_a_site_that_is_not_there():
    done = subprocess.run(
        [PROGRAMS / "parley", "latest", "--site", "http://127.0.0.1:9"],
        capture_output=True,
        text=True,
        timeout=60,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"},
    )
    assert done.returncode == 3, done
    assert done.stderr.strip() and "Error Domain" not in done.stderr


def test_the_database_dies_and_comes_back(forum, topic):
    """PostgreSQL is killed again and again for some seconds while people write."""
    first = forum.postmaster()
    written = []
    seen = set()
    stop = threading.Event()

    def write(writer):
        number = 0
        while not stop.is_set():
            number += 1
            text = f"Writer {writer} wrote this as number {number}, come what may."
            answer = post(forum, json={"raw": text, "topic_id": topic})
            seen.add(answer.status_code)
            if answer.ok:
                written.append((answer.json()["id"], text))
            elif answer.status_code == 503:
                assert_error(answer, 503)
                assert int(answer.headers["Retry-After"]) > 0
            stop.wait(0.05)

    with futures.ThreadPoolExecutor(4) as threads:
        writers = [threads.submit(write, number) for number in range(4)]
        try:
            wait_for(lambda: len(written) > 8, 20, "people writing")
            end = time.monotonic() + 5
            while time.monotonic() < end:
                if pid := forum.postmaster():
                    os.kill(pid, signal.SIGKILL)
                time.sleep(0.05)
            # Nobody does anything for it: the forum comes back.
            before = len(written)
            wait_for(lambda: len(written) > before, 60, "the forum being back")
        finally:
            stop.set()
        for writer in writers:
            writer.result()
    assert seen == {200, 503}
    assert forum.postmaster() != first
    # What was acknowledged is there, once.
    texts = [post["raw"] for post in forum.posts(topic)]
    assert [text for _, text in written if texts.count(text) != 1] == []
