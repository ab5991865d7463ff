"""Somebody sets by a library for Discourse what they want to hear of, and hears of exactly that."""

import re

import pytest
import requests
from forum import wait_for


@pytest.fixture(scope="module")
def place(forum):
    for name in ("olga", "piet", "quin"):
        forum.add_user(name)
    api = forum.client()
    # The first one makes the tag.
    api.create_post("The first words about the tag.", title="A topic for the tag", tags=["spring"])
    return api.create_category("Announce", "0088CC")["category"]["id"]


def notices(client):
    return client._get("/notifications.json")["notifications"]


def kinds(client):
    return [notice["notification_type"] for notice in notices(client)]


def subjects(sink, address):
    return [str(mail["Subject"]) for mail in sink.mails(address)]


def test_levels_decide_on_notices_and_mails(forum, sink, place):
    olga, piet, quin = (forum.client(name) for name in ("olga", "piet", "quin"))
    olga.notifications(place, notification_level=3)
    piet._put("/u/piet", watched_first_post_category_ids=str(place), email_level=0)
    forum.request(
        "PUT", "/tag/spring/notifications.json", "quin",
        json={"tag_notification": {"notification_level": 3, "delivery": "web"}},
    )
    shown = forum.request("GET", "/tag/spring/notifications.json", "quin").json()
    assert shown["tag_notification"] == {
        "id": "spring", "notification_level": 3, "delivery": "web",
    }

    api = forum.client()
    topic = api.create_post(
        "The words of an announcement.", title="An announcement for spring",
        category_id=place, tags=["spring"],
    )
    api.create_post("And some more of them, for those who watch.", topic_id=topic["topic_id"])
    wait_for(lambda: 36 in kinds(olga) and 36 in kinds(quin), 20, "notices of the announcement")
    assert kinds(piet) == [17]
    # Two posts of one topic are one notice.
    assert kinds(olga) == [36]
    first = notices(olga)[0]
    assert (first["post_number"], first["data"]["display_username"]) == (1, "2 replies")
    wait_for(
        lambda: len(subjects(sink, "olga@example.com")) == 2
        and len(subjects(sink, "piet@example.com")) == 1,
        20,
        "mails about the announcement",
    )
    assert subjects(sink, "quin@example.com") == []

    # What is muted is heard of no more; a choice for the topic goes before the category.
    olga._post(f"/t/{topic['topic_id']}/notifications", notification_level=0)
    piet._post(f"/t/{topic['topic_id']}/notifications", notification_level=3)
    api.create_post("The third post of the announcement.", topic_id=topic["topic_id"])
    wait_for(lambda: 9 in kinds(piet), 20, "the notice of a watched topic")
    assert kinds(olga) == [36]


def test_a_daily_digest_comes_once_and_is_stopped_by_one_click(forum, sink, place):
    olga = forum.client("olga")
    olga._put("/u/olga", **{f"category_deliveries[{place}]": "daily"})
    assert olga._get("/u/olga.json")["user"]["category_deliveries"] == {str(place): "daily"}
    before = len(subjects(sink, "olga@example.com"))
    api = forum.client()
    topic = api.create_post(
        "Words that can wait until tomorrow.", title="A topic for the digest",
        category_id=place,
    )
    api.create_post("More words that can wait.", topic_id=topic["topic_id"])
    wait_for(lambda: len(notices(olga)) == 2, 20, "the notice")
    assert len(subjects(sink, "olga@example.com")) == before

    def tomorrow():
        forum.sql(
            "UPDATE category_users SET digest_due_at = now(), "
            "digest_since = digest_since - interval '1 hour' WHERE digest_due_at IS NOT NULL"
        )
        # What is due is looked for when the server starts.
        forum.stop()
        forum.start()

    tomorrow()
    wait_for(lambda: len(subjects(sink, "olga@example.com")) > before, 30, "the digest")
    mail = sink.mails("olga@example.com")[-1]
    assert "Digest of Announce: 1 topic, 2 posts" in str(mail["Subject"])
    assert "announce." in str(mail["List-ID"])
    text = mail.get_body(("plain",)).get_content()
    assert "1. A topic for the digest (2)" in text
    assert "Words that can wait until tomorrow." in text
    assert mail.get_body(("html",)) is not None

    address = re.search(r"<(.*)>", str(mail["List-Unsubscribe"])).group(1)
    assert "Announce" in requests.get(address, timeout=10).text
    assert requests.post(address, data={"List-Unsubscribe": "One-Click"}, timeout=10).ok
    assert olga._get("/u/olga.json")["user"]["category_deliveries"] == {str(place): "web"}
    category = forum.request("GET", f"/c/{place}/show.json", "olga").json()["category"]
    assert (category["notification_level"], category["delivery"]) == (3, "web")
    count = len(subjects(sink, "olga@example.com"))
    api.create_post("Words that come too late.", topic_id=topic["topic_id"])
    tomorrow()
    wait_for(lambda: len(notices(olga)) >= 2, 20, "the last notice")
    assert len(subjects(sink, "olga@example.com")) == count
