"""What people do in the terminal from the first key to the last, on good days and on bad ones."""

import json
import os
import re
import subprocess
import time

import pytest
import requests
from fault_site import FaultSite
from forum import PROGRAMS, wait_for
from recording import Recording
from terminal import Terminal, parley
from test_user_api_keys import Browser


@pytest.fixture(scope="module")
def topic(forum):
    forum.add_user("nora")
    made = forum.client().create_post(
        "The first thing that anybody reads here, about the garden behind the house.",
        category_id=forum.sql("SELECT id FROM categories WHERE name = 'General'")[0][0],
        title="What grows behind the house",
    )
    return made["topic_id"]


@pytest.fixture
def faulty():
    site = FaultSite()
    yield site
    site.end()


def run(home, *arguments, **options):
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    return subprocess.run(
        [PROGRAMS / "parley", *map(str, arguments)],
        capture_output=True, text=True, timeout=60, env=environment, **options,
    )


class Novice:
    """Somebody who has never seen the program, presses only what the last line of the screen offers, types
    two characters and a half a second, and looks at each new screen for five seconds."""

    # Seconds in which a post can be taken back, which the test does not wait for.
    SEND_DELAY = 10

    def __init__(self, terminal):
        self.terminal, self.began = terminal, time.monotonic() - self.SEND_DELAY
        self.keys, self.screens = 0, 1

    def press(self, key, label, name=None):
        """A key that the bar names, such as `^X send`."""
        bar = self.terminal.screen.rstrip().splitlines()[-1]
        assert f"{name or key} {label}" in bar, f"the bar does not say “{name or key} {label}”: {bar}"
        self.terminal.type(key)
        self.keys += 1

    def type(self, text):
        self.terminal.type(text)
        self.keys += len(text)

    def see(self, text):
        self.terminal.wait(text)
        self.screens += 1

    @property
    def seconds(self):
        return time.monotonic() - self.began + self.keys / 2.5 + self.screens * 5


def test_a_novice_reads_after_one_key_and_writes_within_two_minutes(forum, topic, tmp_path):
    (tmp_path / "parley").mkdir()
    (tmp_path / "parley/config").write_text("send_delay = 0\n")
    terminal = parley(forum.url, environment={"XDG_CONFIG_HOME": tmp_path})
    novice = Novice(terminal)
    try:
        terminal.wait("What grows behind the house")
        novice.press("Enter", "open")
        novice.see("The first thing that anybody reads here")
        assert novice.keys <= 3
        # Whoever wants to answer is asked who they are first.
        novice.press("r", "reply")
        novice.see("User name:")
        novice.type("nora")
        novice.press("Tab", "next field")
        novice.type("the password of nora")
        novice.press("Enter", "log in")
        novice.see("Welcome, nora.")
        terminal.wait("@nora")
        novice.press("r", "reply")
        novice.see("Reply to")
        novice.type("Beans grow there, and they grow well.")
        terminal.wait("37 characters")
        terminal.wait("draft on the site")
        assert "Beans" in draft(forum, topic)
        novice.press("C-x", "send", "^X")
        novice.see("Sent.")
        wait_for(lambda: "Beans" in forum.posts(topic)[-1]["raw"])
        assert novice.seconds < 120, f"{novice.keys} keys, {novice.screens} screens"
        wait_for(lambda: draft(forum, topic) is None, 15, "the draft to go")
        terminal.type("b")
        terminal.wait("(bookmarked)")
        terminal.type("q")
        terminal.wait("What grows behind the house")
        terminal.type("g", "b")
        terminal.wait("Beans grow there")
        terminal.type("q", "q")
        terminal.wait("ended with 0")
    finally:
        terminal.end()


def draft(forum, topic):
    found = forum.request("GET", f"/drafts/topic_{topic}.json", username="nora")
    return found.json().get("draft")


def test_a_browser_elsewhere_lets_the_terminal_in(forum, topic):
    terminal = parley(forum.url)
    try:
        terminal.wait("What grows behind the house")
        terminal.type(":login", "Enter")
        terminal.wait("User name:")
        terminal.type("C-b")
        terminal.wait("Type it on this page")
        code = re.search(r"[A-Z]{4}-[A-Z]{4}", terminal.screen)[0]
        browser = Browser(forum)
        page = browser.log_in(browser.get("/user-api-key/activate"), "nora")
        consent = browser.submit(page, user_code=code)
        assert "parley" in consent.text
        browser.submit(consent)
        terminal.wait("Welcome, nora.", 30)
        state = os.path.join(terminal.home, "parley")
        kept = [name for name in os.listdir(state) if name.startswith("http_")]
        assert len(kept) == 1
        path = os.path.join(state, kept[0])
        assert os.stat(path).st_mode & 0o777 == 0o600
        with open(path, encoding="utf-8") as file:
            key = json.load(file)["key"]
        me = requests.get(
            f"{forum.url}/session/current.json", headers={"User-Api-Key": key}, timeout=10
        ).json()
        assert me["current_user"]["username"] == "nora"
        terminal.type("q")
        terminal.wait("ended with 0")
        # The same key from a password manager, and nothing kept.
        home = os.path.join(terminal.home, "second")
        os.makedirs(os.path.join(home, ".config/parley"))
        with open(os.path.join(home, ".config/parley/config"), "w", encoding="utf-8") as file:
            file.write(f"[site {forum.url}]\ncredential_command = echo {key}\n")
        assert run(home, "whoami", "--site", forum.url).stdout == "nora\n"
    finally:
        terminal.end()


def test_the_whole_journey_without_a_screen(forum, topic, tmp_path):
    home = tmp_path
    entered = run(
        home, "login", forum.url, "--username", "nora", "--password-stdin",
        input="the password of nora\n",
    )
    assert entered.returncode == 0, entered.stderr
    told = run(
        home, "open", "--plain", forum.url,
        input="l\ns garden behind\n1\n1\nt\nPeas grow there too,\n\nsays the plain one.\n.\ny\nu\nq\n",
    )
    assert told.returncode == 0, told.stderr
    assert re.search(r"^1: Topic \d+: What grows behind the house, in General", told.stdout, re.M)
    assert re.search(r"^Post 1 of \d+, by system", told.stdout, re.M)
    assert f"Sent: {forum.url}/t/{topic}/" in told.stdout
    assert not re.search(r"[^\n\x20-\x7e\x80-\U0010ffff]", told.stdout)
    assert forum.posts(topic)[-1]["raw"] == "Peas grow there too,\n\nsays the plain one."
    # Whoever is cut off finds the draft again.
    told = run(home, "open", "--plain", forum.url, input="1\nt\nOne more thing\n")
    assert "The draft is kept" in told.stdout
    told = run(home, "open", "--plain", forum.url, input="1\nt\n\n and another.\n.\ny\nx\nq\nq\n")
    assert "There is a draft:\nOne more thing\n" in told.stdout
    assert "You have read everything." in told.stdout
    assert forum.posts(topic)[-1]["raw"] == "One more thing\n and another."


def test_somebody_reads_searches_logs_in_and_answers_by_ear(forum, topic, tmp_path):
    # Nobody likes what they wrote: the last post is somebody else's.
    forum.client().create_post("And pumpkins, on the heap.", topic_id=topic)
    with Recording("--plain", forum.url, home=str(tmp_path)) as session:

        def say(answer, expected):
            start = len(session.written)
            session.press(answer + "\r")
            session.wait(expected, since=start)

        session.wait("Topic number or command:")
        say("s garden behind", "What grows behind the house")
        say("1", "Post 1 of")
        assert b"The first thing that anybody reads here" in session.written
        say("o", "No links.")
        say("u", "Topic number or command:")
        say("log in", "p with a password")
        say("p", "ser name")
        say("nora", "assword")
        say("the password of nora", "Welcome, nora.")
        assert b"the password of nora" not in session.written
        say("1", "And pumpkins")
        say("k", "You like post")
        session.press("t\r")
        session.wait("a full stop alone ends it")
        session.press("Heard, and answered by ear.\r")
        say(".", "27 characters")
        say("y", f"Sent: {forum.url}/t/{topic}/")
        say("u", "Topic number or command:")
        session.press("q\r")
        assert session.ended() == 0
        # Nothing moves and nothing is drawn over: printable text and ends of lines alone.
        assert session.strange == [] and b"\x1b" not in session.written and b"\x07" not in session.written
        assert session.is_restored
    wait_for(lambda: "by ear" in forum.posts(topic)[-1]["raw"])


@pytest.mark.parametrize(
    "fault,status,words",
    [("429", 6, "7 s"), ("500", 7, "500"), ("drop", 3, "reached"), ("403", 4, "logged in")],
)
def test_what_goes_wrong_has_a_status_and_a_reason(faulty, tmp_path, fault, status, words):
    faulty.fault = fault
    told = run(tmp_path, "topics", "--site", faulty.url)
    assert told.returncode == status, told.stderr
    assert words in told.stderr
    faulty.fault = None
    told = run(tmp_path, "topics", "--site", faulty.url)
    assert told.returncode == 0 and "Old topic 1" in told.stdout


def test_keys_work_while_a_site_is_slow_and_failures_are_told(faulty):
    faulty.fault = "slow"
    terminal = parley(faulty.url)
    try:
        terminal.wait("loading")
        terminal.type("?")
        terminal.wait("Lists of topics", 1)
        terminal.type("q")
        terminal.wait("Old topic 2")
        faulty.fault = "500"
        terminal.type("Enter")
        terminal.wait("The site has trouble")
        faulty.fault = None
        terminal.type(".")
        terminal.wait("The text of an older site.")
        terminal.type("q", "q")
        terminal.wait("ended with 0")
    finally:
        terminal.end()


def test_two_sites_are_read_as_one(forum, topic, faulty):
    terminal = parley(forum.url)
    try:
        terminal.wait("What grows behind the house")
        terminal.type("q")
        terminal.wait("ended with 0")
        home, state = terminal.home, os.path.join(terminal.home, "parley")
        port = faulty.url.rsplit(":", 1)[1]
        with open(os.path.join(state, f"http_127.0.0.1_{port}.json"), "w", encoding="utf-8") as file:
            json.dump({"kind": "user_api_key", "key": "0123456789abcdef"}, file)
        with open(os.path.join(state, "sites.json"), "w", encoding="utf-8") as file:
            json.dump([forum.url, faulty.url], file)
        second = Terminal([PROGRAMS / "parley", forum.url], environment={"XDG_STATE_HOME": home})
        try:
            second.wait("What grows behind the house")
            second.type("g", "a")
            second.wait("Old topic 1")
            second.type("Enter")
            second.wait("The text of an older site.")
            second.wait("An older site") if "An older site" in second.screen else None
            second.type("q")
            second.wait("Old topic 2")
            second.type("q")
            second.wait("ended with 0")
        finally:
            second.end()
    finally:
        terminal.end()


def test_a_reply_waits_for_the_network(faulty, tmp_path):
    state = tmp_path / ".local/state/parley"
    state.mkdir(parents=True)
    port = faulty.url.rsplit(":", 1)[1]
    (state / f"http_127.0.0.1_{port}.json").write_text(
        json.dumps({"kind": "user_api_key", "key": "0123456789abcdef"})
    )
    (tmp_path / ".config/parley").mkdir(parents=True)
    (tmp_path / ".config/parley/config").write_text("send_delay = 0\n")
    folders = {"XDG_STATE_HOME": tmp_path / ".local/state", "XDG_CONFIG_HOME": tmp_path / ".config"}
    terminal = parley(faulty.url, environment=folders)
    try:
        terminal.wait("Old topic 1")
        terminal.type(":message ana", "Enter")
        terminal.wait("New message")
        terminal.type("A title", "Tab", "What has to wait for the network.")
        faulty.fault = "drop"
        terminal.type("C-x")
        terminal.wait("Not sent; your text is kept.")
        terminal.type("C-s")
        terminal.wait("The post goes out when the site can be reached.")
        terminal.wait("1 unsent")
        terminal.type("q")
        terminal.wait("Type yes:")
        terminal.type("yes", "Enter")
        terminal.wait("ended with 0")
    finally:
        terminal.end()
    waiting = json.loads(run(tmp_path, "queue", "list", "--site", faulty.url, "--json").stdout)
    assert [post["text"] for post in waiting] == ["What has to wait for the network."]
    assert run(tmp_path, "queue", "flush", "--site", faulty.url).returncode == 3
    faulty.fault = None
    sent = run(tmp_path, "queue", "flush", "--site", faulty.url)
    assert sent.returncode == 0 and "/t/1/2" in sent.stdout
    assert run(tmp_path, "queue", "list", "--site", faulty.url, "--json").stdout.split() == ["[", "]"]


def test_a_draft_that_changes_in_two_places_keeps_both_texts(forum, topic):
    terminal = parley(forum.url)
    try:
        terminal.wait("What grows behind the house")
        terminal.type(":login", "Enter", "nora", "Enter", "the password of nora", "Enter")
        terminal.wait("Welcome, nora.")
        terminal.type("Enter", "R")
        terminal.wait("Reply to")
        terminal.type("Written here.")
        wait_for(lambda: "Written here." in (draft(forum, topic) or ""), 15, "the draft")
        state = forum.request("GET", f"/drafts/topic_{topic}.json", username="nora").json()
        there = json.dumps({"reply": "Written there.", "action": "reply"})
        saved = forum.request(
            "POST", "/drafts.json", username="nora",
            json={"draft_key": f"topic_{topic}", "data": there, "owner": "web",
                  "sequence": state["draft_sequence"]},
        )
        assert saved.ok, saved.text
        terminal.type(" And more.")
        terminal.wait("changed elsewhere too", 15)
        terminal.wait("Written there.")
        assert "Written here. And more." in terminal.screen
        # Apart: an escape with a letter behind it in one burst is another key.
        terminal.type("Escape")
        terminal.wait("Leave?")
        terminal.type("d")
        terminal.wait("discarded")
        terminal.type("q", "q")
        terminal.wait("ended with 0")
    finally:
        terminal.end()


def test_staff_moderates_from_the_terminal(forum):
    forum.add_user("mod")
    forum.sql("UPDATE users SET moderator = true, trust_level = 4 WHERE username = 'mod'")
    for number in ("one", "two"):
        made = forum.client().create_post(
            f"The text of the {number} topic that is to be moved about.",
            category_id=forum.sql("SELECT id FROM categories WHERE name = 'General'")[0][0],
            title=f"Topic {number} that is to be moved about",
        )
    forum.client("nora").create_post("A reply that belongs elsewhere.", topic_id=made["topic_id"])
    terminal = parley(forum.url)
    try:
        terminal.wait("Topic two")
        terminal.type(":login", "Enter", "mod", "Enter", "the password of mod", "Enter")
        terminal.wait("Welcome, mod.")
        terminal.type("Enter")
        terminal.wait("A reply that belongs elsewhere.")
        terminal.type("A")
        terminal.wait("Close the topic")
        terminal.type("1")
        terminal.wait("The topic is closed.")
        terminal.type("z")
        terminal.wait("The topic is open.")
        terminal.type("j", "A")
        terminal.wait("Split here")
        row = re.search(r"(\d+)  Split here", terminal.screen)[1]
        terminal.type(row)
        terminal.wait("Title of the new topic:")
        terminal.type("What belongs elsewhere", "Enter")
        terminal.wait("posts are moved.")
        assert forum.sql("SELECT count(*) FROM topics WHERE title = 'What belongs elsewhere'") == [["1"]]
        terminal.type("@")
        terminal.wait("of their own")
        terminal.type("q", ":user nora", "Enter")
        terminal.wait("nora  Nora")
        terminal.type("A")
        terminal.wait("Silence for a day")
        terminal.type("1")
        terminal.wait("Reason:")
        terminal.type("too many beans", "Enter")
        terminal.wait("nora is silenced.")
        terminal.wait("silenced")
        terminal.type("z")
        terminal.wait("nora may write again.")
        terminal.type("C-c")
        terminal.wait("ended with 0")
    finally:
        terminal.end()


def test_keys_and_settings_are_the_members_own(forum, topic, tmp_path):
    folder = tmp_path / ".config/parley"
    folder.mkdir(parents=True)
    file = folder / "config"
    file.write_text("mouse = on\n[keys list]\nx x = help\nn = open\n[keys topic]\nl = none\n")
    table = json.loads(run(tmp_path, "config", "keys", "--json").stdout)
    named = {(row["context"], row["name"], key) for row in table for key in row["keys"]}
    assert ("list", "open", "n") in named and ("topic", "like", "l") not in named
    terminal = parley(forum.url, environment={"XDG_CONFIG_HOME": str(tmp_path / ".config")})
    try:
        terminal.wait("What grows behind the house")
        terminal.type("x", "x")
        terminal.wait("Lists of topics")
        terminal.type("q", "n")
        terminal.wait("post 1/")
        # A step of the wheel and a click, as terminals report them.
        terminal.type("u")
        terminal.wait("topics")
        terminal.type("-H", *"1b 5b 3c 30 3b 35 3b 33 4d".split())
        terminal.type("C-c")
        terminal.wait("ended with 0")
    finally:
        terminal.end()
    file.write_text("moose = on\n[keys list]\nn = fly\n")
    wrong = run(tmp_path, "config")
    assert wrong.returncode == 1
    assert "line 1: there is no setting “moose”" in wrong.stderr and "“fly”" in wrong.stderr


def test_scripts_hear_of_posts_as_they_come(forum, topic, tmp_path):
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    watching = subprocess.Popen(
        [PROGRAMS / "parley", "watch", str(topic), "--limit", "1", "--site", forum.url],
        stdout=subprocess.PIPE, text=True, env=environment,
    )
    try:
        time.sleep(2)
        forum.client("nora").create_post("Said while a script was listening.", topic_id=topic)
        line, _ = watching.communicate(timeout=20)
    finally:
        watching.kill()
    assert json.loads(line)["text"] == "Said while a script was listening."
