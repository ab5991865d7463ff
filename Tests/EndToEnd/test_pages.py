"""The pages as people meet them: in Chromium without scripts, in w3m, light, dark and narrow.

The pictures of the pages are kept in `.build/pages`, to be looked at.
"""

import re
import shutil
import subprocess

import pytest
import requests
from browser import Browser
from forum import ROOT, wait_for
from terminal import Terminal
from test_second_factor import code

PICTURES = ROOT / ".build" / "pages"
PASSWORD = "the password of {}"

pytestmark = pytest.mark.skipif(
    not (shutil.which("chromium") and shutil.which("w3m")),
    reason="needs Chromium and w3m (Scripts/install-packages.sh test)",
)


@pytest.fixture(scope="module")
def browser():
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    browser = Browser()
    try:
        yield browser
    finally:
        browser.end()


@pytest.fixture(scope="module")
def topic(forum):
    for name in ("ada", "bob"):
        forum.add_user(name)
    category = forum.request(
        "POST", "/categories.json",
        json={"name": "Questions", "color": "0E76BD", "text_color": "FFFFFF"},
    ).json()["category"]["id"]
    forum.client("ada").create_post("Something else, to fill the list.", title="Another topic here")
    post = forum.request(
        "POST", "/posts.json", "ada",
        json={
            "title": "How do I read this list on a slow line?",
            "raw": "I am on **ssh** and would like to read.\n\n```\nw3m https://forum.test\n```\n\n"
                   "> somebody said it works\n\n- one\n- two\n\n@bob what do you think?",
            "category": category,
            "tags": ["w3m", "terminal"],
        },
    ).json()
    for number in range(22):
        forum.client("ada" if number % 3 else "bob").create_post(
            f"Answer number {number}, with enough words to look real on a page.",
            topic_id=post["topic_id"],
        )
    return post["topic_id"]


def log_in(browser, forum, name, destination="/"):
    browser.open(f"{forum.url}/login?return_path={destination}")
    browser.type("#field-login", name)
    browser.type("#field-password", PASSWORD.format(name))
    browser.press("main form button")


def log_out(browser):
    if browser.has(".person form button"):
        browser.press(".person form button")


def test_somebody_new_comes_in_by_the_mail(forum, sink, topic, browser):
    browser.open(f"{forum.url}/signup")
    browser.picture(PICTURES / "sign-up.png")
    browser.type("#field-email", "cleo@example.com")
    browser.type("#field-username", "cleo")
    browser.type("#field-password", "short")
    browser.press("main form button")
    assert "Password is too short" in browser.text()
    assert browser.has('#field-username[value="cleo"]')
    browser.picture(PICTURES / "sign-up-refused.png", scheme="dark")
    browser.type("#field-password", PASSWORD.format("cleo"))
    browser.press("main form button")
    assert "almost done" in browser.text()
    mail = sink.wait("cleo@example.com")
    body = mail.get_body(("plain",)).get_content()
    browser.open(re.search(r"http\S+/u/activate-account/\S+", body)[0])
    browser.press("main form button")
    log_in(browser, forum, "cleo", "/latest")
    assert browser.url() == f"{forum.url}/latest"
    assert browser.has('a.me[href="/u/cleo"]')
    log_out(browser)
    assert browser.has('a[href^="/login"]')


def test_a_reply_is_written_and_never_lost(forum, topic, browser):
    log_in(browser, forum, "bob", f"/t/{topic}")
    browser.press('#post_2 a[href^="/compose/reply"]')
    browser.type("#field-raw", "Hm.")
    browser.press("main form button")
    assert browser.has(".field.wrong") and "Hm." in browser.html()
    browser.picture(PICTURES / "reply-refused.png")
    browser.type("#field-raw", "It works with **w3m** as well.")
    browser.press('button[name="preview"]')
    assert "<strong>w3m</strong>" in browser.html()
    browser.picture(PICTURES / "reply-preview.png")
    browser.press("main form button")
    assert re.search(r"/t/[^/]+/\d+/24#post_24$", browser.url())
    assert forum.posts(topic)[-1]["raw"] == "It works with **w3m** as well."
    browser.press('form[action$="/like"] button')
    browser.press('form[action$="/bookmark"] button')
    browser.open(f"{forum.url}/u/bob/activity/bookmarks")
    assert "slow line" in browser.text()
    # A session that ends while somebody writes takes nothing away from them.
    browser.open(f"{forum.url}/compose/reply/{topic}")
    browser.type("#field-raw", "This took me half an hour to write.")
    browser.call("Network.deleteCookies", name="_t", url=forum.url)
    browser.press("main form button")
    assert "This took me half an hour to write." in browser.html()
    assert "not logged in" in browser.text()


def test_a_second_factor_is_set_up_and_asked_for(forum, topic, browser):
    log_in(browser, forum, "ada", "/u/ada/preferences/second-factor")
    browser.type("#field-password", PASSWORD.format("ada"))
    browser.press("main form button")
    browser.press("main form button")
    browser.picture(PICTURES / "authenticator.png")
    key = re.search(r'<pre class="secret">([^<]+)</pre>', browser.html())[1]
    browser.type("#field-code", "000000")
    browser.press("main form button")
    assert "Invalid authentication code" in browser.text()
    browser.type("#field-code", code(key))
    browser.press("main form button")
    browser.press('form[action$="/backup-codes"] button')
    backup = re.search(r'<pre class="secret">([^<]+)</pre>', browser.html())[1].split()[0]
    log_out(browser)
    log_in(browser, forum, "ada", "/latest")
    assert browser.has("#field-code") and not browser.has("a.me")
    browser.picture(PICTURES / "second-factor.png")
    browser.type("#field-code", backup)
    browser.press("main form button")
    assert browser.url() == f"{forum.url}/latest" and browser.has("a.me")
    log_out(browser)


def test_every_page_has_its_picture(forum, topic, browser):
    """In three shapes; none of them is wider than the window."""
    visitors = {
        "home": "/", "topic": f"/t/{topic}", "post": f"/t/{topic}/4", "category": "/c/4",
        "categories": "/categories", "tags": "/tags", "tag": "/tag/w3m", "search": "/search?q=answer",
        "profile": "/u/ada", "posts": "/u/ada/activity", "log-in": "/login",
        "missing": "/t/999999", "forbidden": "/new", "reset": "/password-reset",
    }
    members = {
        "member-latest": "/latest", "member-new": "/new", "member-topic": f"/t/{topic}",
        "new-topic": "/new-topic", "reply": f"/compose/reply/{topic}?to=2",
        "notifications": "/u/bob/notifications", "messages": "/u/bob/messages",
        "bookmarks": "/u/bob/activity/bookmarks", "drafts": "/u/bob/activity/drafts",
        "account": "/u/bob/preferences/account", "own-profile": "/u/bob/preferences/profile",
        "security": "/u/bob/preferences/security",
        "own-notifications": "/u/bob/preferences/notifications",
        "mails": "/u/bob/preferences/emails", "apps": "/u/bob/preferences/apps",
        "flag": f"/compose/flag/{forum.posts(topic)[1]['id']}", "device": "/user-api-key/activate",
    }
    log_out(browser)
    for pages in (visitors, members):
        if pages is members:
            log_in(browser, forum, "bob")
        for name, path in pages.items():
            browser.open(forum.url + path)
            for shape, width, scheme in (
                ("", 1100, "light"), ("-dark", 1100, "dark"), ("-narrow", 400, "light"),
            ):
                size = browser.picture(PICTURES / f"{name}{shape}.png", width, scheme)
                assert size["width"] <= width, f"{path} is {size['width']} wide in {width}"
    log_out(browser)


def test_text_browsers_read_everything(forum, topic):
    def dump(path):
        done = subprocess.run(
            ["w3m", "-dump", "-cols", "80", forum.url + path], capture_output=True, text=True,
            timeout=30,
        )
        return done.stdout

    home = dump("/")
    assert "Skip to the content" in home and "How do I read this list on a slow line?" in home
    page = dump(f"/t/{topic}")
    assert "I am on ssh and would like to read." in page
    assert "#2" in page and "Next page" in page and "bob" in page
    assert "Log in" in dump("/login") and "Password" in dump("/login")
    assert "There is nothing here" in dump("/t/999999")


def w3m_replies(forum, topic, editor, text):
    """Logs in and replies. False where w3m itself fell over, which Debian's does once in a while."""
    login = f"{forum.url}/login?return_path=/compose/reply/{topic}"
    terminal = Terminal(["w3m", "-cookie", login], lines=50, environment={"EDITOR": editor})

    def field(label):
        """Goes to what is labelled so, and into it."""
        terminal.type("/")
        terminal.wait("Forward:")
        terminal.type("-l", label)
        terminal.type("Enter")
        terminal.type("Tab", "Enter")

    try:
        terminal.wait("I forgot my password")
        field("User name or")
        terminal.wait("TEXT:")
        terminal.type("-l", "bob")
        terminal.type("Enter")
        field("Password .required")
        terminal.wait("Password:")
        terminal.type("-l", PASSWORD.format("bob"))
        terminal.type("Enter")
        terminal.type("Tab", "Enter")
        terminal.wait("Keep as draft")
        field("Text .required")
        wait_for(
            lambda: re.search("Written in a browser|ended with 134", terminal.screen),
            20, "the text, or the end of w3m",
        )
        if "ended with 134" in terminal.screen:
            return False
        field("Markdown.")
        wait_for(lambda: forum.posts(topic)[-1]["raw"] == text, 20, "the reply")
        return True
    finally:
        terminal.end()


def test_w3m_logs_in_and_replies(forum, topic, tmp_path):
    text = "Written in a browser of text, without a mouse."
    # w3m leaves the fields of several lines to an editor.
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\nfor file; do :; done\nprintf "%s" "{text}" > "$file"\n')
    editor.chmod(0o755)
    assert any(w3m_replies(forum, topic, editor, text) for _ in range(3))


def test_headers_keep_pages_apart(forum, topic):
    page = requests.get(f"{forum.url}/latest", headers={"Accept": "text/html"}, timeout=30)
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'none'" in policy and "unsafe" not in policy
    assert "Accept" in page.headers["Vary"] and "Cookie" in page.headers["Vary"]
    sheet = re.search(r'href="(/stylesheets/[^"]+)"', page.text)[1]
    style = requests.get(forum.url + sheet, timeout=30)
    assert "immutable" in style.headers["Cache-Control"]
    assert len(page.content) < 50 * 1024
