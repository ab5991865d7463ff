"""Mails made to hurt: milliseconds of a processor and mebibytes of reading each.

Each is 25 MB and read by `parleyd mail inspect --lines`. What an empty mail takes, and the bytes of the
mail itself, do not count; the limits are 200 ms and 64 MiB. PARLEY_BIN_DIR names where the program is.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(os.environ.get("PARLEY_BIN_DIR", ROOT / ".build" / "release")) / "parleyd"
SIZE = 25_000_000
MILLISECONDS = 200
MEBIBYTES = 64
HEAD = b"From: a@b.example\r\nDate: Fri, 15 Jan 2016 00:12:43 +0100\r\nMIME-Version: 1.0\r\n"


def filled(head, unit, tail=b"", size=SIZE):
    """A mail of about `size` bytes: `unit` again and again."""
    return head + unit * ((size - len(head) - len(tail)) // len(unit)) + tail


def body(kind, unit, tail=b""):
    return filled(HEAD + b"Content-Type: " + kind + b"\r\n\r\n", unit, tail)


def depth(levels):
    return b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
        for level in range(levels)
    )


BOMBS = {
    "an empty mail": lambda: HEAD + b"\r\n",
    "plain text": lambda: body(b"text/plain", b"An ordinary line of text, as people write them.\r\n"),
    "one line": lambda: body(b"text/plain", b"x"),
    "100,000 parts": lambda: filled(
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n", b"--b\r\n\r\n" + b"x" * 240 + b"\r\n"
    ),
    "depth 10,000": lambda: filled(HEAD + depth(10_000), b"x"),
    "one header field": lambda: filled(HEAD + b"X-Long: ", b"x" * 70 + b"\r\n ", b"\r\n\r\nbody"),
    "header fields": lambda: filled(HEAD, b"X-Field: value\r\n", b"\r\nbody"),
    "1,000,000 addresses": lambda: filled(HEAD + b"To: ", b"a@b.example, \r\n ", b"x@y\r\n\r\nbody"),
    "comments": lambda: filled(HEAD + b"To: ", b"(", b"\r\n\r\nbody"),
    "encoded words": lambda: filled(HEAD + b"Subject: ", b"=?utf-8?Q?a=20?=\r\n ", b"\r\n\r\nbody"),
    "a file in base64": lambda: body(
        b"application/x\r\nContent-Transfer-Encoding: base64", b"QUJD" * 19 + b"\r\n"
    ),
    "text in base64": lambda: body(
        b"text/plain\r\nContent-Transfer-Encoding: base64", b"QUJD" * 19 + b"\r\n"
    ),
    "base64 in base64": lambda: body(
        b"message/rfc822\r\nContent-Transfer-Encoding: base64", b"Q29udGVudC1UeXBlOiB4L3kNCg0K" * 2 + b"\r\n"
    ),
    "equals signs": lambda: body(
        b"text/plain\r\nContent-Transfer-Encoding: quoted-printable", b"="
    ),
    "quote marks": lambda: body(b"text/plain", b">"),
    "quoted lines": lambda: body(b"text/plain", b"> \r\n"),
    "flowed lines": lambda: body(b"text/plain; format=flowed", b"a \r\n"),
    "opening parentheses": lambda: body(b"text/plain", b"("),
    "attributions": lambda: body(b"text/plain", b"On Monday x wrote:\r\n"),
    "fences": lambda: body(b"text/plain", b"```\r\n"),
    "fences of two kinds": lambda: body(b"text/plain", b"```a\r\n~~~b\r\n"),
    "short foreign lines": lambda: body(b"text/plain; charset=utf-8", "\u00e9\r\n".encode()),
    "empty lines": lambda: body(b"text/plain", b"\n"),
    "less-than signs": lambda: body(b"text/html", b"<"),
    "nested elements": lambda: body(b"text/html", b"<div>"),
    "nested quotes": lambda: body(b"text/html", b"<blockquote type=cite>"),
    "nested tables": lambda: body(b"text/html", b"<table><tr><td>"),
    "attributes": lambda: filled(HEAD + b"Content-Type: text/html\r\n\r\n<p", b" a=b", b">x"),
    "entities": lambda: body(b"text/html", b"&amp;"),
    "formatting": lambda: body(b"text/html", b"<b><i><p>"),
    "links": lambda: body(b"text/html", b"<a href=https://a.example/>x</a> "),
}


def written(make):
    """A file with the mail. Another process makes it: what a child needs at most is counted from what
    its parent has at that time."""
    mail = tempfile.TemporaryFile()
    child = os.fork()
    if child == 0:
        with os.fdopen(os.dup(mail.fileno()), "wb") as file:
            file.write(make())
        os._exit(0)
    os.waitpid(child, 0)
    return mail


def measure(make):
    """Seconds of the processor, and bytes of memory at most, of one reading; and the mail's size."""
    with written(make) as mail:
        size = mail.seek(0, os.SEEK_END)
        mail.seek(0)
        process = subprocess.Popen(
            [PROGRAM, "mail", "inspect", "--lines"], stdin=mail, stdout=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"parleyd ended with {process.returncode}")
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, size


def main():
    names = [name for name in BOMBS if not sys.argv[1:] or any(word in name for word in sys.argv[1:])]
    bare = min(measure(BOMBS["an empty mail"]) for _ in range(3))
    missed = []
    print(f"{'mail':22} {'ms':>7} {'MiB':>7}   (an empty mail takes {bare[0] * 1000:.0f} ms)")
    for name in names:
        seconds, memory, size = measure(BOMBS[name])
        milliseconds = (seconds - bare[0]) * 1000
        mebibytes = (memory - bare[1] - size) / 2**20
        over = milliseconds > MILLISECONDS or mebibytes > MEBIBYTES
        missed += [name] * over
        print(f"{name:22} {milliseconds:7.0f} {mebibytes:7.1f}{'   over the limit' if over else ''}")
    print(f"{len(names) - len(missed)} of {len(names)} within {MILLISECONDS} ms and {MEBIBYTES} MiB")


main()
