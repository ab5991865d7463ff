#!/usr/bin/env python3
"""Measures many listeners, and what one post costs that many people are told of.

Ten thousand long polls wait on one server: how much memory each costs, and how long after a post the
last of them hears of it, beside a plain loop that writes the same bytes to as many connections. Then a
topic is opened in a category that thousands watch: how long their notices take, beside the one INSERT …
SELECT of the same rows. Everything talks to 127.0.0.1, is bounded in time, and ends by itself.
"""

import argparse
import os
import pathlib
import resource
import select
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid

from bench import ROOT, Forum, free_port, wait_for

LISTENERS = int(os.environ.get("BENCH_LISTENERS", 10_000))
WATCHERS = int(os.environ.get("BENCH_WATCHERS", 35_000))
ROUNDS = 3
# A poll is answered after 25 s at the latest: all of them have to be there, and be told, before.
PATIENCE = 20


def resident(pid):
    """Bytes of memory that a process holds."""
    pages = int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


class Listeners:
    """Connections that wait for the next chunk of an answer."""

    def __init__(self, port, request):
        self.port = port
        self.request = request
        self.sockets = {}
        self.poll = select.epoll()

    def open(self, count):
        """Opens them in portions, each of which has its first chunk before the next begins."""
        while len(self.sockets) < count:
            end = time.monotonic() + PATIENCE
            portion = []
            for _ in range(min(500, count - len(self.sockets))):
                connection = socket.create_connection(("127.0.0.1", self.port), timeout=10)
                connection.sendall(self.request())
                connection.setblocking(False)
                self.sockets[connection.fileno()] = connection
                self.poll.register(connection.fileno(), select.EPOLLIN)
                portion.append(connection.fileno())
            self._hear(set(portion), b"\r\n|\r\n", end)
        return count

    def hear(self, token, since):
        """Seconds after `since` at which each of them had got `token`, sorted."""
        return sorted(
            moment - since
            for moment in self._hear(set(self.sockets), token, time.monotonic() + PATIENCE)
        )

    def _hear(self, waiting, token, end):
        moments = []
        got = {}
        while waiting:
            if time.monotonic() > end:
                sys.exit(f"{len(waiting)} listeners heard nothing within {PATIENCE} s")
            for number, _ in self.poll.poll(1):
                data = self.sockets[number].recv(65536)
                if not data:
                    sys.exit("a listener was sent away")
                if number not in waiting:
                    continue
                got[number] = got.get(number, b"") + data
                if token in got[number]:
                    waiting.discard(number)
                    moments.append(time.monotonic())
        return moments

    def close(self):
        for connection in self.sockets.values():
            connection.close()
        self.poll.close()


def plain_loop(port):
    """Serves connections: greets each, and writes what comes on standard input to all of them."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(4096)
    print("ready", flush=True)
    connections = []
    poll = select.poll()
    poll.register(listener, select.POLLIN)
    poll.register(sys.stdin, select.POLLIN)
    while True:
        for number, _ in poll.poll():
            if number == listener.fileno():
                connection, _ = listener.accept()
                connection.recv(65536)
                connection.sendall(b"[]\r\n|\r\n")
                connections.append(connection)
                continue
            line = sys.stdin.buffer.readline()
            if not line:
                return
            for connection in connections:
                connection.sendall(line)


def quantile(values, part):
    return values[min(len(values) - 1, int(len(values) * part))]


def measure_plain(size):
    port = free_port()
    loop = subprocess.Popen(
        [sys.executable, __file__, "--plain-loop", str(port)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )
    listeners = Listeners(port, lambda: b"hello\r\n")
    try:
        loop.stdout.readline()
        listeners.open(LISTENERS)
        rounds = []
        for number in range(ROUNDS):
            token = f"token-{number}-end".encode()
            began = time.monotonic()
            loop.stdin.write(b"x" * (size - len(token)) + token + b"\n")
            loop.stdin.flush()
            rounds.append(listeners.hear(token, began))
        return rounds
    finally:
        listeners.close()
        loop.stdin.close()
        loop.wait(10)


def poll_request(channel, position):
    def request():
        body = f"{channel}={position}".encode()
        return (
            f"POST /message-bus/{uuid.uuid4().hex}/poll HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode() + body
    return request


def measure_listeners(forum, author):
    topic = forum.post(
        "/posts.json",
        {"title": "A topic that many people listen to", "raw": "Everybody waits for what comes."},
        author,
    )["topic_id"]
    channel = f"/topic/{topic}"
    wait_for(lambda: forum.sql("SELECT count(*) FROM outbox") == ["0"], 20, "an empty outbox")
    position = forum.sql(f"SELECT last_id FROM bus_channels WHERE channel = '{channel}'")[0]
    before = resident(forum.process.pid)
    listeners = Listeners(forum.port, poll_request(channel, position))
    try:
        began = time.monotonic()
        listeners.open(LISTENERS)
        opened = time.monotonic() - began
        each = (resident(forum.process.pid) - before) / LISTENERS
        rounds = []
        for number in range(ROUNDS):
            began = time.monotonic()
            made = forum.post(
                "/posts.json",
                {"topic_id": topic, "raw": f"What everybody hears of, number {number} of them."},
                author,
            )
            rounds.append(listeners.hear(f'"id": {made["id"]},'.encode(), began))
        return each, opened, rounds
    finally:
        listeners.close()


def first_notice(forum, after):
    """Starts to look for a notice newer than `after`; prints the moment at which there is one."""
    return subprocess.Popen(
        forum.psql(
            f"""
            DO $$ BEGIN
                FOR look IN 1..20000 LOOP
                    IF (SELECT max(id) FROM notifications) > {after} THEN
                        RAISE NOTICE '%', extract(epoch FROM clock_timestamp());
                        EXIT;
                    END IF;
                    PERFORM pg_sleep(0.003);
                END LOOP;
            END $$
            """
        ),
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )


def measure_watchers(forum, author):
    """Seconds for the notices of one post, and for the same rows in one statement.

    The notices of one post are one statement, so the first is there when all of them are.
    """
    forum.sql(
        f"""
        INSERT INTO users (username, username_lower, active, approved)
        SELECT 'watcher' || n, 'watcher' || n, true, true FROM generate_series(1, {WATCHERS}) n
        """
    )
    forum.sql(
        """
        INSERT INTO category_users (category_id, user_id, notification_level)
        SELECT 4, id, 3 FROM users WHERE username_lower LIKE 'watcher%'
        """
    )
    forum.sql("VACUUM ANALYZE users, category_users, notifications")
    pairs = []
    for number in range(ROUNDS):
        last = forum.sql("SELECT coalesce(max(id), 0) FROM notifications")[0]
        look = first_notice(forum, last)
        made = forum.post(
            "/posts.json",
            {"title": f"A topic that thousands watch, number {number}", "category": 4,
             "raw": "Each of them gets one notice of this, and only one."},
            author,
        )
        began = time.time()
        _, found = look.communicate(timeout=60)
        ours = float(found.split()[1]) - began
        wait_for(lambda: forum.sql("SELECT count(*) FROM outbox") == ["0"], 60, "an empty outbox")
        count = forum.sql(f"SELECT count(*) FROM notifications WHERE post_id = {made['id']}")
        if int(count[0]) != WATCHERS:
            sys.exit(f"{count[0]} notices instead of {WATCHERS}")
        began = time.time()
        forum.sql(
            f"""
            INSERT INTO notifications (user_id, notification_type, topic_id, post_id, post_number, data)
            SELECT user_id, 37, {made['topic_id']}, {made['id']}, 1,
                (SELECT data FROM notifications WHERE post_id = {made['id']} LIMIT 1)
            FROM category_users WHERE category_id = 4 AND notification_level = 3
            """
        )
        pairs.append((ours, time.time() - began))
    return pairs


def report(each, opened, rounds, plain, pairs):
    def line(name, sets):
        p50 = statistics.median(quantile(found, 0.50) for found in sets)
        p99 = statistics.median(quantile(found, 0.99) for found in sets)
        return p99, f"| {name} | {1000 * p50:,.0f} | {1000 * p99:,.0f} |"

    ours, our_line = line(f"{LISTENERS:,} long polls", rounds)
    bare, bare_line = line("plain loop, the same bytes", plain)
    told = statistics.median(pair[0] for pair in pairs)
    insert = statistics.median(pair[1] for pair in pairs)
    return "\n".join([
        "| listeners | p50 ms | p99 ms |", "|---|---|---|", our_line, bare_line, "",
        f"{each / 1024:.1f} KiB a listener (goal 20); opened within {opened:.1f} s; p99 {ours / bare:.1f} × "
        "the plain loop (goal: at most 1 s).", "",
        f"Notices of one post to {WATCHERS:,} watchers: {1000 * told:,.0f} ms; one INSERT … SELECT: "
        f"{1000 * insert:,.0f} ms; ratio {told / insert:.2f} (goal: 1.0 and 100 ms).",
    ])


def run(folder):
    forum = Forum(folder)
    try:
        forum.start()
        for name in ("rate_limit_create_post", "rate_limit_create_topic"):
            forum.run("settings", "set", name, "0")
        key = forum.run("api-key", "create", "--description", "benchmark").strip()
        author = {"Api-Key": key, "Api-Username": "system"}
        forum.stop()
        forum.start()
        each, opened, rounds = measure_listeners(forum, author)
        plain = measure_plain(300)
        pairs = measure_watchers(forum, author)
        return report(each, opened, rounds, plain, pairs)
    finally:
        forum.stop()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--plain-loop", type=int)
    chosen = arguments.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if chosen.plain_loop:
        return plain_loop(chosen.plain_loop)
    signal.alarm(300)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="parley-bench-"))
    # The private database runs as another user, who has to get in here.
    folder.chmod(0o755)
    try:
        text = run(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(text)
    results = ROOT / "bench-results"
    results.mkdir(exist_ok=True)
    (results / time.strftime("%Y-%m-%d-%H%M-live.md")).write_text(text + "\n")


if __name__ == "__main__":
    main()
