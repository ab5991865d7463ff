"""Everything is copied into one file, lost, and brought back."""

import io
import struct
import tarfile
import zlib

import pytest
import requests
from forum import Forum


def picture():
    def chunk(name, data):
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    rows = b"".join(b"\0" + bytes((200, 20, 20)) * 16 for _ in range(16))
    header = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.fixture
def forums():
    made = [Forum(), Forum()]
    yield made
    for forum in made:
        forum.end()


def test_a_forum_moves_to_another_machine_in_one_file(forums):
    old, new = forums
    old.prepare()
    old.run("user", "create", "--username", "irene", "--email", "irene@example.com", "--admin")
    headers = {"Api-Key": old.key, "Api-Username": "irene"}
    sent = requests.post(
        f"{old.url}/uploads.json",
        headers=headers,
        data={"type": "composer"},
        files={"file": ("red.png", picture(), "image/png")},
        timeout=30,
    ).json()
    topic = requests.post(
        f"{old.url}/posts.json",
        headers=headers,
        data={
            "title": "Something that is worth keeping",
            "raw": f"A picture that must not get lost: ![red]({sent['short_url']})",
        },
        timeout=30,
    ).json()["topic_id"]
    content = requests.get(old.url + sent["url"], timeout=30).content
    file = old.directory / "all.tar.gz"
    done = old.run("backup", file)
    assert done.stdout.strip() == str(file) and "Dumping" in done.stderr
    with tarfile.open(file) as archive:
        names = archive.getnames()
    assert "meta.json" in names and "database.dump" in names

    refused = old.run("restore", file, check=False)
    assert refused.returncode != 0 and "Stop it" in refused.stderr

    new.run("restore", file)
    new.start()
    shown = requests.get(f"{new.url}/t/{topic}.json", timeout=30).json()
    assert shown["title"] == "Something that is worth keeping"
    assert requests.get(new.url + sent["url"], timeout=30).content == content
    # The key of the old forum is one of the new forum's: nothing is left out.
    listed = requests.get(f"{new.url}/admin/backups.json", headers=headers, timeout=30)
    assert listed.status_code == 200 and listed.json() == []
    new.stop()

    again = new.run("restore", file, check=False)
    assert again.returncode != 0 and "--force" in again.stderr
    new.run("restore", "--force", file)
    new.start()
    assert requests.get(f"{new.url}/t/{topic}.json", timeout=30).status_code == 200


def test_what_is_no_backup_is_refused(forums):
    forum = forums[0]
    other = forum.directory / "other.tar.gz"
    with tarfile.open(other, "w:gz") as archive:
        link = tarfile.TarInfo("meta.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        text = tarfile.TarInfo("../evil")
        text.size = 4
        archive.addfile(text, io.BytesIO(b"evil"))
    for file in (other, __file__):
        done = forum.run("restore", file, check=False)
        assert done.returncode != 0 and "The file" in done.stderr
    assert not (forum.directory.parent / "evil").exists()
    assert forum.run("restore", "no-such.tar.gz", check=False).returncode != 0
    forum.start()
