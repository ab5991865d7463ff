"""A running forum: its process, its doors, and the people who use it."""

import atexit
import email
import email.policy
import functools
import os
import pathlib
import shutil
import signal
import smtplib
import subprocess
import tempfile
import threading
import time

import pydiscourse
import requests
from aiosmtpd.controller import Controller
from waiting import free_port, wait_for

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = pathlib.Path(os.environ.get("PARLEY_BIN_DIR", ROOT / ".build" / "debug")).resolve()
CORPUS = ROOT.parent / "shared" / "corpus"
FIXTURES = pathlib.Path(__file__).parent / "fixtures"
REPLY_DOMAIN = "forum.test"


class MailSink:
    """A relay that keeps what it is given."""

    def __init__(self):
        self._lock = threading.Lock()
        self._mails = []
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def start(self):
        self._controller.start()

    def stop(self):
        self._controller.stop()

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        # As it came over the wire: a signature covers every byte of it.
        message.original = envelope.original_content
        with self._lock:
            self._mails.append((list(envelope.rcpt_tos), message))
        return "250 2.0.0 kept"

    def mails(self, to=None):
        with self._lock:
            return [mail for recipients, mail in self._mails if to is None or to in recipients]

    def wait(self, to, matching=lambda mail: True, seconds=30):
        found = lambda: [mail for mail in self.mails(to) if matching(mail)]
        return wait_for(found, seconds, f"a mail to {to}")[0]


# Settings for a test that does not wait.
HURRIED = {
    "rate_limit_create_topic": 0,
    "rate_limit_create_post": 0,
    "rate_limit_new_user_create_topic": 0,
    "rate_limit_new_user_create_post": 0,
    "max_topics_in_first_day": 0,
    "max_replies_in_first_day": 0,
    "max_topics_per_day": 0,
    "email_time_window_mins": 0,
}


class Forum:
    """One `parleyd serve` on a data directory of its own."""

    def __init__(self, relay_port=None, database_url=None, settings=None, variables=None):
        # The private database runs as another user, who has to get in here.
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="parley-e2e-"))
        self.directory.chmod(0o755)
        self.data = self.directory / "var"
        self.database_url = database_url
        self.port = free_port()
        self.lmtp_port = free_port()
        self.relay_port = relay_port
        self.settings = settings or {}
        self.variables = variables or {}
        self.process = None
        self.key = None

    # The process

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self):
        return (self.directory / "log").read_text(errors="replace")

    def environment(self):
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")
        }
        clean["PARLEY_LMTP_LISTEN"] = f"127.0.0.1:{self.lmtp_port}"
        clean["PARLEY_MAIL_FROM"] = f"forum@{REPLY_DOMAIN}"
        clean["PARLEY_REPLY_ADDRESS"] = f"reply+%{{reply_key}}@{REPLY_DOMAIN}"
        clean["PARLEY_BASE_URL"] = self.url
        clean["PARLEY_DATA_DIR"] = str(self.data)
        if self.database_url:
            clean["PARLEY_DATABASE_URL"] = self.database_url
        if self.relay_port:
            clean["PARLEY_SMTP_URL"] = f"smtp://127.0.0.1:{self.relay_port}?tls=none"
        return clean | self.variables

    def start(self, *arguments):
        log = open(self.directory / "log", "ab")
        self.process = subprocess.Popen(
            [PROGRAMS / "parleyd", "serve", "--listen", f"127.0.0.1:{self.port}", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=self.environment(),
            cwd=self.directory,
        )
        log.close()
        wait_for(self._is_up, 60, "parleyd listening")
        return self

    def _is_up(self):
        if self.process.poll() is not None:
            raise AssertionError(f"parleyd ended with {self.process.returncode}:\n{self.log}")
        try:
            return requests.get(f"{self.url}/site/basic-info.json", timeout=5).ok
        except requests.ConnectionError:
            return False

    def prepare(self):
        """Starts with what every story needs: settings for a hurried test, and a key."""
        if self.database_url:
            return self.start_with(HURRIED | self.settings)
        made = hurried_forum()
        # With owners and modes, beside what a story has put there.
        subprocess.run(["cp", "-a", f"{made.data}/.", self.data], check=True)
        self.key = made.key
        return self.start_with(self.settings)

    def start_with(self, settings):
        self.start()
        for name, value in settings.items():
            self.run("settings", "set", name, str(value))
        if settings:
            # Settings changed by another process are read every few seconds.
            self.stop()
            self.start()
        if not self.key:
            self.key = self.run("api-key", "create", "--description", "end to end").stdout.strip()
        return self

    def kill(self, with_database=False):
        """What a power cut does to parleyd; its database lives on unless it is cut off, too."""
        self.process.kill()
        if with_database and (postmaster := self.postmaster()):
            os.kill(postmaster, signal.SIGKILL)
        self.process.wait(20)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
                raise AssertionError(f"parleyd did not end on SIGTERM:\n{self.log}") from None

    def end(self):
        """Stops everything and removes its files."""
        try:
            self.stop()
        finally:
            if not self.database_url and (pid := self.postmaster()):
                os.kill(pid, signal.SIGQUIT)
                wait_for(lambda: not self.postmaster(), 20, "PostgreSQL ending")
            shutil.rmtree(self.directory, ignore_errors=True)

    def run(self, *arguments, check=True, input=None, timeout=120):
        """Another `parleyd` command beside the server."""
        done = subprocess.run(
            [PROGRAMS / "parleyd", *map(str, arguments)],
            capture_output=True,
            text=not isinstance(input, bytes),
            input=input,
            env=self.environment(),
            cwd=self.directory,
            timeout=timeout,
        )
        if check:
            assert done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}"
        return done

    # The database

    def postmaster(self):
        """The process number of the private PostgreSQL, if it runs."""
        for file in self.data.rglob("postmaster.pid"):
            pid = int(file.read_text().split()[0])
            try:
                state = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
            except FileNotFoundError:
                continue
            if state != "Z":
                return pid
        return None

    def connection(self):
        """How another program reaches the private PostgreSQL."""
        sockets = next(self.data.rglob(".s.PGSQL.5432")).parent
        return f"host={sockets} port=5432 user=parley dbname=parley"

    def sql(self, statement):
        psql = ["psql", "-X", "-A", "-t", "-d", self.connection(), "-c", statement]
        done = subprocess.run(psql, capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
        return [line.split("|") for line in done.stdout.splitlines()]

    def dump(self):
        """All of the private database, as a backup or a thief would have it."""
        command = ["pg_dump", "--inserts", "-d", self.connection()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    # The API

    def client(self, username="system"):
        """The forum as a library for Discourse sees it."""
        return pydiscourse.DiscourseClient(
            self.url, api_username=username, api_key=self.key, timeout=30
        )

    def request(self, method, path, username="system", **arguments):
        headers = arguments.pop("headers", {})
        if username:
            headers = {"Api-Key": self.key, "Api-Username": username, **headers}
        return requests.request(
            method, self.url + path, headers=headers, timeout=30, **arguments
        )

    def add_user(self, username, **fields):
        """A member who may log in and whose address is known to be theirs."""
        answer = self.request(
            "POST",
            "/users.json",
            json={
                "username": username,
                "name": username.capitalize(),
                "email": f"{username}@example.com",
                "password": f"the password of {username}",
                "active": True,
                "approved": True,
                **fields,
            },
        )
        body = answer.json()
        assert answer.ok and body["success"] and body["active"], body
        return f"{username}@example.com"

    def posts(self, topic_id, username="system"):
        """All posts of a topic, as somebody sees them, with what was written."""
        topic = self.request("GET", f"/t/{topic_id}.json?include_raw=1", username).json()
        have = {post["id"]: post for post in topic["post_stream"]["posts"]}
        missing = [number for number in topic["post_stream"]["stream"] if number not in have]
        for start in range(0, len(missing), 100):
            more = self.request(
                "GET",
                f"/t/{topic_id}/posts.json?include_raw=1",
                username,
                params=[("post_ids[]", number) for number in missing[start : start + 100]],
            ).json()
            have |= {post["id"]: post for post in more["post_stream"]["posts"]}
        return [have[number] for number in topic["post_stream"]["stream"]]

    # The mailbox

    def deliver(self, mail, recipient, sender=None):
        """Hands a mail in by LMTP; the reply is (code, text)."""
        data = mail if isinstance(mail, bytes) else mail.as_bytes(policy=email.policy.SMTP)
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as session:
            session.ehlo_or_helo_if_needed()
            code, text = session.mail(sender or "somebody@example.com")
            if code != 250:
                raise smtplib.SMTPResponseException(code, text)
            code, text = session.rcpt(recipient)
            if code != 250:
                return code, text.decode()
            code, text = session.data(data)
            return code, text.decode()


@functools.cache
def hurried_forum():
    """A stopped forum whose files are what each story begins with."""
    forum = Forum()
    atexit.register(forum.end)
    forum.start_with(HURRIED)
    forum.stop()
    wait_for(lambda: not forum.postmaster(), 20, "PostgreSQL ending")
    return forum
