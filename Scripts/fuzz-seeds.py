"""Seeds for `make fuzz`: the fixtures, and the corpora beside the repository where they are.

Usage: fuzz-seeds.py FOLDER, which gets one folder a target.
"""

import email
import email.policy
import hashlib
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "corpus"
LARGEST = 20_000


def keep(folder, target, data):
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogateescape")
    if not data or len(data) > LARGEST:
        return
    place = folder / target
    place.mkdir(parents=True, exist_ok=True)
    (place / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def split(folder, raw):
    """The pieces of a mail, each for what reads it."""
    keep(folder, "message", raw)
    mail = email.message_from_bytes(raw, policy=email.policy.compat32)
    for name, value in mail.items():
        if name.lower() in ("from", "to", "cc", "reply-to", "sender"):
            keep(folder, "address", str(value))
    for part in mail.walk():
        for name in ("Content-Type", "Content-Disposition"):
            if part.get(name):
                keep(folder, "parameters", str(part[name]))
        if part.is_multipart():
            continue
        body = part.get_payload(decode=True) or b""
        if part.get_content_type() == "text/html":
            keep(folder, "html", body)
        elif part.get_content_type() == "text/plain":
            keep(folder, "reply", body)
            keep(folder, "flowed", body)


def main():
    folder = pathlib.Path(sys.argv[1])
    mails = sorted((ROOT / "Tests" / "Fixtures").glob("*/*.eml"))
    if SHARED.is_dir():
        mails += sorted((SHARED / "discourse-emails").glob("*.eml"))
        for name, target in (("html-to-markdown.json", "html"), ("plain-to-markdown.json", "reply")):
            cases = json.loads((SHARED / name).read_text())
            for case in cases if isinstance(cases, list) else cases.values():
                texts = case.values() if isinstance(case, dict) else [case]
                for text in texts:
                    if isinstance(text, str):
                        keep(folder, target, text)
    for path in mails:
        split(folder, path.read_bytes())


main()
