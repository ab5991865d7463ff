"""How mails are understood, beside how Python's email package understands them.

The two are written after the same RFCs by different people; where they disagree, one of them is wrong, or the
mail is. The disagreements that stand below each name the rule that decides.
"""

import email.policy
import email.utils
import gzip
import json
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
from forum import CORPUS, PROGRAMS

# From a list's archive, every so many mails: a process a mail is what this costs.
STRIDE = 25


def archive(path):
    """The mails of an mbox file, taken apart by its separators alone."""
    with gzip.open(path, "rb") as file:
        data = file.read()
    pieces = re.split(rb"^From [^\n]*\n", data, flags=re.MULTILINE)[1:]
    return [re.sub(rb"^>(>*From )", rb"\1", piece, flags=re.MULTILINE) for piece in pieces]


def mails():
    if not CORPUS.is_dir():
        return []
    found = [
        (path.name, path.read_bytes())
        for path in sorted((CORPUS / "discourse-emails").glob("*.eml"))
    ]
    listed = archive(CORPUS / "mailing-lists.mbox.gz")
    return found + [(f"list {at}", listed[at]) for at in range(0, len(listed), STRIDE)]


# Where the mail is wrong, and what it means is read from it all the same.
ONLY_OURS = {
    # An encoded word without quotes is no value of a parameter (RFC 2047 §5); it is what programs send.
    ("encoded_filename.eml", "names"),
    # A word in place of an identifier.
    ("email_to_group_email_username_3.eml", "in_reply_to"),
}


def words(text):
    # A NUL stands nowhere in a mail (RFC 5322 §4.5.7 calls it obsolete); neither shows it.
    return " ".join((text or "").replace("\0", "").split())


def once(identifiers):
    """A thread names an ancestor once."""
    return [one for at, one in enumerate(identifiers) if identifiers[:at][-1:] != [one]]


def leaves_of(message):
    # A report's fields are one body, not parts (RFC 3464 §2.1), though Python makes messages of them.
    if not message.is_multipart() or message.get_content_type() == "message/delivery-status":
        return [message]
    return [leaf for part in message.get_payload() for leaf in leaves_of(part)]


def theirs(data):
    message = email.message_from_bytes(data, policy=email.policy.default)

    def header(name):
        try:
            value = message[name]
        except Exception:
            return None
        return None if value is None else str(value)

    def identifiers(name):
        # Some programs fold within an identifier, where no space may be (RFC 5322 §3.6.4).
        return once(["".join(one.split()) for one in re.findall(r"<([^<>]+)>", header(name) or "")])

    when = header("Date")
    try:
        date = email.utils.parsedate_to_datetime(when).timestamp() if when else None
    except (TypeError, ValueError):
        date = None
    leaves = leaves_of(message)
    senders = email.utils.getaddresses([header("From") or ""])
    return {
        "subject": words(header("Subject")),
        # What has no domain is no address (RFC 5322 §3.4.1).
        "from": [address.lower() for _, address in senders if "@" in address],
        "message_id": (identifiers("Message-ID") or [None])[0],
        "references": identifiers("References"),
        "in_reply_to": identifiers("In-Reply-To"),
        "date": date,
        "types": [part.get_content_type() for part in leaves],
        "names": [part.get_filename() for part in leaves],
    }


def ours(data):
    done = subprocess.run(
        [PROGRAMS / "parleyd", "mail", "inspect"], input=data, capture_output=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)

    def leaves(part):
        return [leaf for child in part["parts"] for leaf in leaves(child)] or [part]

    parts = leaves(shown["parts"])
    date = shown["date"]
    return {
        "subject": words(shown["subject"]),
        "from": [one["address"].lower() for one in shown["from"]],
        "message_id": shown["message_id"],
        "references": shown["references"],
        "in_reply_to": shown["in_reply_to"],
        "date": date and email.utils.datetime.datetime.fromisoformat(
            date.replace("Z", "+00:00")
        ).timestamp(),
        "types": [part["content_type"] for part in parts],
        "names": [part.get("filename") for part in parts],
    }


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of mails is not on this machine")
def test_mails_are_understood_as_python_understands_them():
    corpus = mails()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        understood = list(pool.map(lambda mail: ours(mail[1]), corpus))
    apart = []
    for (name, data), our in zip(corpus, understood):
        their = theirs(data)
        for field in their:
            if our[field] != their[field] and (name, field) not in ONLY_OURS:
                apart.append(f"{name}: {field}: {our[field]!r}, Python says {their[field]!r}")
    # Raw bytes beyond ASCII in a header (which RFC 5322 does not allow) are read as the text they are here,
    # and left unread there.
    apart = [line for line in apart if "\ufffd" not in line]
    print(f"{len(corpus)} mails, {len(apart)} disagreements")
    assert not apart, "\n".join(apart)
