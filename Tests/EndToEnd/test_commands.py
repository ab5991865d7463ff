"""What an administrator types beside the running server."""

import json
import subprocess

import pytest
import requests
from forum import PROGRAMS


def log_in(forum, login, password):
    session = requests.Session()
    token = session.get(f"{forum.url}/session/csrf.json", timeout=10).json()["csrf"]
    session.headers["X-CSRF-Token"] = token
    form = {"login": login, "password": password}
    return session, session.post(f"{forum.url}/session.json", data=form, timeout=30)


def test_a_user_made_on_the_command_line_can_log_in(forum):
    made = forum.run(
        "user", "create", "--username", "irene", "--email", "irene@example.com", "--admin"
    )
    password = made.stdout.strip().splitlines()[-1].split()[-1]
    session, answer = log_in(forum, "irene", password)
    assert answer.json()["user"]["username"] == "irene"
    shown = session.get(f"{forum.url}/session/current.json", timeout=10).json()
    assert shown["current_user"]["username"] == "irene" and shown["current_user"]["admin"]
    _, refused = log_in(forum, "irene", password + "x")
    assert "error" in refused.json() and "user" not in refused.json()


def test_a_user_who_is_there_already(forum):
    command = ("user", "create", "--username", "Irene", "--email", "other@example.com")
    done = forum.run(*command, check=False)
    assert done.returncode != 0 and "Username" in done.stderr
    assert "Fatal" not in done.stderr


def test_a_key_of_one_user_acts_as_nobody_else(forum):
    forum.add_user("bruno")
    forum.add_user("clara")
    made = forum.run("api-key", "create", "--description", "a robot", "--username", "bruno")
    key = made.stdout.strip()
    assert made.stdout == key + "\n"

    def who(name):
        headers = {"Api-Key": key, "Api-Username": name}
        return requests.get(f"{forum.url}/session/current.json", headers=headers, timeout=10)

    assert who("bruno").json()["current_user"]["username"] == "bruno"
    assert who("clara").status_code == 403


def test_settings_are_checked(forum):
    forum.run("settings", "set", "title", "The Parlour")
    assert forum.run("settings", "get", "title").stdout.strip().endswith("The Parlour")
    for name, value in (("no_such_setting", "1"), ("min_post_length", "many")):
        done = forum.run("settings", "set", name, value, check=False)
        assert done.returncode != 0 and name in done.stderr
    forum.run("settings", "set", "title", "Parley")


def test_importing_what_is_not_there(forum):
    done = forum.run("import", "mbox", "no-such.mbox", "--category", "general", check=False)
    assert done.returncode != 0 and "no-such.mbox" in done.stderr
    small = __file__.replace("test_commands.py", "fixtures/small.mbox")
    done = forum.run("import", "mbox", small, "--category", "no-such", check=False)
    assert done.returncode != 0 and "no-such" in done.stderr


def test_the_pipe_of_an_mta(forum):
    mail = b"From: a@example.com\nTo: nobody@forum.test\nSubject: hello\n\nIs anybody there?\n"
    done = forum.run("mail", "deliver", "--recipient", "nobody@forum.test", check=False, input=mail)
    # EX_NOUSER of sysexits.h.
    assert done.returncode == 67, (done.returncode, done.stderr)
    log = forum.run("mail", "log").stdout
    assert "nobody@forum.test" in log


def pure(*arguments, input):
    """Commands that need no database, and so no server."""
    done = subprocess.run(
        [PROGRAMS / "parleyd", *arguments], input=input, capture_output=True, timeout=60,
        env={"PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def test_a_mail_is_explained_without_a_forum():
    mail = (
        b"From: =?utf-8?q?J=C3=BCrg?= <juerg@example.com>\r\nTo: list@example.com\r\n"
        b"Subject: Re: A question\r\nMessage-ID: <2@example.com>\r\nIn-Reply-To: <1@example.com>\r\n"
        b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\n"
        b"Gr\xfc\xdfe!\r\n\r\nOn Monday, Ann wrote:\r\n> What do you think?\r\n"
    )
    seen = json.loads(pure("mail", "inspect", input=mail))
    assert seen["from"] == [{"name": "Jürg", "address": "juerg@example.com"}]
    assert seen["message_id"] == "2@example.com" and seen["in_reply_to"] == ["1@example.com"]
    assert seen["body"]["markdown"].strip() == "Grüße!"
    assert "What do you think?" in seen["body"]["elided"]
    assert seen["auto_generated"] is False and seen["bounce"] is None


@pytest.mark.parametrize(
    "raw, cooked",
    [
        (b"**bold** and `code`", "<p><strong>bold</strong> and <code>code</code></p>"),
        (b"one\ntwo", "<p>one<br>\ntwo</p>"),
        (b"<script>alert(1)</script>text", "text"),
        (b"[x](javascript:alert(1))", "x"),
    ],
)
def test_markdown_is_cooked(raw, cooked):
    html = pure("cook", input=raw).strip()
    assert cooked in html
    assert "script" not in html.replace("<code>", "")
