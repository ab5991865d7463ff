"""What the stories of incoming mail share: a category that takes it, a member who writes, their mails."""

import contextlib
import email.message
import email.policy
import email.utils
import subprocess

from forum import Forum, wait_for

ADDRESS = "ideas@forum.test"
WRITER = "walt@example.com"


@contextlib.contextmanager
def forum_that_takes_mail(sink, **variables):
    """A forum with a category at ADDRESS and the member walt."""
    settings = {"email_in": "true", "email_in_min_trust": "0"}
    forum = Forum(relay_port=sink.port, settings=settings, variables=variables)
    try:
        forum.prepare()
        forum.add_user("walt")
        fields = {"name": "Ideas", "email_in": ADDRESS}
        answer = forum.request("POST", "/categories.json", json=fields)
        assert answer.ok, answer.text
        yield forum
    finally:
        forum.end()


def mail(subject, sender=WRITER, to=ADDRESS, more="", **headers):
    message = email.message.EmailMessage()
    message["From"] = f"Walt <{sender}>"
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = email.utils.make_msgid(domain="example.com")
    message["Date"] = email.utils.localtime()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(f"{subject}: that is long enough to be asked. Grüße\n{more}")
    return message


def octets(message):
    """A mail as it goes over the wire."""
    return message.as_bytes(policy=email.policy.SMTP)


def topics(forum, title):
    latest = forum.request("GET", "/latest.json").json()["topic_list"]["topics"]
    return [topic for topic in latest if topic["title"] == title]


def has_topic(forum, title, seconds=20):
    return wait_for(lambda: topics(forum, title), seconds, f"the topic {title}")


def make_certificate(folder):
    """A certificate for localhost, and its key."""
    folder.chmod(0o755)
    names = (folder / "cert.pem", folder / "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        + ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        + ["-out", names[0], "-keyout", names[1]],
        check=True,
        capture_output=True,
    )
    return names
