"""Somebody follows a category by mail, and a mail to them comes back."""

import email.message
import email.utils
import json
import subprocess

import pytest
from forum import PROGRAMS, Forum, MailSink

ADDRESS = "help@forum.test"


class EnvelopeSink(MailSink):
    """Also keeps where each mail says that it comes from."""

    def __init__(self):
        super().__init__()
        self.senders = {}

    async def handle_DATA(self, server, session, envelope):
        answer = await super().handle_DATA(server, session, envelope)
        self.senders[self.mails()[-1]["Message-ID"]] = envelope.mail_from
        return answer


@pytest.fixture(scope="module")
def sink():
    sink = EnvelopeSink()
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture(scope="module")
def forum(sink):
    forum = Forum(relay_port=sink.port, settings={"email_in": "true"})
    try:
        forum.prepare()
        forum.add_user("walt")
        answer = forum.request(
            "POST", "/categories.json", json={"name": "Help", "email_in": ADDRESS}
        )
        assert answer.ok, answer.text
        forum.category = answer.json()["category"]["id"]
        yield forum
    finally:
        forum.end()


def mail(to, subject="Please", body="Thank you."):
    message = email.message.EmailMessage()
    message["From"] = "walt@example.com"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = email.utils.localtime()
    message["Message-ID"] = email.utils.make_msgid(domain="example.com")
    message.set_content(body)
    return message


def report(recipient):
    return f"""From: MAILER-DAEMON@mx.example.com
To: {recipient}
Subject: Undelivered Mail Returned to Sender
Message-ID: {email.utils.make_msgid(domain="mx.example.com")}
Date: {email.utils.formatdate()}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

There is no such mailbox.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; walt@example.com
Action: failed
Status: 5.1.1
--b--
""".replace("\n", "\r\n").encode()


def test_a_category_is_followed_and_a_report_counts(forum, sink):
    walt = "walt@example.com"
    asked = mail("help+subscribe@forum.test")
    assert forum.deliver(asked, "help+subscribe@forum.test", walt)[0] == 250
    question = sink.wait(walt, lambda found: "confirm" in found["Subject"])
    assert question["In-Reply-To"] == asked["Message-ID"]
    assert question["Auto-Submitted"] == "auto-replied"
    assert sink.senders[question["Message-ID"]] in ("", None, "<>")
    address = email.utils.parseaddr(question["Reply-To"])[1]
    code, text = forum.deliver(mail(address, "Re: " + question["Subject"]), address, walt)
    assert (code, "Confirmed" in text) == (250, True), text
    sink.wait(walt, lambda found: "Done" in found["Subject"])

    new = {"title": "What everybody here has to know", "raw": "Words that walt gets by mail."}
    answer = forum.request("POST", "/posts.json", json=new | {"category": forum.category})
    assert answer.ok, answer.text
    told = sink.wait(walt, lambda found: "everybody here" in found["Subject"])
    sender = sink.senders[told["Message-ID"]]
    assert sender.startswith("reply+verp-") and sender.endswith("@forum.test")

    assert forum.deliver(report(sender), sender, "<>")[0] == 250
    bounced = forum.request("GET", "/admin/email/bounced.json").json()
    assert [(entry["to_address"], entry["bounce_error_code"]) for entry in bounced] == [
        (walt, "5.1.1")
    ]
    user = forum.request("GET", "/u/walt.json").json()["user"]["id"]
    assert forum.request("GET", f"/admin/users/{user}.json").json()["bounce_score"] == 2


def test_the_log_says_what_became_of_each_mail(forum):
    refused = forum.request("GET", "/admin/email/rejected.json").json()
    assert [entry["error"] for entry in refused] == ["BouncedEmailError"]
    detail = forum.request("GET", f"/admin/email/incoming/{refused[0]['id']}.json").json()
    assert detail["is_bounce"] and detail["inspection"]["bounce"]["status"] == "5.1.1"
    printed = subprocess.run(
        [PROGRAMS / "parleyd", "mail", "log", "--json"],
        env=forum.environment(),
        capture_output=True,
        check=True,
    )
    states = [entry["state"] for entry in json.loads(printed.stdout)]
    assert states == ["rejected", "posted", "posted"]


def test_templates_and_languages_are_checked(forum):
    folder = forum.data / "templates"
    folder.mkdir()
    language = folder / "mail.de.txt"
    try:
        language.write_text("post.wrote = {1} schrieb:\n")
        found = forum.run("mail", "templates").stdout
        assert "notification.txt.mustache: built in" in found
        assert "mail.de.txt: 1 of " in found and "English for post.author" in found
        language.write_text("post.wrote = schrieb\npost.wrongly = x\n")
        failed = forum.run("mail", "templates", check=False)
        assert failed.returncode == 1
        assert "mail.de.txt: line 1: post.wrote lacks {1}" in failed.stdout
        assert "mail.de.txt: line 2: there is no text “post.wrongly”" in failed.stdout
        english = forum.run("mail", "templates", "--english").stdout
        assert "\npost.wrote = {1} wrote:\n" in english
    finally:
        language.unlink()
        folder.rmdir()
