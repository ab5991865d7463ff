#!/usr/bin/env python3
"""Measures a release build against the limits of this machine, and prints the ratios.

Each case of the forum is measured in turn with its limit: the same work done by pgbench on the same
PostgreSQL, or the same bytes served by nginx. The rounds go through all cases one after the other, so
that whatever else the machine does falls on both sides of a ratio alike; the median of the rounds
counts. Everything talks to 127.0.0.1, is bounded in time, and ends by itself.
"""

import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "Tests" / "EndToEnd"))
from waiting import free_port, wait_for  # noqa: E402

PROGRAMS = pathlib.Path(os.environ.get("PARLEY_BIN_DIR", ROOT / ".build" / "release")).resolve()
ROUNDS = int(os.environ.get("BENCH_ROUNDS", 3))
SECONDS = int(os.environ.get("BENCH_SECONDS", 3))
CONNECTIONS = 32

TOPICS = 400
POSTS_PER_TOPIC = 20
AUTHORS = 200
WRITERS = 16

WORDS = (
    "archive build cable dusk engine fern gravel harbour index jetty kernel lantern mirror north "
    "orchard paper quartz river signal timber update valve window yarn zinc a the of to and in it "
    "is on for with as at by from or an be this that which when where how why not but so if"
).split()


class CPU:
    """The processor time of a tree of processes, in seconds."""

    TICK = os.sysconf("SC_CLK_TCK")

    @staticmethod
    def _fields(pid):
        text = pathlib.Path(f"/proc/{pid}/stat").read_text()
        return text.rsplit(")", 1)[1].split()

    @classmethod
    def seconds(cls, *roots):
        total = 0
        for folder in pathlib.Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                fields = cls._fields(folder.name)
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(folder.name) in roots:
                # With what its ended children have used.
                total += sum(int(field) for field in fields[11:15])
            elif int(fields[1]) in roots:
                total += int(fields[11]) + int(fields[12])
        return total / cls.TICK


class Forum:
    """`parleyd serve` on a database made for this run."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.data = folder / "var"
        self.process = None
        self.environment = {"PATH": os.environ["PATH"], "PARLEY_DATA_DIR": str(self.data)}

    def start(self):
        log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen(
            [PROGRAMS / "parleyd", "serve", "--listen", f"127.0.0.1:{self.port}"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment,
            cwd=self.folder,
        )
        log.close()
        wait_for(self._is_up, 60, f"parleyd listening (see {self.folder / 'log'})")

    def _is_up(self):
        try:
            return self.get("/site/basic-info.json")
        except (urllib.error.URLError, ConnectionError):
            return False

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
            self.process = None

    def run(self, *arguments):
        done = subprocess.run(
            [PROGRAMS / "parleyd", *arguments], capture_output=True, text=True,
            env=self.environment, cwd=self.folder,
        )
        if done.returncode:
            sys.exit(f"parleyd {' '.join(map(str, arguments))}: {done.stderr}")
        return done.stdout

    def get(self, path, headers=None):
        request = urllib.request.Request(self.url + path, headers=headers or {})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read()

    def post(self, path, body, headers):
        request = urllib.request.Request(
            self.url + path, json.dumps(body).encode(),
            {"Content-Type": "application/json", **headers},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def postmaster(self):
        return int(next(self.data.rglob("postmaster.pid")).read_text().split()[0])

    def connection(self):
        sockets = next(self.data.rglob(".s.PGSQL.5432")).parent
        return f"host={sockets} port=5432 user=parley dbname=parley"

    def psql(self, statement):
        return ["psql", "-X", "-A", "-t", "-d", self.connection(), "-c", statement]

    def sql(self, statement):
        done = subprocess.run(self.psql(statement), capture_output=True, text=True, check=True)
        return done.stdout.split()


def write_archive(file):
    """A list of some thousand mails, the same each time."""
    chance = random.Random(4600)

    def text(words):
        return " ".join(chance.choice(WORDS) for _ in range(words))

    with open(file, "w", encoding="utf-8") as archive:
        for number in range(POSTS_PER_TOPIC):
            for topic in range(TOPICS):
                author = f"author{chance.randrange(AUTHORS)}"
                minute = number * TOPICS + topic
                date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(1.7e9 + minute * 60))
                archive.write(f"From {author}@list.test Mon Jan  1 00:00:00 2024\n")
                archive.write(f"From: {author} <{author}@list.test>\n")
                subject = f"Topic {topic} of the benchmark list"
                archive.write(f"Subject: {'Re: ' if number else ''}{subject}\n")
                archive.write(f"Message-ID: <{number}.{topic}@list.test>\nDate: {date}\n")
                if number:
                    first = f"<0.{topic}@list.test>"
                    archive.write(f"In-Reply-To: {first}\nReferences: {first}\n")
                archive.write(f"\n{text(40)}.\n\n{text(20)}, **{text(2)}**.\n\n")
    return TOPICS * POSTS_PER_TOPIC


class Loads:
    """The load generators; each returns requests a second, and what else they saw."""

    def __init__(self, forum, nginx_port, key, writers):
        self.forum = forum
        self.nginx_port = nginx_port
        self.key = key
        self.writers = writers

    def wrk(self, url, script=None, arguments=()):
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "--timeout", "10s"]
        if script:
            command += ["-s", str(HERE / script)]
        server = (self.forum.process.pid,)
        database = (self.forum.postmaster(),)
        before = CPU.seconds(*server), CPU.seconds(*database)
        command += [url, "--", *map(str, arguments)]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        after = CPU.seconds(*server), CPU.seconds(*database)
        if bad := re.search(r"Non-2xx or 3xx responses: (\d+)|Socket errors: .*", out):
            raise AssertionError(f"{url}: {bad.group(0)}")
        count = int(re.search(r"(\d+) requests in", out).group(1))
        times = dict(re.findall(r"^\s+(\d+)%\s+(\S+)\s*$", out, re.MULTILINE))
        return {
            "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
            "cpu": 1000 * (after[0] - before[0]) / count,
            "pg cpu": 1000 * (after[1] - before[1]) / count,
            "p50": times["50"],
            "p99": times["99"],
        }

    def pgbench(self, script):
        highest = f"-Dtopics={TOPICS}"
        out = subprocess.run(
            ["pgbench", "-n", "-M", "prepared", "-c", "8", "-j", "2", "-T", str(SECONDS), highest,
             "-f", HERE / script, self.forum.connection()],
            capture_output=True, text=True, check=True,
        ).stdout
        if failed := re.search(r"number of failed transactions: ([1-9]\d*)", out):
            raise AssertionError(f"{script}: {failed.group(0)}")
        return {"rate": float(re.search(r"tps = ([\d.]+)", out).group(1))}


def cases(loads, topic):
    """Name, the forum's load, the name of its limit, and the ratio that is the goal."""
    url = loads.forum.url
    wrk = loads.wrk
    member = ("member", loads.key, loads.writers[0], TOPICS)
    return [
        ("topic, anonymous, uncached", lambda: wrk(url, "topic.lua", ("fresh", "", "", TOPICS)),
         "pgbench topic", 0.33),
        ("topic, logged in", lambda: wrk(url, "topic.lua", member), "pgbench topic", 0.20),
        ("latest, anonymous, uncached", lambda: wrk(url, "latest.lua", ("fresh", "", "", 0)),
         "pgbench latest", 0.33),
        ("latest, logged in", lambda: wrk(url, "latest.lua", member), "pgbench latest", 0.20),
        ("reply",
         lambda: wrk(url, "reply.lua", (loads.key, TOPICS, *loads.writers)),
         "pgbench reply", 0.33),
        ("topic, anonymous", lambda: wrk(f"{url}/t/{topic}.json"), "nginx, same bytes", 0.43),
    ]


def limits(loads):
    return {
        "pgbench topic": lambda: loads.pgbench("topic.sql"),
        "pgbench latest": lambda: loads.pgbench("latest.sql"),
        "pgbench reply": lambda: loads.pgbench("reply.sql"),
        "nginx, same bytes": lambda: loads.wrk(
            f"http://127.0.0.1:{loads.nginx_port}/topic.json"
        ),
    }


def measure(loads, topic):
    """All rounds of all cases and limits, interleaved."""
    of_forum = cases(loads, topic)
    of_limits = limits(loads)
    seen = {}
    for number in range(ROUNDS):
        print(f"round {number + 1} of {ROUNDS}", file=sys.stderr, flush=True)
        for limit, run_limit in of_limits.items():
            seen.setdefault(limit, []).append(run_limit())
            for name, run, against, _ in of_forum:
                if against == limit:
                    seen.setdefault(name, []).append(run())
    return of_forum, seen


def median(runs, field):
    return statistics.median(run[field] for run in runs)


def table(of_forum, seen, import_rate, size):
    lines = [
        "| case | requests/s | p50 / p99 | CPU ms (server + database) | limit | limit/s | ratio | goal |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, _, limit, goal in of_forum:
        runs, bound = seen[name], median(seen[limit], "rate")
        rate = median(runs, "rate")
        middle = sorted(runs, key=lambda run: run["rate"])[len(runs) // 2]
        lines.append(
            f"| {name} | {rate:,.0f} | {middle['p50']} / {middle['p99']} "
            f"| {median(runs, 'cpu'):.3f} + {median(runs, 'pg cpu'):.3f} "
            f"| {limit} | {bound:,.0f} | {rate / bound:.2f} | {goal:.2f} |"
        )
    lines.append(f"| import of an mbox | {import_rate:,.0f} mails/s | | | | | | |")
    lines.append("")
    lines.append(
        f"{CONNECTIONS} connections, pgbench with 8; {ROUNDS} rounds of {SECONDS} s, medians; a topic page "
        f"is {size / 1024:.0f} KiB."
    )
    return "\n".join(lines)


def start_nginx(folder, body):
    site = folder / "site"
    site.mkdir()
    (site / "topic.json").write_bytes(body)
    for path in (folder, site):
        path.chmod(0o755)
    port = free_port()
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/nginx.log;\n"
        "events { worker_connections 1024; }\n"
        "http { access_log off; sendfile on; keepalive_requests 1000000;\n"
        f"client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;\n"
        f"fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;\n"
        f"scgi_temp_path {folder}/scgi; types {{ application/json json; }}\n"
        f"server {{ listen 127.0.0.1:{port}; root {site}; }} }}\n"
    )
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen(
        [nginx, "-p", folder, "-c", folder / "nginx.conf"], stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )

    def is_up():
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return True
        except OSError:
            return False

    wait_for(is_up, 20, "nginx listening")
    return process, port


def prepare(forum):
    """The archive in, its rate measured, and a key and members to write with."""
    archive = forum.folder / "archive.mbox"
    mails = write_archive(archive)
    forum.start()
    began = time.monotonic()
    forum.run("import", "mbox", str(archive), "--category", "general", "--publish")
    rate = mails / (time.monotonic() - began)
    unlimited = (
        "rate_limit_create_post", "rate_limit_new_user_create_post", "unique_posts_mins",
        "max_topics_in_first_day", "max_replies_in_first_day", "max_topics_per_day",
    )
    for name in unlimited:
        forum.run("settings", "set", name, "0")
    key = forum.run("api-key", "create", "--description", "benchmark").strip()
    writers = [f"writer{number}" for number in range(WRITERS)]
    for name in writers:
        forum.post(
            "/users.json",
            {"username": name, "email": f"{name}@example.com", "password": f"password of {name}",
             "active": True, "approved": True},
            {"Api-Key": key, "Api-Username": "system"},
        )
    # Settings are read when it starts, and the database knows its tables by now.
    forum.sql("VACUUM ANALYZE topics, posts, users, post_search_data, topic_users")
    forum.stop()
    forum.start()
    return rate, key, writers


def keep(report, name):
    """Writes a report where earlier ones are."""
    results = ROOT / "bench-results"
    results.mkdir(exist_ok=True)
    (results / time.strftime(f"%Y-%m-%d-%H%M-{name}.md")).write_text(report + "\n")


def main():
    if not (PROGRAMS / "parleyd").is_file():
        sys.exit(f"{PROGRAMS / 'parleyd'} is missing: swift build -c release")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="parley-bench-"))
    # The private database runs as another user, who has to get in here.
    folder.chmod(0o755)
    forum = Forum(folder)
    nginx = None
    try:
        import_rate, key, writers = prepare(forum)
        topic = int(forum.sql("SELECT min(id) FROM topics WHERE posts_count = 20")[0])
        body = forum.get(f"/t/{topic}.json")
        nginx, nginx_port = start_nginx(folder, body)
        loads = Loads(forum, nginx_port, key, writers)
        of_forum, seen = measure(loads, topic)
        report = table(of_forum, seen, import_rate, len(body))
    finally:
        if nginx:
            nginx.terminate()
            nginx.wait(20)
        forum.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(report)
    keep(report, "server")


if __name__ == "__main__":
    main()
