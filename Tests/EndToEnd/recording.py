"""Programs in a pseudo-terminal, with every byte that they write to it."""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import tempfile
import termios
import time

from forum import PROGRAMS

# What the painter may write: the sequences of the terminal's own description, nothing else.
PAINTED = re.compile(
    rb"\x1b\[[0-9;]*[ABCDGHJKLMPSTXbdm@r]|\x1b\[[0-9;]*[hl]|\x1b\[\?[0-9;]*[hl]|\x1b\[2[23];[0-9;]*t"
    rb"|\x1b[()][B0]|\x1b[=>78M]|\x1b\[!p|[\x08\r\n\x0e\x0f]"
)
# A control, of ASCII or of the second block in UTF-8, or a mark that turns the direction of writing.
STEERING = re.compile(
    rb"[\x00-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xf3\xa0[\x80-\x81]."
)


class Recording:
    """A program in a terminal of its own home, its bytes kept."""

    def __init__(self, *arguments, size=(80, 24), environment=None, home=None):
        self.home = home or tempfile.mkdtemp(prefix="parley-tty-")
        self._own = home is None
        variables = {
            "PATH": os.environ["PATH"], "HOME": self.home, "LANG": "C.UTF-8",
            "TERM": "xterm-256color", **(environment or {}),
        }
        self.written = b""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            # Not before the terminal has its size.
            os.read(0, 1)
            command = [str(PROGRAMS / "parley"), *map(str, arguments)]
            os.execvpe(command[0], command, variables)
        self.settings = termios.tcgetattr(self.terminal)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        os.write(self.terminal, b"\n")
        self.status = None

    def _read(self, seconds):
        if not select.select([self.terminal], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.terminal, 1 << 16)
        except OSError:
            data = b""
        self.written += data
        return bool(data)

    def wait(self, text, seconds=20, since=0):
        """Reads until `text` was written; what stands still in the picture is not written again."""
        end = time.monotonic() + seconds
        while text.encode() not in self.written[since:]:
            left = end - time.monotonic()
            assert left > 0 and self._read(left), f"“{text}” was not written:\n{self.written[-3000:]}"

    def quiet(self, seconds=0.3):
        """Reads until nothing came for so long."""
        while self._read(seconds):
            pass

    def press(self, keys):
        """Presses keys one after the other, and lets each be painted."""
        for key in keys if isinstance(keys, list) else [keys]:
            os.write(self.terminal, key.encode())
            self.quiet(0.15)

    def signal(self, number):
        os.kill(self.pid, number)

    def ended(self, seconds=15):
        """Reads to the end; the status as a shell has it."""
        end = time.monotonic() + seconds
        while self.status is None and time.monotonic() < end:
            self._read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                self.status = 128 - code if code < 0 else code
        self.quiet(0.1)
        assert self.status is not None, f"it goes on:\n{self.written[-2000:]}"
        return self.status

    @property
    def is_restored(self):
        """The settings are as before, and every mode that was entered is left again."""
        if termios.tcgetattr(self.terminal)[:4] != self.settings[:4]:
            return False
        return not self.modes

    @property
    def modes(self):
        """Private modes that were set last and not reset, without those that are on by themselves."""
        state = {}
        for numbers, letter in re.findall(rb"\x1b\[\?([0-9;]+)([hl])", self.written):
            for number in numbers.split(b";"):
                state[int(number)] = letter == b"h"
        on_by_themselves = {7: True, 12: False, 25: True}
        return {
            number for number, is_set in state.items() if is_set != on_by_themselves.get(number, False)
        }

    @property
    def strange(self):
        """What was written and neither the painter nor plain text writes."""
        rest = PAINTED.sub(b"", self.written)
        return [found.group() for found in STEERING.finditer(rest)]

    def end(self):
        if self.status is None:
            try:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
            except (ProcessLookupError, ChildProcessError):
                pass
        os.close(self.terminal)
        if self._own:
            shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self.end()
