"""Mail comes in by real programs: swaks and msmtp by SMTP, postfix by LMTP."""

import smtplib
import socket
import ssl
import subprocess
import time

import pytest
from forum import free_port, wait_for
from mailing import (
    ADDRESS, forum_that_takes_mail, has_topic, mail, make_certificate, octets, topics,
)
from postfix import ForumPostfix


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def smtp_port():
    return free_port()


@pytest.fixture(scope="module")
def forum(sink, certificate, smtp_port):
    variables = {
        "PARLEY_SMTP_LISTEN": f"127.0.0.1:{smtp_port}",
        "PARLEY_SMTP_TLS_CERTIFICATE": str(certificate[0]),
        "PARLEY_SMTP_TLS_KEY": str(certificate[1]),
        "PARLEY_SMTP_PROXIES": "127.0.0.2",
    }
    with forum_that_takes_mail(sink, **variables) as forum:
        yield forum


def test_swaks_sends_over_starttls(forum, smtp_port):
    done = subprocess.run(
        ["swaks", "--server", f"127.0.0.1:{smtp_port}", "--tls", "--from", "walt@example.com"]
        + ["--to", ADDRESS, "--data", "-"],
        input=mail("A question that swaks brings").as_string(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "TLS started" in done.stdout
    assert "Posted as" in done.stdout
    assert len(topics(forum, "A question that swaks brings")) == 1


def test_msmtp_checks_the_certificate_and_sends(forum, smtp_port, certificate):
    command = ["msmtp", "--host=localhost", f"--port={smtp_port}", "--from=walt@example.com"]
    command += ["--tls=on", f"--tls-trust-file={certificate[0]}", "--auth=off", ADDRESS]
    done = subprocess.run(
        command,
        input=mail("A question that msmtp brings").as_bytes(),
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert len(topics(forum, "A question that msmtp brings")) == 1


def test_python_sends_in_chunks_and_is_told_who_does_not_exist(forum, smtp_port):
    with smtplib.SMTP("127.0.0.1", smtp_port, timeout=20) as session:
        session.ehlo()
        for extension in ("pipelining", "size", "8bitmime", "smtputf8", "chunking", "starttls"):
            assert session.has_extn(extension), extension
        assert session.mail("walt@example.com")[0] == 250
        assert session.rcpt("nobody@forum.test")[0] == 550
        assert session.rcpt(ADDRESS)[0] == 250
        data = octets(mail("A question in two chunks"))
        for part, end in ((data[:40], ""), (data[40:], " LAST")):
            session.send(b"BDAT %d%s\r\n" % (len(part), end.encode()) + part)
            assert session.getreply()[0] == 250
    assert len(topics(forum, "A question in two chunks")) == 1


def test_a_second_mail_cannot_be_smuggled(forum, smtp_port):
    first = octets(mail("A question with another inside"))
    second = octets(mail("A mail that was smuggled in"))
    inner = b"MAIL FROM:<walt@example.com>\r\nRCPT TO:<%s>\r\nDATA\r\n" % ADDRESS.encode()
    for end in (b"\n.\n", b"\r.\r", b"\n.\r\n", b"\r\n.\r", b"\r\n\0.\r\n", b"\r\n.\n"):
        with smtplib.SMTP("127.0.0.1", smtp_port, timeout=20) as session:
            session.ehlo()
            session.mail("walt@example.com")
            session.rcpt(ADDRESS)
            session.putcmd("DATA")
            assert session.getreply()[0] == 354
            session.send(first + end + inner + second + b"\r\n.\r\n")
            code, text = session.getreply()
            assert code in (250, 550), text
            assert session.noop()[0] == 250
    assert topics(forum, "A mail that was smuggled in") == []


def test_what_is_said_before_tls_does_not_count(forum, smtp_port, certificate):
    context = ssl.create_default_context(cafile=certificate[0])
    with socket.create_connection(("127.0.0.1", smtp_port), timeout=20) as plain:
        reader = plain.makefile("rb")
        assert reader.readline().startswith(b"220 ")
        plain.sendall(b"STARTTLS\r\nEHLO evil\r\nMAIL FROM:<evil@example.com>\r\n")
        assert reader.readline().startswith(b"220 ")
        with context.wrap_socket(plain, server_hostname="localhost") as secure:
            secure.sendall(b"RCPT TO:<ideas@forum.test>\r\nNOOP\r\n")
            answers = b""
            while answers.count(b"\r\n") < 2:
                answers += secure.recv(1000)
    assert [line[:3] for line in answers.splitlines()] == [b"503", b"250"]


def test_a_proxy_tells_who_is_behind_it(forum, smtp_port):
    def greeting(source, words):
        address = ("127.0.0.1", smtp_port)
        with socket.create_connection(address, 20, source_address=(source, 0)) as peer:
            peer.sendall(words)
            return peer.recv(1000)

    header = b"PROXY TCP4 192.0.2.9 192.0.2.1 4711 25\r\n"
    assert greeting("127.0.0.2", header).startswith(b"220 ")
    assert greeting("127.0.0.2", b"EHLO c\r\n") == b""
    # From anybody else it is a command that does not exist.
    with socket.create_connection(("127.0.0.1", smtp_port), 20) as peer:
        peer.sendall(header)
        answers = b""
        while answers.count(b"\r\n") < 2:
            answers += peer.recv(1000)
    assert b"\r\n500 " in answers
    # Behind the proxy, one address has its limits.
    header = b"PROXY TCP4 192.0.2.10 192.0.2.1 4711 25\r\n"
    peers = []
    for _ in range(11):
        peer = socket.create_connection(
            ("127.0.0.1", smtp_port), 20, source_address=("127.0.0.2", 0)
        )
        peer.sendall(header)
        peers.append((peer, peer.recv(1000)[:4]))
    for peer, _ in peers:
        peer.close()
    assert [greeting for _, greeting in peers] == [b"220 "] * 10 + [b"421 "]


def test_postfix_hands_mail_on_and_refuses_unknown_addresses(forum):
    postfix = ForumPostfix(forum.lmtp_port)
    try:
        postfix.start()
        with smtplib.SMTP("127.0.0.1", postfix.port, timeout=30) as session:
            session.send_message(mail("A question that postfix brings"))
            with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
                session.sendmail("walt@example.com", ["nobody@forum.test"], "Subject: x\n\nx\n")
            assert refused.value.recipients["nobody@forum.test"][0] == 550
        has_topic(forum, "A question that postfix brings")
        wait_for(lambda: not postfix.queue(), 20, "postfix's queue being empty")
        # A refusal of the forum's reaches the sender's side: here, postfix bounces it.
        with smtplib.SMTP("127.0.0.1", postfix.port, timeout=30) as session:
            session.send_message(mail("From a stranger", "stranger@example.net"))
        wait_for(lambda: "550 5.1.1" in postfix.log or "550 5.7.1" in postfix.log, 20, "a bounce")
        # While the forum is away nothing is lost.
        forum.stop()
        with smtplib.SMTP("127.0.0.1", postfix.port, timeout=30) as session:
            session.send_message(mail("A question while the forum was away"))
        time.sleep(0.5)
        forum.start()
        has_topic(forum, "A question while the forum was away")
    finally:
        print(postfix.log)
        postfix.end()
