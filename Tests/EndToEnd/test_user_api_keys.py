"""Programs ask members for keys as the real ones do: an RSA key of their own, a form in a browser."""

import base64
import html
import json
import re
import subprocess
import time
import urllib.parse

import pytest
import requests

REDIRECT = "discourse://auth_redirect"


class Program:
    """What holds the private key: openssl makes it and opens what is sealed for it."""

    def __init__(self, directory, padding="pkcs1"):
        self.file = directory / "private.pem"
        self.padding = padding
        self._openssl("genrsa", "-out", self.file, "2048")
        self.public_key = self._openssl("rsa", "-in", self.file, "-pubout").decode()

    @staticmethod
    def _openssl(*arguments, input=None):
        done = subprocess.run(
            ["openssl", *map(str, arguments)], input=input, capture_output=True, timeout=60
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def open(self, payload):
        assert all(len(line) <= 60 for line in payload.splitlines())
        return self._openssl(
            "pkeyutl", "-decrypt", "-inkey", self.file,
            "-pkeyopt", f"rsa_padding_mode:{self.padding}", input=base64.b64decode(payload),
        ).decode()

    def wishes(self, scopes="read,write", **others):
        return {
            "application_name": "A <program>",
            "client_id": "0123456789abcdef",
            "scopes": scopes,
            "nonce": "a-nonce",
            "public_key": self.public_key,
            "padding": self.padding,
            **others,
        }


class Browser:
    """Forms, cookies and nothing else."""

    def __init__(self, forum):
        self.forum = forum
        self.session = requests.Session()

    def get(self, path, **arguments):
        return self.session.get(self.forum.url + path, timeout=30, **arguments)

    def submit(self, page, number=0, **fields):
        content = re.search(r"<main.*</main>", page.text, re.S)[0]
        form = re.findall(r"<form.*?</form>", content, re.S)[number]
        action = re.search(r'action="([^"]*)"', form)[1]
        sent = {
            html.unescape(name): html.unescape(value)
            for name, value in re.findall(
                r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form, re.S
            )
        }
        return self.session.post(
            self.forum.url + action, data=sent | fields, allow_redirects=False, timeout=30,
            headers={"Accept": "text/html"},
        )

    def log_in(self, page, username):
        answer = self.submit(page, login=username, password=f"the password of {username}")
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["Location"])


@pytest.fixture(scope="module")
def member(forum):
    forum.add_user("kay")
    return "kay"


def call(forum, key, method, path, **arguments):
    return requests.request(
        method, forum.url + path, timeout=30,
        headers={"User-Api-Key": key, **arguments.pop("headers", {})}, **arguments,
    )


def test_a_site_says_what_it_can(forum):
    answer = requests.head(f"{forum.url}/user-api-key/new", timeout=30)
    assert answer.status_code == 200
    assert int(answer.headers["Auth-Api-Version"]) >= 2
    assert answer.headers["Auth-Api-Device-Code"] == "true"


@pytest.mark.parametrize("padding", ["pkcs1", "oaep"])
def test_a_program_is_let_in_by_a_browser(forum, member, tmp_path, padding):
    program, browser = Program(tmp_path, padding), Browser(forum)
    wishes = program.wishes(auth_redirect=REDIRECT)
    page = browser.get("/user-api-key/new", params=wishes)
    assert "Log in" in page.text
    consent = browser.log_in(page, member)
    assert "A &lt;program&gt;" in consent.text and "<program>" not in consent.text
    assert "discourse:" in consent.headers["Content-Security-Policy"]
    answer = browser.submit(consent)
    assert answer.status_code == 302 and answer.headers["Location"].startswith(REDIRECT + "?")
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(answer.headers["Location"]).query)
    opened = json.loads(program.open(query["payload"][0]))
    assert opened["nonce"] == "a-nonce" and opened["api"] == 4 and opened["push"] is False
    key = opened["key"]
    me = call(forum, key, "GET", "/session/current.json").json()
    assert me["current_user"]["username"] == member
    # It may write; it makes no keys of its own.
    assert call(forum, key, "POST", "/user-api-key.json", json=wishes).status_code == 403
    assert call(forum, key, "POST", "/user-api-key/revoke.json").json() == {"success": "OK"}
    assert call(forum, key, "GET", "/session/current.json").status_code == 403


def test_a_key_does_what_it_is_for(forum, member, tmp_path):
    program, browser = Program(tmp_path), Browser(forum)
    def key(scopes):
        page = browser.get("/user-api-key/new", params=program.wishes(scopes))
        if "Log in" in page.text:
            page = browser.log_in(page, member)
        answer = browser.submit(page)
        assert answer.status_code == 200, answer.text
        sealed = html.unescape(re.search(r"<pre[^>]*>(.*?)</pre>", answer.text, re.S)[1])
        return json.loads(program.open(sealed))["key"]
    reader = key("read")
    assert call(forum, reader, "GET", "/notifications.json").status_code == 200
    refused = call(forum, reader, "PUT", "/notifications/mark-read.json")
    assert refused.status_code == 403 and refused.json()["error_type"] == "invalid_access"
    teller = key("notifications,session_info")
    assert call(forum, teller, "PUT", "/notifications/mark-read.json").status_code == 200
    assert call(forum, teller, "GET", "/session/current.json").status_code == 200
    assert call(forum, teller, "GET", "/latest.json").status_code == 403
    # One program has one key of one member.
    assert call(forum, reader, "GET", "/latest.json").status_code == 403


def test_what_cannot_be_is_refused(forum, tmp_path):
    program = Program(tmp_path)
    def ask(**changed):
        wishes = program.wishes() | changed
        return requests.get(f"{forum.url}/user-api-key/new", params=wishes, timeout=30).status_code
    assert ask() == 200
    assert ask(scopes="read,everything") == 403
    assert ask(scopes="bookmarks_calendar") == 403
    assert ask(auth_redirect="https://elsewhere.example/") == 403
    assert ask(auth_redirect="javascript:alert(1)") == 403
    assert ask(public_key="no key") == 400
    assert ask(padding="none") == 400
    assert ask(nonce="") == 400
    assert ask(expires_in_seconds="0") == 400
    # A form of another site carries no token of this one.
    forged = requests.post(f"{forum.url}/user-api-key", data=program.wishes(), timeout=30)
    assert forged.status_code == 403


def test_a_way_in_works_once(forum, member, tmp_path):
    program, browser = Program(tmp_path), Browser(forum)
    wishes = program.wishes("read,one_time_password", auth_redirect=REDIRECT)
    consent = browser.log_in(browser.get("/user-api-key/new", params=wishes), member)
    location = browser.submit(consent).headers["Location"]
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(location).query)
    password = program.open(query["oneTimePassword"][0])
    other = Browser(forum)
    page = other.get(f"/session/otp/{password}")
    assert member in page.text
    answer = other.submit(page)
    assert answer.status_code == 303 and "_t" in other.session.cookies
    assert other.get("/session/current.json").json()["current_user"]["username"] == member
    assert Browser(forum).get(f"/session/otp/{password}").status_code == 404


@pytest.mark.parametrize("verdict", ["authorized", "access_denied"])
def test_a_terminal_is_let_in_by_a_code(forum, member, tmp_path, verdict):
    program, browser = Program(tmp_path), Browser(forum)
    wishes = program.wishes("read", expires_in_seconds=86400)
    started = requests.post(f"{forum.url}/user-api-key/device.json", json=wishes, timeout=30)
    assert started.status_code == 200, started.text
    device = started.json()
    assert re.fullmatch(r"[A-Z]{4}-[A-Z]{4}", device["user_code"])
    assert device["interval"] == 5 and device["expires_in"] > 0
    def poll():
        answer = requests.post(
            f"{forum.url}/user-api-key/device/poll.json",
            json={"device_code": device["device_code"]}, timeout=30,
        )
        return answer.status_code, answer.json()
    assert poll() == (200, {"status": "authorization_pending"})
    assert poll()[0] == 429
    path = device["verification_uri_with_request"].removeprefix(forum.url)
    page = browser.log_in(browser.get(path), member)
    wrong = browser.submit(page, user_code="BBBB-BBBB")
    assert wrong.status_code == 404
    page = browser.submit(page, user_code=device["user_code"].lower())
    assert "A &lt;program&gt;" in page.text
    browser.submit(page, 0 if verdict == "authorized" else 1)
    time.sleep(1.1)
    status, answer = poll()
    assert status == 200 and answer["status"] == verdict
    if verdict == "authorized":
        opened = json.loads(program.open(answer["payload"]))
        assert opened["expires_at"]
        me = call(forum, opened["key"], "GET", "/session/current.json").json()
        assert me["current_user"]["username"] == member
