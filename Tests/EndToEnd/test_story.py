"""One story from end to end: a list moves in, people talk by API, mail and terminal.

The tests of this file run in their order and go on from where the one before stopped.
"""

import email.message
import email.utils
import json
import os
import re
import subprocess

import pytest
import requests
from forum import CORPUS, FIXTURES, PROGRAMS, REPLY_DOMAIN, wait_for
from terminal import parley

TITLE = "Where shall we meet in spring?"


class Story:
    """What later chapters know from earlier ones."""

    category = None
    topic = None
    notification = None


@pytest.fixture(scope="module")
def story():
    return Story()


def body_of(mail, kind):
    return mail.get_body((kind,)).get_content()


def reply_address(mail):
    return email.utils.parseaddr(str(mail["Reply-To"]))[1]


def answer(to, text, sender="olga@example.com", message_id=None):
    mail = email.message.EmailMessage()
    mail["From"] = f"Olga <{sender}>"
    mail["To"] = str(to["Reply-To"])
    mail["Subject"] = f"Re: {to['Subject']}"
    mail["Message-ID"] = message_id or email.utils.make_msgid(domain="example.com")
    mail["In-Reply-To"] = str(to["Message-ID"])
    mail["References"] = f"{to['References'] or ''} {to['Message-ID']}".strip()
    mail["Date"] = email.utils.localtime()
    mail.set_content(text)
    return mail


def import_mbox(forum, file):
    command = ("import", "mbox", file, "--category", "general", "--publish", "--json")
    return json.loads(forum.run(*command, timeout=200).stdout)


def test_a_small_list_moves_in_and_stays_threaded(forum):
    summary = import_mbox(forum, FIXTURES / "small.mbox")
    assert summary["mails"] == 5
    # The last mail is there twice.
    assert (summary["posts"], summary["known"], summary["refused"]) == (4, 1, [])
    assert summary["topics"] == 2

    found = forum.request("GET", "/search.json?q=slow line editor", None).json()
    topic = found["topics"][0]
    assert topic["title"].endswith("Which editor over a slow line?")
    first, second, third = forum.posts(topic["id"])
    assert first["created_at"].startswith("2024-03-04T09:12:00")
    assert first["name"] == "Inês Prado"
    assert "Olá from the valley" in first["raw"]
    # Quoted text and signature are left out, and the reply hangs on what it answers.
    assert second["raw"].strip() == "ed, the standard one. It sends only what you type."
    assert second["created_at"].startswith("2024-03-04T10:02:00")
    assert third["reply_to_post_number"] == 2
    assert "**that** works, even café" in third["raw"]
    # Addresses of people stay theirs.
    assert "list.test" not in json.dumps([first, second, third])


def test_importing_again_adds_nothing(forum):
    before = forum.client().about()["about"]["stats"]
    summary = import_mbox(forum, FIXTURES / "small.mbox")
    assert (summary["posts"], summary["known"]) == (0, 5)
    assert forum.client().about()["about"]["stats"] == before


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of mailing lists is not there")
def test_years_of_mailing_lists_move_in(forum):
    summary = import_mbox(forum, CORPUS / "mailing-lists.mbox.gz")
    accounted = summary["posts"] + summary["known"] + len(summary["refused"])
    assert summary["mails"] == 2500 and accounted == 2500
    assert summary["posts"] > 2400
    assert all(refusal["reason"] for refusal in summary["refused"])
    assert forum.client().about()["about"]["stats"]["posts_count"] >= summary["posts"]


def test_a_library_for_discourse_makes_a_category_and_a_topic(forum, story):
    made_user = forum.client().create_user(
        "Olga", "olga", "olga@example.com", "the password of olga", active="true", approved="true"
    )
    assert made_user["success"] and made_user["active"], made_user
    forum.add_user("pavel")
    made = forum.client().create_category("Meetings", color="0088CC", text_color="FFFFFF")
    story.category = made["category"]["id"]
    # Olga wants to hear of everything there.
    forum.client("olga").notifications(story.category, notification_level=3)
    topic = forum.client("pavel").create_post(
        "Three towns have offered a room. *Which* one is easiest to reach for you?",
        category_id=story.category,
        title=TITLE,
    )
    story.topic = topic["topic_id"]
    shown = forum.client().topic(topic["topic_slug"], story.topic)
    assert shown["title"] == TITLE and shown["category_id"] == story.category
    assert "<em>Which</em>" in shown["post_stream"]["posts"][0]["cooked"]


def test_who_watches_the_category_is_told_by_mail(forum, sink, story):
    first = sink.wait("olga@example.com", lambda mail: TITLE in str(mail["Subject"]))
    assert not first["In-Reply-To"]
    reply = forum.client("pavel").create_post(
        "I would take the one by the sea: **two** trains an hour.", topic_id=story.topic
    )
    mail = sink.wait("olga@example.com", lambda mail: "by the sea" in body_of(mail, "plain"))
    story.notification = mail

    assert mail["Subject"] == f"[Parley] [Meetings] {TITLE}"
    assert str(mail["Message-ID"]) != str(first["Message-ID"])
    assert str(mail["In-Reply-To"]) == str(first["Message-ID"])
    assert str(first["Message-ID"]) in str(mail["References"])
    assert str(reply["id"]) in str(mail["Message-ID"])
    assert re.fullmatch(r"(.* )?<meetings\..+>", str(mail["List-ID"]))
    assert str(mail["List-Unsubscribe"]).startswith(f"<{forum.url}/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Precedence"] == "list"
    assert "Pavel" in str(mail["From"]) and f"forum@{REPLY_DOMAIN}" in str(mail["From"])
    key = re.fullmatch(rf"reply\+([0-9a-z]{{32}})@{re.escape(REPLY_DOMAIN)}", reply_address(mail))
    assert key, reply_address(mail)
    assert "*two* trains an hour" in body_of(mail, "plain")
    assert "<strong>two</strong> trains an hour" in body_of(mail, "html")
    # Nobody is told of what they wrote themselves.
    assert sink.mails("pavel@example.com") == []


def test_the_answer_by_mail_is_the_next_post(forum, story):
    text = (
        "The sea, please. And in *April*, not in May.\n"
        "\n"
        "On Monday, Pavel via Parley wrote:\n"
        "> I would take the one by the sea: **two** trains an hour.\n"
        "\n"
        "-- \n"
        "Olga\n"
        "sent from the night train\n"
    )
    before = len(forum.posts(story.topic))
    mail = answer(story.notification, text, message_id="<april@example.com>")
    code, reply = forum.deliver(mail, reply_address(story.notification), "olga@example.com")
    assert code == 250, reply
    posts = forum.posts(story.topic)
    assert len(posts) == before + 1
    post = posts[-1]
    assert post["username"] == "olga"
    assert post["raw"].strip() == "The sea, please. And in *April*, not in May."
    assert "<em>April</em>" in post["cooked"]
    assert post["post_number"] == before + 1
    assert post["reply_to_post_number"] in (2, None)


def test_the_same_mail_again_makes_no_second_post(forum, story):
    mail = answer(story.notification, "Once is enough, I should think.")
    before = len(forum.posts(story.topic))
    for _ in range(2):
        code, reply = forum.deliver(mail, reply_address(story.notification), "olga@example.com")
        assert code == 250, reply
    assert len(forum.posts(story.topic)) == before + 1


def test_somebody_else_may_not_answer_with_the_same_key(forum, story):
    before = len(forum.posts(story.topic))
    mail = answer(story.notification, "I am Olga, honestly.", sender="mallory@example.com")
    code, reply = forum.deliver(mail, reply_address(story.notification), "olga@example.com")
    assert code == 550, reply
    unknown = f"reply+{'0' * 32}@{REPLY_DOMAIN}"
    code, reply = forum.deliver(mail, unknown, "olga@example.com")
    assert code == 550, reply
    assert len(forum.posts(story.topic)) == before


def test_the_terminal_shows_the_topic_and_what_arrives(forum, story):
    terminal = parley(forum.url)
    try:
        terminal.wait(TITLE)
        terminal.type("Enter")
        # It opens where there is something to read; its first post is a key away.
        terminal.type("g", "g")
        terminal.wait("Three towns have offered a room.")
        assert len(terminal.screen.splitlines()) <= 24
        terminal.type("G")
        terminal.wait("Once is enough")
        # Nobody touches a key from here on.
        mail = answer(story.notification, "The eleventh of April suits me best.")
        code, reply = forum.deliver(mail, reply_address(story.notification), "olga@example.com")
        assert code == 250, reply
        terminal.wait("The eleventh of April suits me best.", 15)
        terminal.type("q")
        terminal.wait(TITLE)
        terminal.type("q")
        terminal.wait("ended with 0")
    finally:
        terminal.end()


def test_one_click_ends_the_mails(forum, sink, story):
    address = str(story.notification["List-Unsubscribe"]).strip("<>")
    # Looking at the page changes nothing: scanners follow links.
    page = requests.get(address, timeout=10)
    assert page.status_code == 200 and "text/html" in page.headers["Content-Type"]
    done = requests.post(address, data={"List-Unsubscribe": "One-Click"}, timeout=10)
    assert done.status_code == 200

    before = len(sink.mails("olga@example.com"))
    forum.client("pavel").create_post("Then I shall book the room.", topic_id=story.topic)
    # Another topic is another matter; its mail shows that the one before was not just late.
    other = forum.client("pavel").create_post(
        "The room has no projector. Who could bring one along?",
        category_id=story.category,
        title="Who brings the projector along?",
    )
    sink.wait("olga@example.com", lambda mail: "projector" in str(mail["Subject"]))
    later = sink.mails("olga@example.com")[before:]
    assert [mail for mail in later if "book the room" in body_of(mail, "plain")] == []
    assert other["topic_id"] != story.topic


def test_scripts_read_and_write_through_the_client(forum, story, tmp_path):
    home = str(tmp_path)
    environment = {"PATH": os.environ["PATH"], "HOME": home, "LANG": "C.UTF-8"}

    def run(*arguments, **options):
        return subprocess.run(
            [PROGRAMS / "parley", *arguments],
            capture_output=True,
            text=True,
            env=environment,
            timeout=60,
            **options,
        )

    latest = run("latest", "--site", forum.url, "--json")
    assert latest.returncode == 0, latest.stderr
    assert TITLE in latest.stdout
    json.loads(latest.stdout.splitlines()[0] if latest.stdout.count("\n{") else latest.stdout)
    refused = run("reply", str(story.topic), "Nobody knows me here.", "--site", forum.url)
    assert refused.returncode == 4, refused.stderr
    entered = run(
        "login", forum.url, "--username", "pavel", "--password-stdin",
        input="the password of pavel\n",
    )
    assert entered.returncode == 0, entered.stderr
    text = "Written by a script, word for word."
    written = run("reply", str(story.topic), text, "--site", forum.url)
    assert written.returncode == 0, written.stderr
    wait_for(lambda: text in [post["raw"] for post in forum.posts(story.topic)])
