"""The client and sites of every age: what they send is read, and what no site should send does no harm."""

import json
import random
import re
import subprocess

import pytest
from forum import PROGRAMS, ROOT
from recorded_site import SURPRISES, OddSite, RecordedSite

COMPOST = 'Where does the "compost" go?'


class Client:
    """The verbs of the client, as a member of one site."""

    def __init__(self, home, site):
        self.home, self.site = home, site
        folder = home / ".local/state/parley"
        folder.mkdir(parents=True, exist_ok=True)
        port = site.url.rsplit(":", 1)[1]
        key = {"kind": "user_api_key", "key": "0123456789abcdef"}
        (folder / f"http_127.0.0.1_{port}.json").write_text(json.dumps(key))

    def run(self, *arguments):
        return self.run_alone(*arguments, "--site", self.site.url)

    def run_alone(self, *arguments):
        """Without a word about the site."""
        return subprocess.run(
            [PROGRAMS / "parley", *map(str, arguments)],
            capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.home), "LANG": "C.UTF-8"},
        )

    def json(self, *arguments):
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, f"{arguments}: {done.stderr}"
        return json.loads(done.stdout)


@pytest.fixture(params=["newer", "older"])
def age(request):
    return request.param


@pytest.fixture
def recorded(age, tmp_path):
    site = RecordedSite(age)
    yield Client(tmp_path, site)
    site.end()


def test_a_site_of_any_age_is_read(recorded, age):
    is_newer = age == "newer"
    rows = recorded.json("topics")
    assert rows[0]["title"] == COMPOST and rows[0]["tags"] == ["compost"]
    assert rows[0]["last_poster"] == "ken" and rows[0]["category"] == "Garden"
    assert rows[0]["unread_posts"] == (3 if is_newer else 1)
    topic = recorded.json("read", 101)
    assert [post["username"] for post in topic["posts"]] == (
        ["ken", "ana", "mod", "ken"] if is_newer else ["ken", "ana"]
    )
    assert topic["posts"][0]["links"][0].endswith("example.org/shed")
    assert topic["posts"][0]["like_count"] == 4
    assert topic["posts"][-1]["text"] == "It went there."
    assert "closed the topic" in str(topic["posts"]) or not is_newer
    found = recorded.json("search", "compost")
    assert found[0]["id"] == 101 and "there" in found[0]["blurb"]
    told = recorded.json("notifications")
    assert told[0]["type"] == "replied" and told[0]["username"] == "ken"
    assert told[1]["title"] == "Regular"
    person = recorded.json("users", "show", "ken")
    assert person["username"] == "ken"
    assert recorded.json("whoami")["username"] == "ana"
    assert len(recorded.json("messages")) == (1 if is_newer else 0)
    assert len(recorded.json("topics", "--bookmarks")) == (1 if is_newer else 0)
    for verb in (["unread"], ["drafts", "list"], ["topics", "--category", "garden"]):
        recorded.json(*verb)
    if is_newer:
        assert recorded.json("mod", "queue")[0]["id"] == 55


# How a command of each part of the document is run.
DOCUMENTED = {
    "topics, messages, search, unread": [["topics"], ["messages"], ["search", "compost"], ["unread"]],
    "read": [["read", 101]],
    "export": [["export", 101]],
    "notifications": [["notifications"]],
    "users show": [["users", "show", "ken"]],
    "whoami": [["whoami"]],
    "mod queue": [["mod", "queue"]],
    "drafts list": [["drafts", "list"]],
    "queue list": [["queue", "list"]],
    "doctor": [["doctor"]],
    "config keys": [["config", "keys"]],
}


def documented_keys(part):
    """The keys of a table, and those of them that may be missing."""
    found = re.findall(r"^\| `(\w+)`(\??) \|", part, re.M)
    return {key for key, _ in found}, {key for key, mark in found if mark}


def test_json_is_as_the_document_says(tmp_path):
    text = (ROOT / "TUI/Documentation/json.md").read_text(encoding="utf-8")
    parts = dict(part.split("\n", 1) for part in text.split("\n## ")[1:])
    site = RecordedSite("newer")
    try:
        client = Client(tmp_path, site)
        client.run("topics")
        for name, commands in DOCUMENTED.items():
            keys, optional = documented_keys(parts[name])
            for command in commands:
                local = command[0] == "config"
                done = client.run(*command, "--json") if not local else client.run_alone(*command, "--json")
                printed = json.loads(done.stdout)
                for record in printed if isinstance(printed, list) else [printed]:
                    assert set(record) <= keys, f"{command} prints more"
                    assert keys - optional <= set(record), f"{command} prints less"
                    for post in record.get("posts", []) if name == "read" else []:
                        known, may_miss = documented_keys(parts["watch"])
                        assert known - may_miss <= set(post) <= known
    finally:
        site.end()


@pytest.fixture
def odd(tmp_path):
    site = OddSite()
    yield Client(tmp_path, site)
    site.end()


@pytest.mark.parametrize("surprise", SURPRISES)
def test_what_is_no_answer_is_said_to_be_none(odd, surprise):
    odd.site.fault = surprise
    # An empty list is how some languages write an object without members; a letter that is none is read.
    may_be_read = surprise in ("a list", "not UTF-8")
    for verb in (["topics"], ["read", "1"]):
        done = odd.run(*verb)
        assert done.returncode in (3, 7) or (may_be_read and done.returncode == 0), done
        assert done.returncode == 0 or done.stderr.strip(), "it fails and does not say why"


def test_a_key_that_was_taken_back_is_told_apart(odd):
    odd.site.fault = "403"
    done = odd.run("topics")
    assert done.returncode == 4, done.stderr
    assert "log" in done.stderr.lower() or "permitted" in done.stderr


def damaged(value, chance):
    """The same answer with some of its parts missing, empty, or of another kind."""
    if isinstance(value, dict):
        kept = {name: part for name, part in value.items() if chance.random() > 0.06}
        return {name: damaged(part, chance) for name, part in kept.items()}
    if isinstance(value, list):
        return [damaged(part, chance) for part in value if chance.random() > 0.06]
    if chance.random() < 0.12:
        return chance.choice([None, -1, 2**63, 1e300, "", "x", True, [], {}, [[]], {"a": None}])
    return value


@pytest.mark.parametrize("seed", range(5))
def test_damaged_answers_never_end_the_program(tmp_path, seed):
    chance = random.Random(seed)
    site = RecordedSite(chance.choice(["newer", "older"]))
    site.answers = {path: damaged(answer, chance) for path, answer in site.answers.items()}
    try:
        client = Client(tmp_path, site)
        for verb in (["topics"], ["read", "101"], ["notifications"], ["search", "compost"],
                     ["users", "show", "ken"], ["topics", "--bookmarks"], ["mod", "queue"]):
            done = client.run(*verb, "--json")
            assert 0 <= done.returncode < 10, f"{verb}: {done.stderr}"
            if done.returncode == 0:
                json.loads(done.stdout)
    finally:
        site.end()
