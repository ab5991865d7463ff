"""The client in a terminal of 80 columns and 24 lines."""

import os
import shlex
import shutil
import subprocess
import tempfile

from forum import PROGRAMS, wait_for


class Terminal:
    """A tmux of its own, without anybody's configuration."""

    def __init__(self, command, columns=80, lines=24, environment=None):
        self.home = tempfile.mkdtemp(prefix="parley-tui-")
        self.socket = os.path.join(self.home, "tmux")
        words = ["env", "-u", "TMUX", f"HOME={self.home}", f"XDG_STATE_HOME={self.home}"]
        words += [f"{name}={value}" for name, value in (environment or {}).items()]
        words += [str(word) for word in command]
        # The shell says how the client ended, and stays so that it can be read: on a line of its own, also on
        # a terminal that a killed client left without returns.
        line = f"{shlex.join(words)}; printf '\\r\\nended with %s\\r\\n' $?; sleep 600"
        self._tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(lines), line
        )

    def _tmux(self, *arguments):
        done = subprocess.run(
            ["tmux", "-S", self.socket, *arguments], capture_output=True, text=True, timeout=20
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def screen(self):
        return self._tmux("capture-pane", "-p")

    def ask(self, format):
        """What tmux knows of the pane."""
        return self._tmux("display-message", "-p", format).strip()

    def resize(self, columns, lines):
        self._tmux("resize-window", "-x", str(columns), "-y", str(lines))

    def type(self, *keys):
        """Named keys (`Enter`) or text."""
        self._tmux("send-keys", *keys)

    def wait(self, text, seconds=20):
        try:
            wait_for(lambda: text in self.screen, seconds, f"“{text}” on the screen")
        except AssertionError as failure:
            raise AssertionError(f"{failure}\n{self.screen}") from None

    def end(self):
        self._tmux("kill-server")
        shutil.rmtree(self.home, ignore_errors=True)


def parley(*arguments, **options):
    return Terminal([PROGRAMS / "parley", *arguments], **options)
