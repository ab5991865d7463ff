#!/usr/bin/env python3
"""Measures the terminal client on a topic of 10,000 posts, beside neomutt on the same 10,000 texts.

Both run in a pseudo-terminal of the same size; a key is sent, and what counts is the time until its last
byte has come. Steps are measured in the list of topics, where a step moves a mark, and in the topic, where
it brings a whole post. The programs take turns, so that whatever else the machine does falls on both alike.
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
# Short topics beside the long one, to have a list to walk through.
TOPICS = 200
STARTS = 25
KEYS = 120
SIZES = ((80, 24), (200, 60))
# Seconds in which a program that nobody touches is watched.
IDLE = 10
# Seconds after which what was begun has ended.
SETTLED = 12
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

    def switches(self):
        """How often each thread of it went to sleep so far: each time, something had woken it."""
        found = {}
        for status in pathlib.Path(f"/proc/{self.pid}/task").glob("*/status"):
            for line in status.read_text().splitlines():
                if line.startswith("voluntary_ctxt_switches"):
                    found[status.parent.name] = int(line.split()[1])
        return found

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def write_archive(file):
    """One long topic and many short ones, older than it, as the benchmark's list would write them."""
    words = bench.WORDS
    with open(file, "w", encoding="utf-8") as archive:
        for number in range(POSTS + TOPICS):
            is_long = number < POSTS
            author = f"author{number * 7 % bench.AUTHORS}"
            age = 1.7e9 if is_long else 1.6e9
            date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(age + number * 60))
            title = "The long topic" if is_long else f"{words[number % 24]} {words[number % 17]} {number}"
            archive.write(f"From {author}@list.test Mon Jan  1 00:00:00 2024\n")
            archive.write(f"From: {author} <{author}@list.test>\nDate: {date}\n")
            archive.write(f"Subject: {'Re: ' if 0 < number < POSTS else ''}{title}\n")
            archive.write(f"Message-ID: <{number}@list.test>\n")
            if 0 < number < POSTS:
                archive.write("In-Reply-To: <0@list.test>\nReferences: <0@list.test>\n")
            text = " ".join(words[(number + at * 11) % len(words)] for at in range(60))
            archive.write(f"\n{text}.\n\nNumber {number + 1}, **{words[number % len(words)]}**.\n\n")


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


class Program:
    """What is measured of one of the two."""

    def __init__(self, name, command, environment, opening, forward, idles):
        self.name = name
        self.command = command
        self.environment = environment
        # The keys that open the topic, and the one that goes through it.
        self.opening = opening
        self.forward = forward
        # Whether it is watched while nobody touches it.
        self.idles = idles

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

    def steps(self, size, opening, key):
        """Times and bytes of a step, and the program afterwards."""
        screen, _ = self.start(size)
        for other in opening:
            screen.press(other)
            screen.drain(quiet=0.5, most=2)
        painted = [one for one in (screen.press(key) for _ in range(KEYS)) if one]
        return [one[0] for one in painted], [one[1] for one in painted], screen

    def wakings(self, screen):
        """How often it woke up by itself; a dash where that was not looked at."""
        if not self.idles:
            return "–"
        # What it began with, such as the limit for connections, is over after ten seconds.
        screen.drain(quiet=SETTLED, most=SETTLED + 1)
        before = screen.switches()
        time.sleep(IDLE)
        after = screen.switches()
        return sum(after[thread] - count for thread, count in before.items() if thread in after)

    def row(self, size, starts):
        list_times, list_bytes, screen = self.steps(size, [], "j")
        screen.end()
        times, sizes, screen = self.steps(size, self.opening, self.forward)
        memory, wakings = screen.memory(), self.wakings(screen)
        screen.end()
        return (
            f"| {self.name} | {percentile(starts, 0.95):.0f} ms | {size[0]}×{size[1]} "
            f"| {told(list_times)} | {statistics.median(list_bytes):.0f} "
            f"| {told(times)} | {statistics.median(sizes):.0f} | {memory:.0f} MiB | {wakings} |"
        )


def told(times):
    return f"{statistics.median(times):.1f} / {percentile(times, 0.99):.1f} ms"


def report(programs):
    lines = [
        "| program | first byte p95 | size | step in the list, median / p99 | bytes "
        f"| step in the topic, median / p99 | bytes | memory | woken in {IDLE} s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    starts = {program.name: program.starts() for program in programs}
    for size in SIZES:
        lines += [program.row(size, starts[program.name]) for program in programs]
    lines += [
        "",
        f"A topic of {POSTS:,} posts, each about 420 characters; {STARTS} starts; {KEYS} steps at each size. "
        "A step in the topic brings posts that are not on the screen yet in one of seven cases at 200×60, "
        "and a part of them in one of two at 80×24.",
    ]
    return "\n".join(lines)


def main():
    if not (bench.PROGRAMS / "parley").is_file():
        sys.exit(f"{bench.PROGRAMS / 'parley'} is missing: swift build -c release --product parley")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="parley-bench-"))
    folder.chmod(0o755)
    forum = bench.Forum(folder)
    try:
        archive = folder / "topic.mbox"
        write_archive(archive)
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
            Program(
                "parley", [bench.PROGRAMS / "parley", forum.url], environment,
                ["\r", f"#{POSTS // 2}\r"], "j", True,
            ),
            Program(
                "neomutt", ["neomutt", "-n", "-F", "/dev/null", "-R", "-f", archive], environment,
                ["\r"], "j", False,
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
