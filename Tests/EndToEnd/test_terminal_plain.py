"""The whole journey as a screen reader has it: lines that are only ever added, and questions."""

import pytest
from forum import wait_for
from recording import Recording


@pytest.fixture(scope="module")
def topic(forum):
    forum.add_user("vera")
    made = forum.client().create_post(
        "The first thing that is read aloud here, with a [link](https://example.org/reading).",
        category_id=forum.sql("SELECT id FROM categories WHERE name = 'General'")[0][0],
        title="What is read aloud behind the house",
    )
    return made["topic_id"]


def test_somebody_reads_searches_logs_in_and_answers_by_ear(forum, topic, tmp_path):
    with Recording("--plain", forum.url, home=str(tmp_path)) as session:

        def say(answer, expected):
            start = len(session.written)
            session.press(answer + "\r")
            session.wait(expected, since=start)

        session.wait("Topic number or command:")
        say("s read aloud", "What is read aloud behind the house")
        say("1", "Post 1 of 1, by system")
        assert b"The first thing that is read aloud here" in session.written
        say("o", "https://example.org/reading")
        say("u", "Topic number or command:")
        say("log in", "p with a password")
        say("p", "ser name")
        say("vera", "assword")
        say("the password of vera", "Welcome, vera.")
        assert b"the password of vera" not in session.written
        say("1", "Post 1 of")
        session.press("t\r")
        session.wait("an empty line ends it")
        session.press("Heard, and answered by ear.\r")
        say("", f"Sent: {forum.url}/t/{topic}/2")
        say("k", "You like post 1.")
        say("u", "Topic number or command:")
        session.press("q\r")
        assert session.ended() == 0
        # Nothing moves and nothing is drawn over: printable text and ends of lines alone.
        assert session.strange == [] and b"\x1b" not in session.written and b"\x07" not in session.written
        assert session.is_restored
    wait_for(lambda: "by ear" in forum.posts(topic)[-1]["raw"])
