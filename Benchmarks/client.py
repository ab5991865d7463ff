#!/usr/bin/env python3
"""Measures the terminal client on a topic of 10,000 posts, beside neomutt on the same 10,000 texts.

Both run in a pseudo-terminal of the same size; a key is sent, and what counts is the time until its last
byte has come. The programs take turns, so that whatever else the machine does falls on both alike.
Everything talks to 127.0.0.1, is bounded, and ends by itself.
"""

import fcntl
import os
import pathlib
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

import bench

POSTS = int(os.environ.get("BENCH_POSTS", 10_000))
STARTS = 25
KEYS = 120
SIZES = ((80, 24), (200, 60))
# Without a byte for so long, in seconds, the program has painted.
QUIET = 0.06


class Screen:
    """A program in a terminal."""

    def __init__(self, command, size, environment):
        self.began = time.monotonic()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.execvpe(command[0], [str(word) for word in command], environment)
        fcntl.ioctl(
            self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0)
        )

    def drain(self, quiet=QUIET, most=20):
        """Reads until nothing came for `quiet` seconds: times of the first and the last byte, bytes."""
        first, last, count = None, None, 0
        end = time.monotonic() + most
        while time.monotonic() < end:
            wait = quiet if first else most
            if not select.select([self.terminal], [], [], min(wait, end - time.monotonic()))[0]:
                break
            try:
                data = os.read(self.terminal, 1 << 16)
            except OSError:
                break
            if not data:
                break
            last = time.monotonic()
            first = first or last
            count += len(data)
        return first, last, count

    def press(self, key):
        """Milliseconds to the last byte, and bytes; nothing where nothing was painted."""
        sent = time.monotonic()
        os.write(self.terminal, key.encode())
        first, last, count = self.drain(most=1)
        return (1000 * (last - sent), count) if first else None

    def memory(self):
        """MiB in memory."""
        for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def write_topic(file):
    """One long topic, as the benchmark's list would write it."""
    words = bench.WORDS
    with open(file, "w", encoding="utf-8") as archive:
        for number in range(POSTS):
            author = f"author{number * 7 % bench.AUTHORS}"
            date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(1.7e9 + number * 60))
            archive.write(f"From {author}@list.test Mon Jan  1 00:00:00 2024\n")
            archive.write(f"From: {author} <{author}@list.test>\nDate: {date}\n")
            archive.write(f"Subject: {'Re: ' if number else ''}The long topic\n")
            archive.write(f"Message-ID: <{number}@list.test>\n")
            if number:
                archive.write("In-Reply-To: <0@list.test>\nReferences: <0@list.test>\n")
            text = " ".join(words[(number + at * 11) % len(words)] for at in range(60))
            archive.write(f"\n{text}.\n\nNumber {number + 1}, **{words[number % len(words)]}**.\n\n")


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


class Program:
    """What is measured of one of the two."""

    def __init__(self, name, command, opening, forward, environment):
        self.name = name
        self.command = command
        self.opening = opening
        self.forward = forward
        self.environment = environment

    def start(self, size):
        screen = Screen(self.command, size, self.environment)
        first, _, _ = screen.drain(quiet=0.3)
        return screen, 1000 * (first - screen.began)

    def starts(self):
        times = []
        for _ in range(STARTS):
            screen, milliseconds = self.start((80, 24))
            screen.end()
            times.append(milliseconds)
        return times

    def keys(self, size):
        screen, _ = self.start(size)
        for key in self.opening:
            screen.press(key)
            screen.drain(quiet=0.5, most=2)
        seen = [screen.press(self.forward) for _ in range(KEYS)]
        painted = [one for one in seen if one]
        memory = screen.memory()
        screen.end()
        return [one[0] for one in painted], [one[1] for one in painted], memory


def report(programs):
    lines = [
        "| program | first byte p95 | size | key median / p99 | bytes a key | memory |",
        "|---|---|---|---|---|---|",
    ]
    starts = {program.name: program.starts() for program in programs}
    for size in SIZES:
        for program in programs:
            times, sizes, memory = program.keys(size)
            lines.append(
                f"| {program.name} | {percentile(starts[program.name], 0.95):.0f} ms "
                f"| {size[0]}×{size[1]} | {statistics.median(times):.1f} / "
                f"{percentile(times, 0.99):.1f} ms | {statistics.median(sizes):.0f} "
                f"| {memory:.0f} MiB |"
            )
    lines += ["", f"A topic of {POSTS:,} posts; {STARTS} starts; {KEYS} keys forward at each size."]
    return "\n".join(lines)


def main():
    if not (bench.PROGRAMS / "parley").is_file():
        sys.exit(f"{bench.PROGRAMS / 'parley'} is missing: swift build -c release --product parley")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="parley-bench-"))
    folder.chmod(0o755)
    forum = bench.Forum(folder)
    try:
        archive = folder / "topic.mbox"
        write_topic(archive)
        forum.start()
        forum.run("import", "mbox", str(archive), "--category", "general", "--publish")
        topic = forum.sql("SELECT id FROM topics ORDER BY posts_count DESC LIMIT 1")[0]
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
        }
        subprocess.run(
            [bench.PROGRAMS / "parley", "read", topic, "--limit", "1", "--site", forum.url],
            env=environment, stdout=subprocess.DEVNULL, check=True,
        )
        programs = [
            Program("parley", [bench.PROGRAMS / "parley", forum.url], ["\r", "G"], "k", environment),
            Program(
                "neomutt", ["neomutt", "-n", "-F", "/dev/null", "-R", "-f", archive], ["\r"], "j",
                environment,
            ),
        ]
        text = report(programs)
    finally:
        forum.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(text)
    bench.keep(text, "client")


if __name__ == "__main__":
    main()
