"""Debian's postfix on a configuration of its own: for the tests, and for the benchmarks."""

import pathlib
import re
import shutil
import smtplib
import subprocess
import tempfile

from waiting import free_port, wait_for

MAIN = """
compatibility_level = 3.6
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
queue_directory = {directory}/queue
data_directory = {directory}/data
maillog_file = {directory}/log
maillog_file_prefixes = {directory}
relay_domains = forum.test
"""

# As README's mail chapter has it.
FORUM = """
myhostname = mx.forum.test
minimal_backoff_time = 1s
queue_run_delay = 1s
transport_maps = inline:{{ forum.test=lmtp:inet:127.0.0.1:{lmtp} }}
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = reject_unverified_recipient
unverified_recipient_reject_code = 550
"""


class Postfix:
    """A mail server on a port of its own; `more` is the rest of its main.cf."""

    def __init__(self, more):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="parley-postfix-"))
        self.directory.chmod(0o755)
        self.port = free_port()
        self.is_started = False
        self.configuration = self.directory / "etc"
        self.configuration.mkdir()
        for name, owner in (("queue", None), ("data", "postfix")):
            folder = self.directory / name
            folder.mkdir()
            if owner:
                shutil.chown(folder, owner)
        (self.configuration / "main.cf").write_text(MAIN.format(directory=self.directory) + more)
        master = pathlib.Path("/usr/share/postfix/master.cf.dist").read_text()
        # No chroot; the service on a port of its own.
        master = re.sub(r"^smtp(\s+inet)", rf"127.0.0.1:{self.port}\1", master, flags=re.M)
        master = re.sub(r"^(\S+\s+\S+\s+\S+\s+\S+\s+)y(\s)", r"\1n\2", master, flags=re.M)
        if "postlog" not in master:
            master += "postlog unix-dgram n - n - 1 postlogd\n"
        (self.configuration / "master.cf").write_text(master)

    @property
    def log(self):
        file = self.directory / "log"
        return file.read_text(errors="replace") if file.exists() else ""

    def command(self, *arguments):
        done = subprocess.run(
            [*arguments[:1], "-c", self.configuration, *arguments[1:]],
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr + self.log
        return done.stdout

    def start(self):
        self.command("postfix", "start")
        self.is_started = True
        wait_for(self._is_up, 20, "postfix listening")
        return self

    def _is_up(self):
        try:
            with smtplib.SMTP("127.0.0.1", self.port, timeout=5):
                return True
        except OSError:
            return False

    def queue(self):
        return self.command("postqueue", "-j")

    def end(self):
        try:
            if self.is_started:
                self.command("postfix", "abort")
        finally:
            shutil.rmtree(self.directory, ignore_errors=True)


class ForumPostfix(Postfix):
    """Hands everything for forum.test on by LMTP."""

    def __init__(self, lmtp_port):
        super().__init__(FORUM.format(lmtp=lmtp_port))
