"""The pictures of the client in the documents are what the client shows of the sample community.

`UPDATE_CAPTURES=1` writes them anew, into `TUI/Documentation/screens.md` and, between the marks that are
there, into the README.
"""

import os
import re
import subprocess

import pytest
from forum import PROGRAMS, ROOT, Forum, wait_for
from terminal import parley

DOCUMENT = ROOT / "TUI" / "Documentation" / "screens.md"
README = ROOT / "README.md"

# The ages that the pictures tell, whenever they are taken.
AGES = """
UPDATE posts SET created_at = now() - interval '30 minutes' - interval '7 hours' * (
    SELECT count(*) FROM posts AS later WHERE later.id > posts.id);
UPDATE topics SET
    created_at = (SELECT min(created_at) FROM posts WHERE posts.topic_id = topics.id),
    bumped_at = (SELECT max(created_at) FROM posts WHERE posts.topic_id = topics.id),
    last_posted_at = (SELECT max(created_at) FROM posts WHERE posts.topic_id = topics.id);
DELETE FROM notifications
    WHERE topic_id IS DISTINCT FROM (SELECT id FROM topics WHERE title LIKE 'Welcome:%');
UPDATE notifications SET created_at = (
    SELECT max(created_at) FROM posts WHERE posts.topic_id = notifications.topic_id);
UPDATE users SET created_at = now() - interval '400 days', last_seen_at = now() - interval '3 hours';
"""

INTRODUCTION = """\
# The screens of `parley`

Taken from the program itself by `Tests/EndToEnd/test_captures.py`, which fails when one of them looks
different; `UPDATE_CAPTURES=1` writes them anew. The community is the one that `make run` serves. What a
picture in text cannot show: unread topics and titles are bold, the selected row is reversed, and authors,
categories, links and code have colours of the terminal's own palette. Nothing is told by colour alone.
"""


@pytest.fixture(scope="module")
def community():
    forum = Forum()
    try:
        forum.start("--demo")
        wait_for(lambda: forum.sql("SELECT count(*) FROM outbox") == [["0"]], 30, "all told")
        # Before anybody asks for a page that the server would keep.
        forum.sql(AGES)
        yield forum
    finally:
        forum.end()


class Camera:
    """Takes pictures, and knows which document says what about each."""

    def __init__(self, forum):
        self.forum = forum
        self.pictures = {}

    def look(self, name, title, words, text):
        text = text.replace(self.forum.url, "http://127.0.0.1:4600")
        lines = [line.rstrip() for line in text.rstrip("\n").splitlines()]
        self.pictures[name] = (title, words, "\n".join(lines))

    def shoot(self, name, title, words, terminal):
        """Looks when the site has been heard: the picture is the same on a slow machine."""
        terminal.wait("● live")
        self.look(name, title, words, terminal.screen)

    def document(self):
        parts = [INTRODUCTION]
        for title, words, picture in self.pictures.values():
            parts.append(f"## {title}\n\n{words}\n\n```text\n{picture}\n```\n")
        return "\n".join(parts)


def as_guest(camera):
    terminal = parley(camera.forum.url)
    try:
        terminal.wait("How do I answer from my mailbox?")
        terminal.wait("Parley")
        terminal.wait("General")
        camera.shoot(
            "list", "The latest topics",
            "What a guest sees first, before any question. The last line always shows the keys that work now.",
            terminal,
        )
        terminal.type("j", "Enter")
        terminal.wait("Only the first line becomes the post.")
        terminal.wait("post 1/")
        camera.shoot(
            "topic", "A topic",
            "`j` and `k` go from post to post, Space pages on and, at the end, to the next unread topic.",
            terminal,
        )
        terminal.type("?")
        terminal.wait("Keys")
        camera.shoot("help", "All keys of a screen", "`?` anywhere.", terminal)
    finally:
        terminal.end()


def as_member(camera):
    terminal = parley(camera.forum.url)
    try:
        terminal.wait("How do I answer from my mailbox?")
        terminal.wait("Parley")
        terminal.type(":login", "Enter")
        terminal.wait("User name:")
        camera.shoot(
            "login", "Logging in",
            "With a password and, where there is one, a second factor; or with `^B` by a code in any browser.",
            terminal,
        )
        terminal.type("ana", "Enter", "sample community", "Enter")
        terminal.wait("Welcome, ana.")
        terminal.wait("2 unread  @ana")
        terminal.type("j", "Enter")
        terminal.wait("post ")
        terminal.type("m", "l")
        terminal.wait("How closely to follow")
        camera.shoot(
            "level", "How closely to follow",
            "`ml` on a topic, category, tag or person: the present level is marked, with its reason.",
            terminal,
        )
        terminal.type("q", "R")
        terminal.wait("Reply to")
        terminal.type("It works: *this* came from `mutt`.", "Enter", "Enter", "> Shall we meet?")
        terminal.wait("52 characters · draft on the site")
        camera.shoot(
            "composer", "Writing",
            "On disk within a second of each key. `^P` previews, `^E` opens `$EDITOR`, Esc keeps the draft.",
            terminal,
        )
        terminal.type("Escape")
        terminal.wait("Leave?")
        terminal.type("d")
        terminal.wait("discarded")
        terminal.type("q", "/", "slow line", "Enter")
        terminal.wait("Search: slow line")
        terminal.wait("Welcome: how this place works")
        camera.shoot(
            "search", "A search", "The status line shows the words around the first hit.", terminal,
        )
        terminal.type("q", "g", "i")
        terminal.wait("Notifications")
        terminal.wait("ken replied to you")
        camera.shoot("notifications", "Notifications", "`gi`.", terminal)
        terminal.type("g", "l")
        terminal.wait("Latest")
        terminal.type(":user ken", "Enter")
        terminal.wait("Ken Ito")
        terminal.wait("of their own")
        camera.shoot("person", "Somebody's page", "`@` on a post, or `:user NAME`.", terminal)
    finally:
        terminal.end()


def wide(camera):
    terminal = parley(camera.forum.url, columns=130, lines=30)
    try:
        terminal.wait("How do I answer from my mailbox?")
        terminal.wait("Parley")
        terminal.type("j", "j", "Enter")
        terminal.wait("slow line")
        camera.shoot(
            "wide", "A wide terminal",
            "From 120 columns on a topic stands beside its list, from 180 on with a column about it.",
            terminal,
        )
    finally:
        terminal.end()


def in_lines(camera, home):
    """The conversation of a screen reader, with what is typed in its place."""
    answers = ["2", "u", "q"]
    done = subprocess.run(
        [PROGRAMS / "parley", "--plain", camera.forum.url], capture_output=True, text=True, timeout=60,
        input="\n".join(answers) + "\n", check=True,
        env={"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"},
    )
    typed = iter(answers)
    told = re.sub(r"(?m)^(.*: )$", lambda found: found[1] + next(typed, ""), done.stdout)
    camera.look(
        "plain", "Without a screen",
        "`parley --plain`, for screen readers and braille: labelled lines that are only ever added.",
        told,
    )


def with_pictures(text, pictures):
    """The README with the present pictures between its marks."""

    def picture(found):
        return f"{found[1]}\n```text\n{pictures[found[2]][2]}\n```\n{found[3]}"

    return re.sub(r"(<!-- screen (\w+) -->)\n.*?(<!-- end of screen -->)", picture, text, flags=re.S)


def test_the_documents_show_what_the_client_shows(community, tmp_path):
    camera = Camera(community)
    as_guest(camera)
    as_member(camera)
    wide(camera)
    in_lines(camera, tmp_path)
    wanted = {DOCUMENT: camera.document(), README: with_pictures(README.read_text(), camera.pictures)}
    if os.environ.get("UPDATE_CAPTURES") == "1":
        for file, text in wanted.items():
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
    for file, text in wanted.items():
        assert file.read_text() == text, "a screen looks different: UPDATE_CAPTURES=1 writes it anew"
