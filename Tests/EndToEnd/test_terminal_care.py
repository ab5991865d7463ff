"""What the client does so that nobody waits for nothing and no text is lost."""

import json
import os
import signal

import pytest
from fault_site import FaultSite
from forum import wait_for
from terminal import parley
from test_terminal_journey import run


@pytest.fixture
def faulty():
    site = FaultSite()
    yield site
    site.end()


@pytest.fixture
def home(tmp_path, faulty):
    """The home of somebody who is logged in to the site."""
    state = tmp_path / ".local/state/parley"
    state.mkdir(parents=True)
    port = faulty.url.rsplit(":", 1)[1]
    (state / f"http_127.0.0.1_{port}.json").write_text(
        json.dumps({"kind": "user_api_key", "key": "0123456789abcdef"})
    )
    return tmp_path


def configured(home, text):
    folder = home / ".config/parley"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config").write_text(text)


def opened(faulty, home, **environment):
    folders = {
        "XDG_STATE_HOME": home / ".local/state",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_CACHE_HOME": home / ".cache",
    }
    return parley(faulty.url, environment=folders | environment)


def asked(faulty, method, prefix):
    return [path for asked, path, _ in faulty.requests if asked == method and path.startswith(prefix)]


def test_a_site_that_asks_to_wait_is_asked_again_in_time(faulty, home):
    configured(home, "prefetch = off\n")
    terminal = opened(faulty, home)
    try:
        terminal.wait("Old topic 2")
        faulty.wait_seconds = 2
        faulty.fault = "429"
        terminal.type("Enter")
        terminal.wait("Esc gives up")
        terminal.wait("in 1 s")
        faulty.fault = None
        terminal.wait("The text of an older site.")
        faulty.wait_seconds = 300
        faulty.fault = "429"
        terminal.type(".")
        terminal.wait("Esc gives up")
        terminal.type("Escape")
        terminal.wait("you gave up")
        assert "The text of an older site." in terminal.screen
    finally:
        terminal.end()


def test_the_next_topic_is_here_before_it_is_opened(faulty, home):
    terminal = opened(faulty, home)
    try:
        terminal.wait("Old topic 2")
        wait_for(lambda: len(asked(faulty, "GET", "/t/")) == 2, 10, "both topics to be fetched")
        # Now nothing comes from the site any more, and the topic is there all the same.
        faulty.fault = "slow"
        terminal.type("Space")
        terminal.wait("The text of an older site.", 1)
        assert not asked(faulty, "POST", "/topics/timings")
        terminal.type("q")
        terminal.type("q")
        terminal.wait("ended with 0")
    finally:
        terminal.end()
    configured(home, "prefetch = off\n")
    faulty.fault = None
    before = len(asked(faulty, "GET", "/t/"))
    terminal = opened(faulty, home)
    try:
        terminal.wait("Old topic 2")
        terminal.type("?")
        terminal.wait("Lists of topics")
        assert len(asked(faulty, "GET", "/t/")) == before
    finally:
        terminal.end()


def written(terminal):
    terminal.wait("Old topic 1")
    terminal.type(":message ana", "Enter")
    terminal.wait("New message")
    terminal.type("A title", "Tab", "What must not be lost by any means.")


def test_a_post_is_taken_back_in_time(faulty, home):
    configured(home, "send_delay = 30\n")
    terminal = opened(faulty, home)
    try:
        written(terminal)
        terminal.type("C-x")
        terminal.wait("z takes it back")
        terminal.type("z")
        terminal.wait("What must not be lost by any means.")
        terminal.type(" Better so.")
        terminal.type("C-x")
        terminal.wait("z takes it back")
        assert not asked(faulty, "POST", "/posts")
        # Quitting sends it on the way.
        terminal.type("C-c")
        terminal.wait("ended with 0")
        assert [body for _, path, body in faulty.requests if path == "/posts.json"]
        body = [body for _, path, body in faulty.requests if path == "/posts.json"][0]
        assert "Better+so" in body or "Better%20so" in body
    finally:
        terminal.end()


def test_a_post_on_its_way_survives_a_kill(faulty, home):
    configured(home, "send_delay = 3\n")
    terminal = opened(faulty, home)
    try:
        written(terminal)
        terminal.type("C-x")
        terminal.wait("z takes it back")
        os.kill(client(terminal), signal.SIGKILL)
        terminal.wait("ended with 137")
    finally:
        terminal.end()
    waiting = json.loads(run(home, "queue", "list", "--site", faulty.url, "--json").stdout)
    assert [post["text"] for post in waiting] == ["What must not be lost by any means."]
    again = opened(faulty, home)
    try:
        again.wait("Old topic 1")
        wait_for(lambda: asked(faulty, "POST", "/posts"), 20, "the post to go out")
        assert len(asked(faulty, "POST", "/posts")) == 1
    finally:
        again.end()
    assert run(home, "queue", "list", "--site", faulty.url, "--json").stdout.split() == ["[", "]"]


def client(terminal):
    """The process of the client in a terminal."""
    shell = terminal._tmux("display", "-p", "#{pane_pid}").strip()
    with open(f"/proc/{shell}/task/{shell}/children", encoding="ascii") as file:
        return int(file.read().split()[0])


def test_an_editor_leads_to_a_look_before_sending(faulty, home):
    configured(home, "send_delay = 0\n")
    editor = home / "editor"
    editor.write_text("#!/bin/sh\necho 'The attached file says it all.' >> \"$1\"\n")
    editor.chmod(0o755)
    terminal = opened(faulty, home, VISUAL=editor)
    try:
        written(terminal)
        terminal.type("C-e")
        terminal.wait("speaks of an attachment")
        terminal.wait("To:        ana")
        terminal.type("t")
        terminal.type("!", "C-r")
        terminal.wait("A title!")
        terminal.type("y")
        wait_for(lambda: asked(faulty, "POST", "/posts"), 10, "the post")
    finally:
        terminal.end()


def test_a_picture_opens_in_the_viewer_of_ones_choice(faulty, home):
    terminal = opened(faulty, home, PARLEY_IMAGE_VIEWER="wc -c")
    try:
        terminal.wait("Old topic 1")
        terminal.type("Enter")
        terminal.wait("a boat")
        terminal.type("k", "i")
        terminal.wait("[picture]")
        terminal.type("Enter")
        terminal.wait("picture-")
        terminal.wait("Enter goes back to the forum")
        terminal.type("Enter")
        terminal.wait("The text of an older site.")
        assert not list((home / ".local/state/parley/editing").glob("picture-*"))
    finally:
        terminal.end()
