"""Signed mail goes out, and archives are read by neomutt and by another forum."""

import gzip
import json
import mailbox
import re
import stat

import dkim
import pytest
from forum import Forum, wait_for
from terminal import Terminal

TREE = {2: None, 3: 2, 4: None, 5: 3, 6: 5}


@pytest.fixture(scope="module")
def records():
    """What the DNS would say."""
    return {}


@pytest.fixture(scope="module")
def forum(sink, records):
    forum = Forum(relay_port=sink.port)
    try:
        for algorithm in ("rsa", "ed25519"):
            line = forum.run("mail", "dkim-key", "--algorithm", algorithm).stdout
            again = forum.run("mail", "dkim-key", "--algorithm", algorithm).stdout
            assert again == line
            name, _, value = line.partition(" IN TXT ")
            records[name.encode()] = "".join(re.findall(r'"([^"]*)"', value)).encode()
        forum.prepare()
        for name in ("anna", "bert"):
            forum.add_user(name)
        yield forum
    finally:
        forum.end()


def post(forum, username, **fields):
    answer = forum.request("POST", "/posts.json", username, json=fields)
    assert answer.ok, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def topic(forum):
    made = post(
        forum,
        "anna",
        title="A tree of answers to look at",
        raw="From here the tree grows.\n\nFrom Anna, who began it.",
        category=4,
    )
    path = f"/t/{made['topic_id']}/notifications.json"
    assert forum.request("POST", path, "bert", json={"notification_level": 3}).ok
    for number, parent in TREE.items():
        fields = {"reply_to_post_number": parent} if parent else {}
        raw = f"This is post number {number} of the tree."
        post(forum, "anna", topic_id=made["topic_id"], raw=raw, **fields)
    return made["topic_id"]


def test_what_goes_out_is_signed_twice(forum, sink, topic, records):
    mail = sink.wait("bert@example.com", lambda mail: "post number 2" in str(mail.get_body()))
    lookup = lambda name, timeout=5: records.get(name)
    assert len(mail.get_all("DKIM-Signature")) == 2
    for index in range(2):
        assert dkim.DKIM(mail.original).verify(index, dnsfunc=lookup)
    changed = mail.original.replace(b"post number 2", b"post number 7")
    assert changed != mail.original
    with pytest.raises(dkim.ValidationError):
        dkim.DKIM(changed).verify(0, dnsfunc=lookup)
    for key in (forum.data / "dkim").iterdir():
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def subjects(screen):
    lines = [line for line in screen.splitlines() if "tree of answers" in line]
    return lines if len(lines) == 6 else None


def test_neomutt_shows_the_tree_of_the_topic(forum, topic, tmp_path):
    archive = tmp_path / "topic.mbox"
    answer = forum.request("GET", f"/t/{topic}.mbox", None)
    assert answer.ok and answer.headers["Content-Type"] == "application/mbox"
    archive.write_bytes(answer.content)
    settings = tmp_path / "muttrc"
    settings.write_text(
        'set sort=threads\nset index_format="%s"\nset ascii_chars\nset hide_thread_subject=no\n'
        f"set spool_file={archive}\nset header_cache=\nset folder={tmp_path}\nset record=\n"
    )
    terminal = Terminal(["neomutt", "-n", "-R", "-F", settings, "-f", archive])
    try:
        lines = wait_for(lambda: subjects(terminal.screen), 20, "six mails in neomutt")
    finally:
        terminal.end()
    # Indentation tells how deep each stands.
    depths = [re.search("Re:|A tree", line).start() for line in lines]
    steps = sorted(set(depths))
    assert [steps.index(depth) for depth in depths] == [0, 1, 2, 3, 4, 1]


def test_an_archive_goes_home_and_abroad(forum, topic, tmp_path):
    answer = forum.request("GET", "/c/general/4.mbox.gz", "bert")
    assert answer.ok and answer.headers["Content-Type"] == "application/gzip"
    archive = tmp_path / "general.mbox"
    archive.write_bytes(gzip.decompress(answer.content))
    assert len(mailbox.mbox(archive)) == 6
    assert b"@example.com" not in archive.read_bytes()
    exported = tmp_path / "site.mbox.gz"
    done = forum.run("export", "mbox", exported, "--all")
    assert "6 mails written" in done.stderr
    assert gzip.decompress(exported.read_bytes()).count(b"\nMessage-ID: ") == 6
    again = json.loads(forum.run("import", "mbox", exported, "--by-list-id", "--json").stdout)
    assert (again["mails"], again["known"], again["posts"]) == (6, 6, 0)
    assert forum.request("GET", "/t/9999.mbox", None).status_code == 404
    assert forum.run("export", "mbox", exported, "--category", "none", check=False).returncode != 0
