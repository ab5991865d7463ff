"""A mail that was accepted is a post, once, and its readers hear of it once, whenever the power goes.

CRASH_TRIES says how often it goes (5 by default; 200 for the long run).
"""

import collections
import email.message
import email.utils
import os
import random
import smtplib
import threading
import time

import pytest
from forum import Forum, wait_for

TRIES = int(os.environ.get("CRASH_TRIES", "5"))
SENDERS = 3
AUTHOR = "author@example.com"
READER = "reader@example.com"


@pytest.fixture(scope="module")
def forum(sink):
    settings = {"max_emails_per_day_per_user": 10_000, "max_incoming_emails_per_hour": 0}
    forum = Forum(relay_port=sink.port, settings=settings)
    try:
        yield forum.prepare()
    finally:
        forum.end()


class RetryingSender(threading.Thread):
    """An MTA with a queue of one mail: it offers it until it is taken, then the next."""

    def __init__(self, forum, recipient, number):
        super().__init__(daemon=True)
        self.forum = forum
        self.recipient = recipient
        self.number = number
        self.accepted = []
        self.repeats = 0
        self.stop = threading.Event()

    def run(self):
        while not self.stop.is_set():
            text = f"Sender {self.number} wrote this as mail {len(self.accepted) + 1} of its queue."
            mail = email.message.EmailMessage()
            mail["From"] = AUTHOR
            mail["Subject"] = "Re: A topic for the night of the storm"
            mail["Message-ID"] = f"<storm.{self.number}.{len(self.accepted)}@example.com>"
            mail["Date"] = email.utils.formatdate()
            mail.set_content(text)
            self._offer(mail)
            self.accepted.append(text)

    def _offer(self, mail):
        while True:
            try:
                code, reply = self.forum.deliver(mail, self.recipient, AUTHOR)
            except (OSError, smtplib.SMTPException):
                code, reply = 451, "no answer"
            if code == 250:
                return
            assert code // 100 == 4, (code, reply)
            self.repeats += 1
            time.sleep(0.05)


def test_nothing_accepted_is_lost(forum, sink):
    forum.add_user("author")
    forum.add_user("reader")
    topic = forum.client("author").create_post(
        "Everybody answers here by mail while the lights flicker.",
        title="A topic for the night of the storm",
        category_id=4,
    )["topic_id"]
    for name in ("author", "reader"):
        level = {"notification_level": 3}
        forum.request("POST", f"/t/{topic}/notifications.json", name, json=level)
    forum.client("reader").create_post("This is what the author answers.", topic_id=topic)
    first = sink.wait(AUTHOR)
    recipient = email.utils.parseaddr(str(first["Reply-To"]))[1]

    senders = [RetryingSender(forum, recipient, number) for number in range(SENDERS)]
    for sender in senders:
        sender.start()
    choice = random.Random(20261125)
    for number in range(TRIES):
        time.sleep(choice.uniform(0.02, 0.6))
        # What its database had not written down goes with it every third time.
        forum.kill(with_database=number % 3 == 2)
        forum.start()
    for sender in senders:
        sender.stop.set()
    for sender in senders:
        sender.join(60)
        assert not sender.is_alive()

    accepted = [text for sender in senders for text in sender.accepted]
    posts = [post for post in forum.posts(topic) if post["username"] == "author"][1:]
    counts = collections.Counter(post["raw"] for post in posts)
    assert [text for text in accepted if counts[text] != 1] == []
    assert sum(counts.values()) == len(accepted)

    wait_for(lambda: forum.sql("SELECT count(*) FROM outbox") == [["0"]], 60, "an empty outbox")
    # A mail that was being sent belongs to the dead sender for a while; let that time be over before
    # the next one looks.
    forum.kill()
    forum.sql(
        "UPDATE outgoing_emails SET leased_until = now() - interval '1 second' "
        "WHERE state = 'queued' AND leased_until IS NOT NULL"
    )
    forum.start()
    wanted = {str(post["id"]) for post in posts}

    def told():
        ids = collections.defaultdict(set)
        for mail in sink.mails(READER):
            ids[str(mail["X-Discourse-Post-Id"])].add(str(mail["Message-ID"]))
        return ids

    wait_for(lambda: wanted <= told().keys(), 120, "a mail to the reader for each post")
    assert [ids for ids in told().values() if len(ids) != 1] == []
    copies = collections.Counter(str(mail["Message-ID"]) for mail in sink.mails(READER))
    repeats = sum(sender.repeats for sender in senders)
    print(
        f"\n{TRIES} kills: {len(accepted)} mails accepted ({repeats} offered again), "
        f"{len(posts)} posts, {len(told())} readers' mails, "
        f"{sum(count - 1 for count in copies.values())} of them twice"
    )
