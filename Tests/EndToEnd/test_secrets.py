"""What a copy of the database and the log tell: no secret, and nothing of whoever left."""

import html
import json
import re

import requests
from forum import wait_for
from test_second_factor import Session, code
from test_user_api_keys import Browser, Program


def link(mail):
    """The address in a mail's text, and the secret at its end."""
    text = mail.get_body(("plain",)).get_content()
    return re.search(r"https?://\S+/([0-9A-Za-z]{30,})\b", text)[1]


def set_up_second_factor(session):
    session.confirm()
    key = session.ask("POST", "/u/create_second_factor_totp.json")["key"]
    enable = {"name": "Phone", "second_factor_token": code(key, -1)}
    assert session.ask("POST", "/u/enable_second_factor_totp.json", **enable)["success"] == "OK"
    return key.replace(" ", ""), session.ask("PUT", "/u/second_factors_backup.json")["backup_codes"]


def user_api_key(forum, username, tmp_path):
    program, browser = Program(tmp_path), Browser(forum)
    page = browser.get("/user-api-key/new", params=program.wishes("read"))
    answer = browser.submit(browser.log_in(page, username))
    sealed = html.unescape(re.search(r"<pre[^>]*>(.*?)</pre>", answer.text, re.S)[1])
    return json.loads(program.open(sealed))["key"]


def mailed_secrets(forum, sink, session):
    """Those that stand in mails: of a new password, account and address, an invitation, an answer."""
    visitor = Session(forum, "newbie")
    visitor.ask("POST", "/session/forgot_password.json", login=session.username)
    new = {"username": "newbie", "email": "newbie@example.com", "password": "a long enough one 7"}
    forum.request("POST", "/users.json", json={**new, "active": False})
    visitor.ask("POST", "/u/action/send_activation_email.json", username="newbie")
    session.ask("PUT", f"/u/{session.username}/preferences/email.json", email="other@example.com")
    forum.request("POST", "/invites.json", json={"email": "guest@example.com"})
    forum.add_user("talker")
    written = forum.client("talker").create_post(
        f"Have a look at this, @{session.username}, please.", title="A topic that calls somebody"
    )
    assert written["topic_id"]
    address = f"{session.username}@example.com"
    notice = sink.wait(address, lambda mail: "calls somebody" in mail["Subject"])
    yield "reply key", re.search(r"reply\+([0-9a-f]{32})@", notice["Reply-To"])[1]
    yield "unsubscribe key", re.search(r"([0-9a-f]{64})", notice["List-Unsubscribe"])[1]
    yield "password link", link(sink.wait(address, lambda mail: "Password reset" in mail["Subject"]))
    yield "activation link", link(sink.wait("newbie@example.com"))
    yield "address link", link(sink.wait("other@example.com"))
    invitation = sink.wait("guest@example.com").get_body(("plain",)).get_content()
    yield "invitation", re.search(r"[?&]t=([0-9A-Za-z]+)", invitation)[1]


def test_no_secret_is_in_a_dump_or_a_log(forum, sink, tmp_path):
    forum.add_user("nina")
    session = Session(forum, "nina")
    session.log_in()
    session.confirm()
    assert session.ask("POST", "/export_csv/export_entity.json", entity="user_archive")
    session.ask("POST", "/export_csv/export_entity.json", entity="user_archive", status=422)
    secrets = {
        "password": session.password,
        "session": session.web.cookies["_t"],
        "API key": forum.key,
        "user API key": user_api_key(forum, "nina", tmp_path),
        **dict(mailed_secrets(forum, sink, session)),
    }
    secrets["authenticator"], backups = set_up_second_factor(session)
    secrets |= {f"backup code {number}": value for number, value in enumerate(backups)}
    secrets["server key"] = next(forum.data.rglob("server.key")).read_text().strip()

    ready = sink.wait("nina@example.com", lambda mail: "export" in mail["Subject"], seconds=60)
    secrets["export link"] = link(ready)
    path = f"/export_csv/download/{secrets['export link']}"
    fetched = session.web.get(forum.url + path, timeout=30)
    assert fetched.status_code == 200 and fetched.content[:2] == b"\x1f\x8b"
    assert forum.request("GET", path, "talker").status_code == 404
    assert requests.get(forum.url + path, timeout=30).status_code == 403

    dump, log = forum.dump(), forum.log
    for name, secret in secrets.items():
        assert secret.lower() not in dump.lower(), f"{name} is in the dump"
        assert secret.lower() not in log.lower(), f"{name} is in the log"


def test_whoever_leaves_is_gone(forum, sink):
    forum.add_user("erinquartz", name="Erin Q. Quartzfield")
    session = Session(forum, "erinquartz")
    session.log_in()
    topic = forum.client("erinquartz").create_post(
        "What I say stays, even when I have left.", title="A topic by somebody who leaves"
    )["topic_id"]
    forum.add_user("staying")
    forum.client("staying").create_post("I agree with @erinquartz in this.", topic_id=topic)
    sink.wait("erinquartz@example.com", lambda mail: "somebody who leaves" in mail["Subject"])
    profile = {"bio_raw": "I am Erin Quartzfield", "location": "Quartzfield"}
    session.ask("PUT", "/u/erinquartz.json", **profile)
    draft = {"draft_key": "new_topic", "sequence": 1, "data": '{"reply":"Quartzfield"}'}
    session.ask("POST", "/drafts.json", **draft)
    session.ask("PUT", "/u/erinquartz/anonymize.json", status=403)
    session.confirm()
    name = session.ask("PUT", "/u/erinquartz/anonymize.json")["username"]
    assert name.startswith("anon")
    assert Session(forum, "erinquartz").log_in()["error"]
    posts = forum.posts(topic)
    assert posts[0]["raw"] == "What I say stays, even when I have left."
    assert posts[0]["username"] == name and f"@{name}" in posts[1]["raw"]

    def traces():
        return [
            line[:300] for line in forum.dump().splitlines()
            if "quartz" in line.lower() and "staff_action_logs" not in line
        ]

    wait_for(lambda: not traces(), 10, f"nothing left of them: {traces()}")
