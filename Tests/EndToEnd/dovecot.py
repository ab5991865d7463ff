"""Debian's dovecot on a configuration of its own: mailboxes by IMAP and POP3, with and without TLS."""

import email.policy
import getpass
import grp
import imaplib
import itertools
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
import time

from forum import free_port, wait_for

PASSWORD = "s e;c%r@t"

MAIN = """
base_dir = {directory}/run
state_dir = {directory}/state
log_path = {directory}/log
protocols = imap pop3
listen = 127.0.0.1
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = no
{users}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{directory}/mail/%u
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {directory}/passwd
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={directory}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = {pop3}
  }}
  inet_listener pop3s {{
    port = {pop3s}
    ssl = yes
  }}
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
protocol pop3 {{
  pop3_uidl_format = %08Xu%08Xv
}}
"""


class Dovecot:
    """A server of mailboxes; each of `mailboxes` has the same password."""

    def __init__(self, certificate, key, mailboxes):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="parley-dovecot-"))
        self.directory.chmod(0o755)
        self.ports = {name: free_port() for name in ("imap", "imaps", "pop3", "pop3s")}
        self.process = None
        self._number = itertools.count(1)
        # As root, dovecot wants users of its own for what strangers talk to; otherwise there is one.
        is_root = os.geteuid() == 0
        self.user = pwd.getpwnam("nobody") if is_root else pwd.getpwuid(os.geteuid())
        group = grp.getgrgid(self.user.pw_gid).gr_name
        me = getpass.getuser()
        users = (
            ""
            if is_root
            else f"default_internal_user = {me}\ndefault_internal_group = {group}\ndefault_login_user = {me}"
        )
        main = MAIN.format(
            directory=self.directory, certificate=certificate, key=key, users=users,
            user=self.user.pw_name, group=group, **self.ports,
        )
        (self.directory / "dovecot.conf").write_text(main)
        passwords = "".join(f"{name}:{{PLAIN}}{PASSWORD}\n" for name in mailboxes)
        (self.directory / "passwd").write_text(passwords)
        for name in mailboxes:
            self._folder(f"mail/{name}")
            for part in ("new", "cur", "tmp"):
                self._folder(f"mail/{name}/{part}")

    def _folder(self, name):
        folder = self.directory / name
        folder.mkdir(parents=True, exist_ok=True)
        self._give(folder)

    def _give(self, path):
        if os.geteuid() == 0:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    @property
    def log(self):
        file = self.directory / "log"
        return file.read_text(errors="replace") if file.exists() else ""

    def start(self):
        self.process = subprocess.Popen(
            ["dovecot", "-F", "-c", self.directory / "dovecot.conf"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=open(self.directory / "errors", "ab"),
        )
        wait_for(self._is_up, 20, "dovecot listening")
        return self

    def _is_up(self):
        errors = (self.directory / "errors").read_text(errors="replace")
        assert self.process.poll() is None, errors + self.log
        try:
            with imaplib.IMAP4("127.0.0.1", self.ports["imap"], timeout=5):
                return True
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait(20)

    def end(self):
        try:
            if self.process and self.process.poll() is None:
                self.stop()
        finally:
            shutil.rmtree(self.directory, ignore_errors=True)

    def deliver(self, mailbox, mail):
        """Puts a mail into a mailbox, as an MTA would."""
        data = mail if isinstance(mail, bytes) else mail.as_bytes(policy=email.policy.SMTP)
        name = f"{int(time.time())}.{next(self._number):06}.test"
        temporary = self.directory / "mail" / mailbox / "tmp" / name
        temporary.write_bytes(data)
        self._give(temporary)
        temporary.rename(self.directory / "mail" / mailbox / "new" / name)

    def open(self, mailbox):
        session = imaplib.IMAP4("127.0.0.1", self.ports["imap"], timeout=20)
        session.login(mailbox, PASSWORD)
        return session

    def count(self, mailbox, folder="INBOX", criterion="ALL"):
        """How many mails a folder has that fit a search; nothing where there is no folder."""
        with self.open(mailbox) as session:
            if session.select(folder, readonly=True)[0] != "OK":
                return 0
            return len(session.search(None, criterion)[1][0].split())
