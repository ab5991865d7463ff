"""Somebody sets by a library for Discourse what they want to hear of, and hears of exactly that."""

import json
import os
import re
import subprocess

import pytest
import requests
from forum import PROGRAMS, wait_for
from terminal import parley
from test_user_api_keys import Browser


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
    # Two posts of one topic are one notice.
    wait_for(
        lambda: notices(olga)[0]["data"]["display_username"] == "2 replies", 20,
        "the notice of both posts",
    )
    assert (kinds(piet), kinds(olga)) == ([17], [36])
    assert notices(olga)[0]["post_number"] == 1
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


def chosen(forum, name, place):
    """Level and delivery of the category, and those of the tag."""
    user = forum.request("GET", f"/u/{name}.json", name).json()["user"]
    category = forum.request("GET", f"/c/{place}/show.json", name).json()["category"]
    tag = forum.request("GET", "/tag/spring/notifications.json", name).json()["tag_notification"]
    assert user.get("category_deliveries", {}).get(str(place)) == category.get("delivery")
    return [(it["notification_level"], it.get("delivery")) for it in (category, tag)]


def test_deliveries_are_chosen_by_forms_of_pages(forum, place):
    forum.add_user("rosa")
    browser = Browser(forum)
    browser.log_in(browser.get("/login", headers={"Accept": "text/html"}), "rosa")
    page = browser.get("/my/preferences/subscriptions", headers={"Accept": "text/html"})
    assert "You follow nothing in particular." in page.text
    for fields in (
        {"category_id": place, "notification_level": 3, "delivery": "weekly"},
        {"tag_name": "spring", "notification_level": 2, "delivery": "daily"},
    ):
        kind = "category" if "category_id" in fields else "tag"
        answer = browser.submit(page, form_of(page, f"follow-{kind}"), **fields)
        assert answer.status_code == 303, answer.text
        page = browser.get(answer.headers["Location"], headers={"Accept": "text/html"})
    assert chosen(forum, "rosa", place) == [(3, "weekly"), (2, "daily")]
    # The menu of the category's own page.
    page = browser.get(f"/c/{place}", headers={"Accept": "text/html"})
    assert 'value="weekly" selected' in page.text
    answer = browser.submit(
        page, form_of(page, f"categories/{place}/level"), notification_level=4, delivery="web"
    )
    assert answer.status_code == 303
    assert chosen(forum, "rosa", place)[0] == (4, "web")


def forms(page):
    content = re.search(r"<main.*</main>", page.text, re.S)[0]
    return re.findall(r'<form[^>]*action="([^"]*)"', content)


def form_of(page, action):
    return next(place for place, found in enumerate(forms(page)) if found.endswith(action))


def test_deliveries_are_chosen_in_the_terminal(forum, place, sink):
    forum.add_user("tina")
    terminal = parley(forum.url)
    try:
        terminal.wait("A topic for the tag")
        terminal.type(":login", "Enter")
        terminal.wait("User name:")
        terminal.type("tina", "Enter")
        terminal.type("the password of tina", "Enter")
        terminal.wait("Welcome, tina.")
        terminal.type("g", "c")
        terminal.wait("Announce")
        while not re.search(r"^> *Announce", terminal.screen, re.M):
            terminal.type("j")
        terminal.type("m", "l")
        terminal.wait("How closely to follow")
        terminal.type("1")
        terminal.wait("one mail a week")
        terminal.type("2")
        terminal.wait("You watch the category Announce now: one mail a day.")
        assert chosen(forum, "tina", place)[0] == (3, "daily")

        # The same by a command.
        state = {name: terminal.home for name in ("HOME", "XDG_STATE_HOME")}

        def level(*words):
            return subprocess.run(
                [PROGRAMS / "parley", "level", *words, "--site", forum.url],
                capture_output=True, text=True, timeout=60, env=os.environ | state,
            )

        done = level("watching", "#spring", "--delivery", "web", "--json")
        assert json.loads(done.stdout) == {
            "what": "#spring", "level": "watching", "delivery": "web",
        }, done.stderr
        assert level("tracking", "announce").returncode == 0
        assert chosen(forum, "tina", place) == [(2, "daily"), (3, "web")]
        assert level("watching", "@olga", "--delivery", "web").returncode == 1
        assert level("watching", "#spring", "--delivery", "pigeon").returncode != 0
    finally:
        terminal.end()

    # What is chosen holds: no mail, and a notice at once.
    topic = forum.client().create_post(
        "Words for those who watch the tag.", title="Another topic for the tag", tags=["spring"],
    )
    tina = forum.client("tina")
    wait_for(lambda: 36 in kinds(tina), 20, "the notice of the tag")
    assert notices(tina)[0]["topic_id"] == topic["topic_id"]
    assert subjects(sink, "tina@example.com") == []
