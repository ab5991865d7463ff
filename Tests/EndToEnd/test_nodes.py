"""Two servers on one database are one forum."""

import threading
import time

import pytest
import requests
from forum import Forum, wait_for


@pytest.fixture(scope="module")
def second(forum):
    second = Forum(relay_port=forum.relay_port, database_url=forum.connection())
    second.key = forum.key
    try:
        yield second.start()
    finally:
        second.end()


@pytest.fixture(scope="module")
def topic(forum):
    for name in ("nora", "niko"):
        forum.add_user(name)
    made = forum.client("nora").create_post(
        "This is written on one machine and read on another.",
        title="A topic that two machines serve",
        category_id=4,
    )
    forum.request(
        "POST", f"/t/{made['topic_id']}/notifications.json", "niko",
        json={"notification_level": 3},
    )
    return made["topic_id"]


def test_a_long_poll_on_one_hears_of_a_post_on_the_other(forum, second, topic):
    def last_message():
        shown = second.request("GET", f"/t/{topic}.json", None)
        return shown.json()["message_bus_last_id"]

    # The first post is news too; it is published a moment after it is acknowledged.
    position = wait_for(last_message, 10, "the first message")
    heard = []

    def poll():
        answer = requests.post(
            f"{second.url}/message-bus/listener/poll",
            data={f"/topic/{topic}": position},
            headers={"Dont-Chunk": "true"},
            timeout=40,
        )
        heard.append((time.monotonic(), answer.json()))

    listener = threading.Thread(target=poll)
    listener.start()
    # Long enough that the poll waits; one that comes later would find the message all the same.
    time.sleep(0.5)
    assert not heard
    written = forum.client("nora").create_post("Can you hear me over there?", topic_id=topic)
    acknowledged = time.monotonic()
    listener.join(30)
    (moment, messages), = heard
    assert moment - acknowledged < 5
    assert [message["data"]["id"] for message in messages] == [written["id"]]
    assert messages[0]["channel"] == f"/topic/{topic}"
    assert messages[0]["message_id"] == position + 1


def test_what_one_keeps_in_memory_goes_when_the_other_changes_it(forum, second, topic):
    page = f"{second.url}/t/{topic}.json"

    def is_kept():
        return requests.get(page, timeout=10).headers.get("X-Discourse-Cached") == "true"

    wait_for(is_kept, 10, "an answer from memory")
    forum.client("nora").create_post("Nothing old, please, on the other machine.", topic_id=topic)
    wait_for(lambda: "Nothing old, please" in requests.get(page, timeout=10).text, 5, "the new post")


def test_each_is_told_once_whichever_machine_does_it(forum, second, sink, topic):
    for number in range(10):
        node = (forum, second)[number % 2]
        node.client("nora").create_post(f"Post number {number} of this round.", topic_id=topic)
    last = lambda mail: "Post number 9" in mail.get_body(("plain",)).get_content()
    sink.wait("niko@example.com", last)
    done = "SELECT count(*) FROM outgoing_emails WHERE state = 'queued'"
    wait_for(lambda: forum.sql(done) == [["0"]], 30, "an empty queue")
    ids = [str(mail["Message-ID"]) for mail in sink.mails("niko@example.com")]
    assert len(ids) == len(set(ids))
    bodies = [mail.get_body(("plain",)).get_content() for mail in sink.mails("niko@example.com")]
    assert sum("of this round" in body for body in bodies) == 10


def test_one_goes_on_without_the_other(forum, second, topic):
    second.kill()
    forum.client("nora").create_post("I am alone now, it seems to me.", topic_id=topic)
    second.start()
    assert "I am alone now" in requests.get(f"{second.url}/t/{topic}.json", timeout=10).text
