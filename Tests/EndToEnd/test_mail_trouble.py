"""The doors of mail when something is amiss: the database is away, one recipient of two refuses; and the
requests of Discourse's mail receiver."""

import base64
import os
import signal
import smtplib
import subprocess

import mailing
import pytest
import requests
from forum import Forum, free_port, wait_for
from mailing import ADDRESS, WRITER, forum_that_takes_mail, octets, topics


@pytest.fixture(scope="module")
def owner(sink):
    """The forum whose database it is; the one under test is another process on it."""
    with forum_that_takes_mail(sink) as owner:
        yield owner


@pytest.fixture(scope="module")
def forum(owner):
    port = free_port()
    forum = Forum(
        relay_port=owner.relay_port,
        database_url=owner.connection(),
        variables={"PARLEY_SMTP_LISTEN": f"127.0.0.1:{port}"},
    )
    forum.smtp_port = port
    forum.key = owner.key
    try:
        yield forum.start()
    finally:
        forum.end()


def mail(subject, sender=WRITER):
    return octets(mailing.mail(subject, sender))


def send(session, data):
    """The code that ends a transaction."""
    session.ehlo_or_helo_if_needed()
    code, _ = session.mail("walt@example.com")
    if code == 250:
        code, _ = session.rcpt(ADDRESS)
    if code != 250:
        session.rset()
        return code
    return session.data(data)[0]


def pipe(forum, data):
    return forum.run(
        "mail", "deliver", "--recipient", ADDRESS, "--sender", "walt@example.com",
        input=data, check=False,
    ).returncode


def handle_mail(forum, data):
    return requests.post(
        f"{forum.url}/admin/email/handle_mail",
        data={"email_encoded": base64.b64encode(data).decode()},
        headers={"Api-Key": forum.key, "Api-Username": "system"},
        timeout=60,
    ).status_code


def test_while_the_database_is_away_every_door_asks_for_patience(owner, forum):
    titles = [f"A question while the database was away {number}" for number in range(5)]
    mails = [mail(title) for title in titles]
    with smtplib.SMTP("127.0.0.1", forum.smtp_port, timeout=60) as begun:
        begun.ehlo()
        assert begun.mail("walt@example.com")[0] == 250
        assert begun.rcpt(ADDRESS)[0] == 250
        owner.stop()
        if pid := owner.postmaster():
            os.kill(pid, signal.SIGINT)
        wait_for(lambda: not owner.postmaster(), 20, "PostgreSQL ending")
        # In the middle of a transaction, …
        code, text = begun.data(mails[0])
        assert (code, text[:5]) == (451, b"4.3.0")
        # … before it, …
        assert send(begun, mails[1]) == 451
        with smtplib.LMTP("127.0.0.1", forum.lmtp_port, timeout=60) as session:
            assert send(session, mails[2]) == 451
        assert handle_mail(forum, mails[3]) == 503
        assert pipe(forum, mails[4]) == 75
        owner.start()
        # … and when it is back, what is given again is taken, once.
        wait_for(lambda: send(begun, mails[0]) == 250, 30, "mail being taken again")
        assert send(begun, mails[1]) == 250
        with smtplib.LMTP("127.0.0.1", forum.lmtp_port, timeout=60) as session:
            assert send(session, mails[2]) == 250
        assert handle_mail(forum, mails[3]) == 200
        assert pipe(forum, mails[4]) == 0
        # A sender that did not hear of it gives it a second time.
        assert send(begun, mails[0]) == 250
    for title in titles:
        assert len(topics(forum, title)) == 1, title
    rows = owner.sql("SELECT count(*) FROM incoming_emails WHERE state <> 'posted'")
    assert rows == [["0"]]


def test_a_full_disk_stores_nothing_and_loses_nothing(owner, forum):
    owner.sql(
        """
        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION USING errcode = 'disk_full', message = 'full'; END $$;
        CREATE TRIGGER full_disk BEFORE INSERT ON incoming_emails
        FOR EACH ROW EXECUTE FUNCTION full_disk()
        """
    )
    data = mail("A question on a disk that is full")
    stored = "SELECT count(*) FROM incoming_emails"
    before = owner.sql(stored)
    try:
        with smtplib.LMTP("127.0.0.1", forum.lmtp_port, timeout=60) as session:
            assert send(session, data) == 452
        with smtplib.SMTP("127.0.0.1", forum.smtp_port, timeout=60) as session:
            assert send(session, data) == 452
        assert handle_mail(forum, data) == 503
        assert pipe(forum, data) == 75
    finally:
        owner.sql("DROP TRIGGER full_disk ON incoming_emails; DROP FUNCTION full_disk")
    assert owner.sql(stored) == before
    assert handle_mail(forum, data) == 200
    assert len(topics(forum, "A question on a disk that is full")) == 1


def test_swaks_hears_of_each_recipient_by_lmtp_and_of_all_at_once_by_smtp(owner, forum):
    """What can be refused is refused at RCPT; a post that cannot be made is told of by LMTP alone."""

    def swaks(protocol, port, subject):
        return subprocess.run(
            ["swaks", "--server", f"127.0.0.1:{port}", "--protocol", protocol]
            + ["--from", "walt@example.com", "--to", f"{ADDRESS},nobody@forum.test", "--data", "-"],
            input=mail(subject), capture_output=True, timeout=60,
        ).stdout.decode(errors="replace")

    for protocol, port in (("LMTP", forum.lmtp_port), ("ESMTP", forum.smtp_port)):
        said = swaks(protocol, port, f"A question for two by {protocol}")
        assert said.count("550 5.1.1") == 1, said
        assert said.count("250 2.0.0 Posted") == 1, said
        wait_for(lambda: topics(forum, f"A question for two by {protocol}"), 10, "the topic")
    raw = owner.sql(
        "SELECT trace FROM incoming_emails WHERE created_via = 'smtp' ORDER BY id DESC LIMIT 1"
    )
    trace = "\n".join(line[0] for line in raw)
    assert "Return-Path: <walt@example.com>" in trace
    assert "by 127.0.0.1 with ESMTP" in trace
    assert f"for <{ADDRESS}>;" in trace


def test_a_mail_in_circles_is_refused(forum):
    hop = b"Received: from a.example by b.example; Mon, 23 Nov 2026 10:00:00 +0000\r\n"
    with smtplib.SMTP("127.0.0.1", forum.smtp_port, timeout=60) as session:
        assert send(session, hop * 101 + mail("A mail in circles")) == 554


class MailReceiver:
    """The requests of the container discourse/mail-receiver, header by header."""

    def __init__(self, forum, key):
        self.url = forum.url
        self.headers = {
            "Accept": "*/*",
            "User-Agent": "Discourse Mail Receiver",
            "Api-Username": "system",
            "Api-Key": key,
        }

    def receive(self, raw, field="email_encoded"):
        value = base64.b64encode(raw).decode() if field == "email_encoded" else raw
        return requests.post(
            f"{self.url}/admin/email/handle_mail",
            data={field: value},
            headers=self.headers | {"Content-Type": "application/x-www-form-urlencoded"},
            timeout=60,
        )

    def fast_rejection(self, sender, recipient):
        return requests.get(
            f"{self.url}/admin/email/smtp_should_reject.json",
            params={"from": sender, "to": recipient},
            headers=self.headers,
            timeout=60,
        )


def test_the_mail_receiver_of_discourse_works(owner, forum):
    made = forum.request(
        "POST",
        "/admin/api/keys.json",
        json={
            "key": {
                "description": "mail receiver",
                "scope_mode": "granular",
                "scopes": [{"scope_id": "email:receive_emails"}],
            }
        },
    )
    assert made.ok, made.text
    receiver = MailReceiver(forum, made.json()["key"]["key"])
    # Postfix gives the mail with the line ends of Unix.
    for field, title in (("email_encoded", "In Base64"), ("email", "As it is")):
        raw = mail(f"A question that is handed in {title}").replace(b"\r\n", b"\n")
        for _ in range(2):
            answer = receiver.receive(raw, field)
            assert answer.ok, answer.text
            assert "email has been received and is queued for processing" in answer.text
        found = topics(forum, f"A question that is handed in {title}")
        assert len(found) == 1
        assert "Grüße" in forum.posts(found[0]["id"])[0]["raw"]
    # What is refused is taken all the same: the receiver would try for ever.
    assert receiver.receive(mail("From nobody we know", "nobody@example.net")).status_code == 200
    assert receiver.fast_rejection("walt@example.com", ADDRESS).json() == {"reject": False}
    refused = receiver.fast_rejection("walt@example.com", "nobody@forum.test").json()
    assert refused["reject"] is True
    assert refused["reason"].startswith("Mail to this e-mail address is not accepted.")
    owner.run("settings", "set", "enable_staged_users", "false")
    unknown = lambda: receiver.fast_rejection("x@example.net", ADDRESS).json()
    wait_for(lambda: unknown()["reject"], 20, "strangers being refused")
    assert unknown()["reason"].startswith("Mail from your address is not accepted.")
    assert receiver.fast_rejection("walt@example.com", ADDRESS).json() == {"reject": False}
    # The key opens nothing else.
    for path in ("/admin/users.json", "/admin/email/received.json", "/site_settings.json"):
        assert requests.get(f"{forum.url}{path}", headers=receiver.headers, timeout=30).status_code in (403, 404)
    answer = requests.get(
        f"{forum.url}/admin/email/smtp_should_reject.json",
        params={"from": "a@b.example"}, headers=receiver.headers, timeout=30,
    )
    assert answer.status_code == 400
    answer = requests.post(
        f"{forum.url}/admin/email/handle_mail", headers=receiver.headers, timeout=30
    )
    assert answer.status_code == 400
