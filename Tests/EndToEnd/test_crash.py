"""Nothing that was acknowledged is lost or doubled when the programs are killed at work."""

import collections
import email.message
import email.utils
import signal
import smtplib
import threading
from concurrent import futures

import pytest
import requests
from forum import Forum, wait_for

WRITERS = ["writer1", "writer2", "writer3"]
WATCHER = "watcher"


@pytest.fixture(scope="module")
def forum(sink):
    forum = Forum(relay_port=sink.port, settings={"max_emails_per_day_per_user": 10_000})
    try:
        yield forum.prepare()
    finally:
        forum.end()


@pytest.fixture(scope="module")
def topic(forum):
    for name in [*WRITERS, WATCHER]:
        forum.add_user(name)
    made = forum.client("writer1").create_post(
        "Everybody writes here at once, until the power goes.",
        title="A topic with a lot of traffic",
        category_id=4,
    )
    forum.request(
        "POST", f"/t/{made['topic_id']}/notifications.json", WATCHER,
        json={"notification_level": 3},
    )
    return made["topic_id"]


@pytest.fixture(scope="module")
def reply_address(forum, sink, topic):
    forum.client("writer1").create_post("This one can be answered by mail.", topic_id=topic)
    mail = sink.wait(f"{WATCHER}@example.com")
    return email.utils.parseaddr(str(mail["Reply-To"]))[1]


class Burst:
    """People who post and mail until nothing answers; keeps what they were told."""

    def __init__(self, forum, topic, reply_address, name):
        self.forum = forum
        self.topic = topic
        self.reply_address = reply_address
        self.name = name
        self.posted = []
        self.mailed = []
        self.unanswered = []
        self.stop = threading.Event()

    def run(self, until):
        """Writes until `until()` holds, then calls it no more and waits for the writers to end."""
        with futures.ThreadPoolExecutor() as threads:
            work = [threads.submit(self._post, writer) for writer in WRITERS]
            work += [threads.submit(self._mail, number) for number in range(2)]
            try:
                wait_for(lambda: len(self.posted) > 20 and len(self.mailed) > 8, 60, "a burst")
                until()
            finally:
                self.stop.set()
            for writer in work:
                writer.result()
        assert self.posted and self.mailed

    def _post(self, writer):
        number = 0
        while not self.stop.is_set():
            number += 1
            text = f"{self.name}: {writer} writes this as number {number}."
            try:
                answer = self.forum.request(
                    "POST", "/posts.json", writer, json={"raw": text, "topic_id": self.topic}
                )
            except requests.RequestException:
                return
            if answer.status_code == 200:
                self.posted.append(text)

    def _mail(self, sender):
        number = 0
        while not self.stop.is_set():
            number += 1
            text = f"{self.name}: mailed by hand {sender} as number {number}."
            mail = email.message.EmailMessage()
            mail["From"] = f"{WATCHER}@example.com"
            mail["Message-ID"] = f"<{self.name}.{sender}.{number}@example.com>"
            mail["Subject"] = "Re: A topic with a lot of traffic"
            mail.set_content(text)
            try:
                code, _ = self.forum.deliver(mail, self.reply_address, f"{WATCHER}@example.com")
            except (OSError, smtplib.SMTPException):
                self.unanswered.append((text, mail))
                return
            if code == 250:
                self.mailed.append((text, mail))
            else:
                self.unanswered.append((text, mail))


def texts_of(forum, topic):
    return collections.Counter(post["raw"] for post in forum.posts(topic))


@pytest.mark.parametrize("with_database", [False, True], ids=["parleyd", "parleyd and PostgreSQL"])
def test_killed_in_the_middle_of_a_burst(forum, sink, topic, reply_address, with_database):
    name = "second burst" if with_database else "first burst"
    burst = Burst(forum, topic, reply_address, name.replace(" ", "-"))

    burst.run(lambda: forum.kill(with_database))
    forum.start()

    # What an MTA does with what it was not told about, and sometimes with what it was.
    for text, mail in burst.unanswered + burst.mailed[:3]:
        code, reply = forum.deliver(mail, reply_address, f"{WATCHER}@example.com")
        assert code == 250, (text, reply)

    texts = texts_of(forum, topic)
    wanted = burst.posted + [text for text, _ in burst.mailed + burst.unanswered]
    assert [text for text in wanted if texts[text] != 1] == []
    assert [text for text, count in texts.items() if count != 1] == []
    numbers = [post["post_number"] for post in forum.posts(topic)]
    assert numbers == sorted(set(numbers))


def test_told_to_stop_in_the_middle_of_a_burst(forum, topic, reply_address):
    burst = Burst(forum, topic, reply_address, "third-burst")
    burst.run(lambda: forum.process.send_signal(signal.SIGTERM))
    assert forum.process.wait(30) == 0, forum.log
    assert forum.postmaster() is None
    forum.start()
    texts = texts_of(forum, topic)
    assert [text for text in burst.posted if texts[text] != 1] == []
    assert [text for text, _ in burst.mailed if texts[text] != 1] == []
    assert max(texts.values()) == 1


def test_everybody_hears_of_everything(forum, sink, topic):
    """After both crashes: a mail for each post by somebody else, copies under one Message-ID."""
    wait_for(lambda: forum.sql("SELECT count(*) FROM outbox") == [["0"]], 60, "an empty outbox")
    # A mail that was being sent when the power went belongs to the dead sender for a quarter of an
    # hour; let that time be over.
    forum.sql(
        "UPDATE outgoing_emails SET leased_until = now() - interval '1 second' "
        "WHERE state = 'queued' AND leased_until IS NOT NULL"
    )
    posts = {
        str(post["id"])
        for post in forum.posts(topic)
        if post["username"] != WATCHER and post["post_number"] > 1
    }
    assert len(posts) > 40

    def told():
        by_post = collections.defaultdict(set)
        for mail in sink.mails(f"{WATCHER}@example.com"):
            by_post[str(mail["X-Discourse-Post-Id"])].add(str(mail["Message-ID"]))
        return by_post

    wait_for(lambda: posts <= told().keys(), 60, "a mail for each post")
    assert [ids for ids in told().values() if len(ids) != 1] == []
    assert told().keys() == posts
    notified = forum.sql(
        "SELECT count(*), count(DISTINCT n.post_id) FROM notifications n "
        f"JOIN users u ON u.id = n.user_id WHERE u.username = '{WATCHER}' "
        "AND n.notification_type IN (2, 9)"
    )
    # The unread notices of a topic are one, which says how many posts there are.
    assert notified == [["1", "1"]]
