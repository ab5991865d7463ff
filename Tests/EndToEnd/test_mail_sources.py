"""Mail is collected: from dovecot by IMAP and POP3, with and without TLS, and from a Maildir."""

import json
import os
import subprocess
import urllib.parse

import mailing
import pytest
from dovecot import PASSWORD, Dovecot
from forum import PROGRAMS, wait_for
from mailing import ADDRESS, forum_that_takes_mail, make_certificate, topics

# Mailbox, scheme, port, options, and what is left of a mail that was taken: folder, search, count.
SOURCES = {
    "implicit": ("imaps", "imaps", "", ("INBOX", "ALL", 0)),
    "starttls": ("imap", "imap", "&tls=required&then=seen", ("INBOX", "SEEN", 1)),
    "plain": ("imap", "imap", "&tls=none&then=move:Done", ("Done", "ALL", 1)),
    "popper": ("pop3s", "pop3s", "", ("INBOX", "ALL", 0)),
    # Asked so seldom that only the server's own word is in time.
    "watched": ("imaps", "imaps", "&every=3600", ("INBOX", "ALL", 0)),
    "keeper": ("pop3", "pop3", "&tls=required&then=keep", ("INBOX", "ALL", 1)),
}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def dovecot(certificate):
    dovecot = Dovecot(*certificate, mailboxes=SOURCES)
    try:
        yield dovecot.start()
    finally:
        print(dovecot.log[-2000:])
        dovecot.end()


@pytest.fixture(scope="module")
def maildir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("maildir")
    for part in ("new", "cur", "tmp"):
        (folder / part).mkdir()
    return folder


def urls(dovecot, certificate, password=PASSWORD):
    secret = urllib.parse.quote(password, safe="")
    for name, (scheme, port, options, _) in SOURCES.items():
        every = "" if "every=" in options else "&every=1"
        yield (
            f"{scheme}://{name}:{secret}@localhost:{dovecot.ports[port]}"
            f"?ca={certificate[0]}{every}{options}"
        )


@pytest.fixture(scope="module")
def forum(sink, dovecot, certificate, maildir):
    sources = [*urls(dovecot, certificate), f"maildir:{maildir}"]
    with forum_that_takes_mail(sink, PARLEY_MAIL_SOURCES=" ".join(sources)) as forum:
        yield forum


def mail(subject, recipient=ADDRESS):
    """As a mailbox has it: delivered to somebody it was not written to, with lines that POP3 stuffs."""
    return mailing.mail(
        subject, to="somebody@example.org", more="..\n.\n", Delivered_To=recipient
    )


def sources(forum, *arguments, **variables):
    done = subprocess.run(
        [PROGRAMS / "parleyd", "mail", "sources", "--json", *arguments],
        capture_output=True, text=True, timeout=60, cwd=forum.directory,
        env={**forum.environment(), **variables},
    )
    return done.returncode, {source["name"]: source for source in json.loads(done.stdout)}


def test_every_way_takes_a_mail_once_and_puts_it_away(forum, dovecot):
    for name in SOURCES:
        dovecot.deliver(name, mail(f"A question that came by {name}"))
    for name, (_, _, _, (folder, criterion, count)) in SOURCES.items():
        title = f"A question that came by {name}"
        wait_for(lambda: topics(forum, title), 30, title)
        wait_for(
            lambda: dovecot.count(name, folder, criterion) == count, 20, f"{name} put away"
        )
    # More rounds take nothing again.
    before = forum.sql("SELECT max(tried_at) FROM mail_sources WHERE name LIKE 'pop3:%'")
    wait_for(
        lambda: forum.sql("SELECT max(tried_at) FROM mail_sources WHERE name LIKE 'pop3:%'")
        > before,
        20,
        "another round",
    )
    assert forum.sql("SELECT count(*), count(DISTINCT message_id) FROM incoming_emails") == [
        [str(len(SOURCES))] * 2
    ]
    assert all(len(topics(forum, f"A question that came by {name}")) == 1 for name in SOURCES)
    code, known = sources(forum, "--test")
    assert code == 0, known
    assert len(known) == len(SOURCES) + 1
    assert all(source["reachable"] and not source.get("error") for source in known.values())
    assert sum(source["taken"] for source in known.values()) == len(SOURCES)
    assert not any(PASSWORD in name for name in known)
    assert PASSWORD not in forum.log


def test_a_maildir_is_watched_and_what_is_refused_does_not_stay(forum, maildir, sink):
    refused = mail("To nobody at all", "nobody@forum.test").as_bytes()
    question = mail("A question out of a Maildir").as_bytes()
    for number, data in enumerate((refused, question)):
        (maildir / "tmp" / f"1{number}.host").write_bytes(data)
        (maildir / "tmp" / f"1{number}.host").rename(maildir / "new" / f"1{number}.host")
    wait_for(lambda: topics(forum, "A question out of a Maildir"), 30, "the topic")
    wait_for(lambda: not os.listdir(maildir / "new"), 20, "an empty folder")
    assert sorted(os.listdir(maildir / "cur")) == ["10.host:2,S", "11.host:2,S"]
    told = sink.wait("walt@example.com", lambda mail: "Email issue" in mail["Subject"])
    assert "To nobody at all" in told.get_body(("plain",)).get_content()


def test_a_server_that_is_away_is_told_once_and_asked_again(forum, dovecot):
    dovecot.stop()
    failing = lambda: len(
        [source for source in sources(forum)[1].values() if source.get("failing_since")]
    )
    wait_for(lambda: failing() == len(SOURCES) - 1, 30, "every server failing that is asked")
    assert forum.log.count("mail cannot be collected") <= 2 * len(SOURCES)
    assert sources(forum, "--test")[0] == 1
    dovecot.start()
    for name in ("popper", "watched"):
        title = f"A question after the pause, by {name}"
        dovecot.deliver(name, mail(title))
        wait_for(lambda: topics(forum, title), 30, title)
    wait_for(lambda: failing() == 0, 30, "every server working")


def test_the_doctor_names_what_cannot_be_reached_and_no_password(forum, dovecot, certificate):
    wrong = " ".join(urls(dovecot, certificate, "hunter2"))
    # Without the authority, TLS is refused before a password is said.
    trustless = f"imaps://implicit:hunter2@localhost:{dovecot.ports['imaps']}"
    done = subprocess.run(
        [PROGRAMS / "parleyd", "doctor", "--json"],
        capture_output=True, text=True, timeout=60, cwd=forum.directory,
        env={**forum.environment(), "PARLEY_MAIL_SOURCES": f"{wrong} {trustless}?folder=Other"},
    )
    found = [c for c in json.loads(done.stdout)["checks"] if c["name"] == "mail source"]
    assert [check["status"] for check in found] == ["failed"] * (len(SOURCES) + 1), found
    assert "let us in" in found[0]["message"]
    assert "TLS" in found[-1]["message"]
    assert "hunter2" not in done.stdout + done.stderr
    code = subprocess.run(
        [PROGRAMS / "parleyd", "mail", "sources"],
        capture_output=True, text=True, timeout=60, cwd=forum.directory,
        env={**forum.environment(), "PARLEY_MAIL_SOURCES": "imap://a:hunter2@h?then=burn"},
    )
    assert code.returncode != 0
    assert "then= is delete, seen or move:FOLDER" in code.stderr
    assert "hunter2" not in code.stderr
