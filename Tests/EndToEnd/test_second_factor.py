"""Second factors, as an authenticator and a browser use them."""

import base64
import hashlib
import hmac
import struct
import time

import pytest
import requests


def code(key, step=0):
    """What an authenticator shows (RFC 6238); `step` is how many half minutes from now."""
    secret = base64.b32decode(key.replace(" ", ""))
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.new(secret, counter, hashlib.sha1).digest()
    place = digest[19] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


class Session:
    """A browser's session, with the token that its writes need."""

    def __init__(self, forum, username):
        self.forum = forum
        self.username = username
        self.password = f"the password of {username}"
        self.web = requests.Session()
        token = self.web.get(forum.url + "/session/csrf.json", timeout=30).json()["csrf"]
        self.web.headers["X-CSRF-Token"] = token

    def ask(self, method, path, status=200, **fields):
        answer = self.web.request(method, self.forum.url + path, json=fields, timeout=60)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.text else {}

    def log_in(self, **fields):
        return self.ask(
            "POST", "/session.json", login=self.username, password=self.password, **fields
        )

    def confirm(self, **fields):
        return self.ask("POST", "/u/confirm-session.json", password=self.password, **fields)


@pytest.fixture(scope="module")
def mia(forum):
    forum.add_user("mia")
    return "mia"


def test_an_authenticator_guards_every_door(forum, sink, mia):
    first = Session(forum, mia)
    assert first.log_in()["user"]["username"] == mia
    assert first.ask("POST", "/u/second_factors.json")["unconfirmed_session"] is True
    first.ask("POST", "/u/create_second_factor_totp.json", status=403)
    assert first.confirm()["success"] == "OK"

    staged = first.ask("POST", "/u/create_second_factor_totp.json")
    key = staged["key"]
    picture = base64.b64decode(staged["qr"].removeprefix("data:image/png;base64,"))
    assert picture.startswith(b"\x89PNG")
    wrong = first.ask(
        "POST", "/u/enable_second_factor_totp.json", name="Phone", second_factor_token="000000"
    )
    assert "Invalid authentication code" in wrong["error"]
    used = code(key, -1)
    enable = {"name": "Phone", "second_factor_token": used}
    assert first.ask("POST", "/u/enable_second_factor_totp.json", **enable)["success"] == "OK"
    backups = first.ask("PUT", "/u/second_factors_backup.json")["backup_codes"]
    assert len(set(backups)) == 10

    second = Session(forum, mia)
    asked = second.log_in()
    assert asked["totp_enabled"] and asked["backup_enabled"] and asked["ok"] is False
    assert asked["reason"] == "invalid_second_factor_method" and "user" not in asked
    assert second.log_in(second_factor_token=used, second_factor_method=1)["error"], "a replay"
    fresh = code(key)
    again = {"second_factor_token": fresh, "second_factor_method": 1}
    assert second.log_in(**again)["user"]["username"] == mia
    assert Session(forum, mia).log_in(**again)["reason"] == "invalid_second_factor"

    backup = {"second_factor_token": backups[0], "second_factor_method": 2}
    assert second.confirm(**backup)["success"] == "OK"
    assert second.confirm(**backup)["reason"] == "invalid_second_factor"
    listed = second.ask("POST", "/u/second_factors.json")
    assert [entry["name"] for entry in listed["totps"]] == ["Phone"]

    dump = forum.dump()
    secret = base64.b32decode(key.replace(" ", ""))
    for clear in [key.replace(" ", ""), key, secret.hex(), base64.b64encode(secret).decode()]:
        assert clear.lower() not in dump.lower()
    assert not any(code in dump for code in backups)

    forum.run("user", "disable-second-factor", mia)
    assert Session(forum, mia).log_in()["user"]["username"] == mia
    sink.wait(f"{mia}@example.com", lambda mail: "Two-factor" in mail["Subject"])
    logged = forum.request("GET", "/admin/logs/staff_action_logs.json").json()["staff_action_logs"]
    assert logged[0]["action_name"] == "disabled_second_factor"
