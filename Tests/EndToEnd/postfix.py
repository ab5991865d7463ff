"""Debian's postfix on a configuration of its own, as README's mail chapter has it."""

import pathlib
import re
import shutil
import smtplib
import subprocess
import tempfile

from forum import free_port, wait_for

MAIN = """
compatibility_level = 3.6
myhostname = mx.forum.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
queue_directory = {directory}/queue
data_directory = {directory}/data
maillog_file = {directory}/log
maillog_file_prefixes = {directory}
minimal_backoff_time = 1s
queue_run_delay = 1s
# What follows is README's.
relay_domains = forum.test
transport_maps = inline:{{ forum.test=lmtp:inet:127.0.0.1:{lmtp} }}
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = reject_unverified_recipient
unverified_recipient_reject_code = 550
"""


class Postfix:
    """A mail server that hands everything for forum.test on by LMTP."""

    def __init__(self, lmtp_port):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="parley-postfix-"))
        self.directory.chmod(0o755)
        self.port = free_port()
        self.configuration = self.directory / "etc"
        self.configuration.mkdir()
        for name, owner in (("queue", None), ("data", "postfix")):
            folder = self.directory / name
            folder.mkdir()
            if owner:
                shutil.chown(folder, owner)
        main = MAIN.format(directory=self.directory, lmtp=lmtp_port)
        (self.configuration / "main.cf").write_text(main)
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
            timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr + self.log
        return done.stdout

    def start(self):
        self.command("postfix", "start")
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
            self.command("postfix", "abort")
        finally:
            shutil.rmtree(self.directory, ignore_errors=True)
