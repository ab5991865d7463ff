#!/usr/bin/env python3
"""Measures mail: taken in, read, and sent, each beside a program that does a part of it.

Mails come in by LMTP from Postfix's smtp-source and are topics, stored, trimmed, cooked and committed,
when they are acknowledged; beside it the same source fills a bare queue of Postfix. A mailbox is read,
trimmed and turned into Markdown by a dry run of the import; beside it GMime and Python's email read the
same mails. A queue of notices is written and sent into smtp-sink; beside it Postfix sends as many ready mails
into the same sink. Everything talks to 127.0.0.1, is bounded, and ends by itself.
"""

import base64
import email
import email.policy
import os
import pathlib
import quopri
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from bench import AUTHORS, PROGRAMS, ROUNDS, WORDS, Forum, free_port, keep, wait_for
from postfix import Postfix

INCOMING = int(os.environ.get("BENCH_MAILS_IN", 3000))
READ = int(os.environ.get("BENCH_MAILS_READ", 5000))
READERS = int(os.environ.get("BENCH_MAIL_READERS", 50))
POSTS = int(os.environ.get("BENCH_MAIL_POSTS", 60))
SESSIONS = 16
# One mail of a list is about so long, in bytes.
LENGTH = 2000
READING = "mail read, trimmed, as Markdown (of one processor)"
ADDRESS = "bench@forum.test"
WRITER = "writer@example.com"


class MailForum(Forum):
    """A forum with a door for mail and, when it is told so, a relay."""

    def __init__(self, folder):
        super().__init__(folder)
        self.lmtp_port = free_port()
        self.environment |= {
            "PARLEY_LMTP_LISTEN": f"127.0.0.1:{self.lmtp_port}",
            "PARLEY_MAIL_FROM": "forum@forum.test",
            "PARLEY_REPLY_ADDRESS": "reply+%{reply_key}@forum.test",
            "PARLEY_BASE_URL": self.url,
        }

    def send_to(self, port):
        self.environment["PARLEY_SMTP_URL"] = f"smtp://127.0.0.1:{port}?tls=none"

    def count(self, query):
        return int(self.sql(query)[0])


QUEUE = """
myhostname = mx.bench.test
relay_transport = smtp:[127.0.0.1]:{sink}
default_process_limit = 100
smtpd_client_connection_count_limit = 0
in_flow_delay = 0
"""


class Queue(Postfix):
    """Postfix's queue alone: it takes mail, and what is in it goes out when it is told so."""

    def __init__(self, sink_port):
        super().__init__(QUEUE.format(sink=sink_port))

    def hold(self, isHeld):
        """Whether mails wait in the queue."""
        self.command("postconf", "-e", f"defer_transports = {'smtp' if isHeld else ''}")
        self.command("postfix", "reload")

    def queued(self):
        places = (self.directory / "queue" / name for name in ("incoming", "active", "deferred"))
        return sum(1 for place in places for file in place.rglob("*") if file.is_file())

    def empty(self):
        self.command("postsuper", "-d", "ALL")


def source(count, port, *options):
    """Seconds that smtp-source takes to hand so many mails over."""
    command = ["smtp-source", "-s", str(SESSIONS), "-l", str(LENGTH), "-m", str(count), "-d"]
    command += ["-f", WRITER, "-t", ADDRESS, *options, f"127.0.0.1:{port}"]
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode:
        sys.exit(f"smtp-source: {done.stderr}")
    return time.monotonic() - began


def measure_incoming(forum, postfix):
    """Mails a second: into topics, and into a queue."""
    taken, queued = [], []
    for _ in range(ROUNDS):
        before = forum.count("SELECT count(*) FROM posts")
        taken.append(INCOMING / source(INCOMING, forum.lmtp_port, "-L"))
        added = forum.count("SELECT count(*) FROM posts") - before
        if added != INCOMING:
            rejected = forum.sql(
                "SELECT error, count(*) FROM incoming_emails WHERE error IS NOT NULL GROUP BY 1"
            )
            sys.exit(f"{INCOMING} mails made {added} posts: {rejected}")
        queued.append(INCOMING / source(INCOMING, postfix.port))
        postfix.empty()
    return taken, queued


def mails():
    """Mails as lists have them: quotes to trim, HTML beside text, old charsets, files."""
    chance = random.Random(5322)

    def text(words):
        return " ".join(chance.choice(WORDS) for _ in range(words))

    def lines(count, mark=""):
        return "".join(f"{mark}{text(10)}\n" for _ in range(count))

    for number in range(READ):
        author = f"author{chance.randrange(AUTHORS)}"
        date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(1.7e9 + number * 60))
        head = (
            f"From: {author} <{author}@list.test>\nTo: list@list.test\nSubject: Re: {text(5)}\n"
            f"Message-ID: <{number}@list.test>\nIn-Reply-To: <{number - 1}@list.test>\n"
            f"Date: {date}\nReceived: from a.test by b.test; {date}\nMIME-Version: 1.0\n"
        )
        body = f"{lines(6)}\nOn Monday somebody wrote:\n{lines(12, '> ')}\n-- \n{author}\n"
        html = f"<p>{lines(6)}</p><blockquote type=cite>{lines(12)}</blockquote>"
        kind = number % 4
        if kind == 0:
            yield f"{head}Content-Type: text/plain; charset=utf-8\n\n{body}"
        elif kind == 1:
            quoted = quopri.encodestring(f"Grüße! {body}".encode("latin-1")).decode("ascii")
            yield (
                f"{head}Content-Type: text/plain; charset=iso-8859-1\n"
                f"Content-Transfer-Encoding: quoted-printable\n\n{quoted}"
            )
        elif kind == 2:
            yield (
                f'{head}Content-Type: multipart/alternative; boundary="=b"\n\n--=b\n'
                f"Content-Type: text/plain; charset=utf-8\n\n{body}\n--=b\n"
                f"Content-Type: text/html; charset=utf-8\n\n{html}\n--=b--\n"
            )
        else:
            file = base64.encodebytes(chance.randbytes(3000)).decode("ascii")
            yield (
                f'{head}Content-Type: multipart/mixed; boundary="=b"\n\n--=b\n'
                f"Content-Type: text/plain; charset=utf-8\n\n{body}\n--=b\n"
                f"Content-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment\n"
                f"Content-Transfer-Encoding: base64\n\n{file}\n--=b--\n"
            )


def children_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def read_by_parley(forum, archive):
    """Processor seconds of a dry run."""
    before = children_seconds()
    forum.run("import", "mbox", str(archive), "--category", "general", "--dry-run")
    return children_seconds() - before


def build_gmime(folder):
    """The reader in C, built with what Debian has of GMime."""
    flags = subprocess.run(
        ["pkg-config", "--cflags", "--libs", "gmime-3.0"], capture_output=True, text=True, check=True,
    ).stdout.split()
    program = folder / "gmime"
    source_file = pathlib.Path(__file__).with_name("gmime.c")
    subprocess.run(["cc", "-O2", "-o", program, source_file, *flags], check=True)
    return program


def read_by_gmime(program, archive, count):
    """Processor seconds to parse the mails and decode the text of each."""
    before = children_seconds()
    done = subprocess.run([program, archive], capture_output=True, text=True, check=True)
    if int(done.stdout) != count:
        sys.exit(f"GMime read {done.stdout.strip()} mails instead of {count}")
    return children_seconds() - before


def read_by_python(texts):
    """Processor seconds to parse the mails and decode the text of each."""
    began = time.process_time()
    for text in texts:
        message = email.message_from_bytes(text, policy=email.policy.default)
        message.get_body(("plain", "html")).get_content()
        for file in message.iter_attachments():
            file.get_content()
    return time.process_time() - began


def measure_reading(forum):
    """Mails for each second of a processor: read, trimmed and converted, and only read."""
    texts = [text.encode() for text in mails()]
    archive = forum.folder / "read.mbox"
    archive.write_bytes(
        b"".join(b"From a@list.test Mon Jan  1 00:00:00 2024\n%s\n" % text for text in texts)
    )
    one = forum.folder / "one.mbox"
    one.write_bytes(b"From a@list.test Mon Jan  1 00:00:00 2024\n%s\n" % texts[0])
    gmime = build_gmime(forum.folder)
    ours, by_gmime, by_python = [], [], []
    for _ in range(ROUNDS):
        # A program's start is not its reading.
        start = read_by_parley(forum, one)
        ours.append(READ / max(read_by_parley(forum, archive) - start, 0.001))
        start = read_by_gmime(gmime, one, 1)
        by_gmime.append(READ / max(read_by_gmime(gmime, archive, READ) - start, 0.001))
        by_python.append(READ / read_by_python(texts))
    return ours, by_gmime, by_python


def start_sink(port, *options):
    user = ["-u", "nobody"] if os.getuid() == 0 else []
    sink = subprocess.Popen(
        ["smtp-sink", *user, *options, f"127.0.0.1:{port}", "500"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    wait_for(lambda: not is_free(port), 20, "smtp-sink listening")
    return sink


def queue_notices(forum, headers):
    """Queues a notice for each reader of each post; nothing sends them yet."""
    for number in range(READERS):
        name = f"reader{number}"
        forum.post(
            "/users.json",
            {"username": name, "email": f"{name}@forum.test", "password": f"password of {name}",
             "active": True, "approved": True},
            headers,
        )
    forum.sql(
        "INSERT INTO category_users (category_id, user_id, notification_level) "
        "SELECT 4, id, 3 FROM users WHERE username LIKE 'reader%'"
    )
    for number in range(POSTS):
        raw = f"Post {number}: " + " ".join(WORDS[:40]) + "."
        body = {"title": f"A topic to be told of, number {number}", "raw": raw, "category": 4}
        forum.post("/posts.json", body, headers)
    queued = "SELECT count(*) FROM outgoing_emails WHERE state = 'queued'"
    wait_for(lambda: forum.count(queued) >= READERS * POSTS, 120, "all notices queued")
    forum.sql("UPDATE outgoing_emails SET next_attempt_at = now() WHERE state = 'queued'")


def measure_outgoing(forum, postfix, sink_port, headers):
    """Mails a second: written, signed as configured and sent; and sent as they lie."""
    total = READERS * POSTS
    queue_notices(forum, headers)
    forum.stop()
    sink = start_sink(sink_port)
    forum.send_to(sink_port)
    forum.start()
    sent = "SELECT count(*) FROM outgoing_emails WHERE state = 'sent'"
    wait_for(lambda: forum.count(sent) >= total, 120, "all notices sent")
    sink.kill()
    sink.wait()
    ours = float(
        forum.sql(
            "SELECT count(*) / extract(epoch FROM max(finished_at) - min(finished_at)) "
            "FROM outgoing_emails WHERE state = 'sent'"
        )[0]
    )
    postfix.hold(True)
    source(total, postfix.port)
    wait_for(lambda: postfix.queued() >= total, 60, "all mails in Postfix's queue")
    postfix.hold(False)
    # It ends after so many mails.
    sink = start_sink(sink_port, "-M", str(total))
    began = time.monotonic()
    postfix.command("postqueue", "-f")
    sink.wait(120)
    return ours, total / (time.monotonic() - began)


def is_free(port):
    with open("/proc/net/tcp") as table:
        return f":{port:04X} 00000000:0000 0A" not in table.read()


def prepare(forum):
    forum.start()
    for name, value in {
        "rate_limit_create_post": 0, "rate_limit_create_topic": 0, "unique_posts_mins": 0,
        "rate_limit_new_user_create_post": 0, "rate_limit_new_user_create_topic": 0,
        "max_topics_in_first_day": 0, "max_topics_per_day": 0, "max_replies_in_first_day": 0,
        "max_incoming_emails_per_hour": 0, "max_emails_per_day_per_user": 10000,
        "email_time_window_mins": 0,
        "email_in": "true", "email_in_min_trust": 0,
    }.items():
        forum.run("settings", "set", name, str(value))
    key = forum.run("api-key", "create", "--description", "benchmark").strip()
    headers = {"Api-Key": key, "Api-Username": "system"}
    forum.post(
        "/users.json",
        {"username": "writer", "email": WRITER, "password": "password of writer",
         "active": True, "approved": True},
        headers,
    )
    forum.post("/categories.json", {"name": "Incoming", "email_in": ADDRESS}, headers)
    # Settings are read when it starts.
    forum.stop()
    forum.start()
    return headers


def table(rows):
    lines = [
        "| case | rate | beside it | its rate | ratio |",
        "|---|---|---|---|---|",
    ]
    for name, ours, peer, theirs in rows:
        lines.append(f"| {name} | {ours:,.0f}/s | {peer} | {theirs:,.0f}/s | {ours / theirs:.2f} |")
    lines.append("")
    lines.append(
        f"{INCOMING} mails of {LENGTH} bytes in {SESSIONS} sessions come in; {READ} are read; "
        f"{READERS * POSTS} go out; {ROUNDS} rounds, medians."
    )
    return "\n".join(lines)


def main():
    if not (PROGRAMS / "parleyd").is_file():
        sys.exit(f"{PROGRAMS / 'parleyd'} is missing: swift build -c release")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="parley-bench-"))
    # The private database and Postfix run as other users, who have to get in here.
    folder.chmod(0o755)
    sink_port = free_port()
    forum = MailForum(folder)
    postfix = Queue(sink_port)
    try:
        headers = prepare(forum)
        postfix.start()
        postfix.hold(True)
        incoming = measure_incoming(forum, postfix)
        reading = measure_reading(forum)
        outgoing = measure_outgoing(forum, postfix, sink_port, headers)
    finally:
        postfix.end()
        forum.stop()
        shutil.rmtree(folder, ignore_errors=True)
    middle = statistics.median
    report = table(
        [
            ("mail in by LMTP, posted", middle(incoming[0]), "Postfix, queued", middle(incoming[1])),
            (READING, middle(reading[0]), "GMime (C), read only", middle(reading[1])),
            (READING, middle(reading[0]), "Python's email, read only", middle(reading[2])),
            ("notice written and sent", outgoing[0], "Postfix, sent", outgoing[1]),
        ]
    )
    print(report)
    keep(report, "mail")


if __name__ == "__main__":
    main()
