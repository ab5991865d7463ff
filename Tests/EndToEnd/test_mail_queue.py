"""What waits to be sent survives every relay, and an administrator sees it and acts on it.

The tests of this file run in their order.
"""

import collections
import json

import pytest
from forum import Forum, wait_for
from relay import BadRelay

READERS = [f"reader{number}" for number in range(6)]


@pytest.fixture(scope="module")
def relay():
    """Nobody listens before it is started."""
    relay = BadRelay()
    yield relay
    relay.stop()


@pytest.fixture(scope="module")
def forum(relay):
    forum = Forum(relay_port=relay.port)
    try:
        forum.prepare()
        forum.add_user("walt")
        for name in READERS:
            forum.add_user(name)
        yield forum
    finally:
        forum.end()


def queue(forum, *arguments):
    return json.loads(forum.run("mail", "queue", *arguments, "--json").stdout)


def write_topic(forum, title):
    answer = forum.request(
        "POST",
        "/posts.json",
        "walt",
        json={"title": title, "raw": f"{title}: with enough words to be a post.", "category": 4},
    )
    assert answer.ok, answer.text
    return answer.json()["topic_id"]


def write_reply(forum, topic, text):
    body = {"topic_id": topic, "raw": f"{text}, said with enough words to be a post."}
    answer = forum.request("POST", "/posts.json", "walt", json=body)
    assert answer.ok, answer.text


@pytest.fixture(scope="module")
def topic(forum):
    topic = write_topic(forum, "A topic that six people watch")
    for name in READERS:
        path = f"/t/{topic}/notifications.json"
        assert forum.request("POST", path, name, json={"notification_level": 3}).ok
    return topic


def test_while_the_relay_is_away_everything_waits(forum, topic):
    for text in ("The first thing", "The second thing"):
        write_reply(forum, topic, text)
    waiting = wait_for(
        lambda: [mail for mail in queue(forum) if mail["attempts"]], 20, "a failed attempt"
    )
    assert "connect" in waiting[0]["response"]
    assert len(queue(forum)) == 12
    shown = queue(forum, "show", waiting[0]["id"])
    assert shown["topic_title"] == "A topic that six people watch"
    assert "next_attempt_at" in forum.run("mail", "queue", "show", str(shown["id"])).stdout


def test_whatever_the_relay_does_nothing_is_lost(forum, relay):
    relay.plan = ["drop", "midway", "later", "ok", "slow", "ok", "drop"]
    relay.start()
    forum.run("mail", "queue", "retry", "--all")

    def everything():
        return len(set(relay.taken)) == 12 and not queue(forum)

    def hurry():
        forum.run("mail", "queue", "retry", "--all")
        return everything()

    wait_for(hurry, 60, "twelve mails")
    counts = collections.Counter(relay.taken)
    # Each was acknowledged once; those of which the word was lost came again under the same id.
    assert set(counts.values()) == {1}
    assert len(relay.dropped) == 2 and set(relay.dropped) <= set(relay.taken)
    assert {recipient for recipient, _ in counts} == {f"{name}@example.com" for name in READERS}
    # Connections were shared.
    assert relay.connections < 16


def test_a_mailbox_that_does_not_exist_is_left_alone(forum, topic, relay):
    relay.plan = ["nobody"]
    write_reply(forum, topic, "The third thing")
    failed = wait_for(lambda: queue(forum, "list", "--state", "failed"), 20, "a failure")
    assert [mail["attempts"] for mail in failed] == [0]
    address = failed[0]["to"]
    listed = json.loads(forum.run("mail", "suppression", "--json").stdout)
    assert [(entry["address"], entry["source"]) for entry in listed] == [(address, "refusal")]

    write_reply(forum, topic, "The fourth thing")
    skipped = wait_for(lambda: queue(forum, "list", "--state", "skipped"), 20, "a skipped mail")
    assert skipped[0]["to"] == address and "gets no mail" in skipped[0]["response"]

    before = len(relay.taken)
    forum.run("mail", "suppression", "remove", address)
    forum.run("mail", "queue", "retry", str(failed[0]["id"]))
    # A retry given by another process is seen at the next look at the queue.
    forum.stop()
    forum.start()
    wait_for(lambda: len(relay.taken) > before, 20, "the mail")
    assert forum.run("mail", "suppression", "remove", address, check=False).returncode != 0


def test_mails_are_held_let_go_and_discarded(forum, topic, relay):
    wait_for(lambda: not queue(forum), 20, "an empty queue")
    relay.stop()
    write_reply(forum, topic, "The fifth thing")
    waiting = wait_for(lambda: len(queue(forum)) == 6 and queue(forum), 20, "six mails")
    wait_for(lambda: all(mail["state"] == "queued" for mail in queue(forum)), 20, "attempts")
    first, second, *_ = [mail["id"] for mail in waiting]
    assert queue(forum, "hold", first, second) == [first, second]
    assert queue(forum, "discard", second) == [second]
    states = {mail["id"]: mail["state"] for mail in queue(forum)}
    assert states[first] == "held" and second not in states
    assert queue(forum, "discard", "--to", "example.com") and not queue(forum)
    wrong = forum.run("mail", "queue", "retry", check=False)
    assert wrong.returncode != 0 and "--all" in wrong.stderr
    assert forum.run("mail", "queue").stdout == "No mail waits.\n"
