"""A mailing list moves in: from every kind of archive, seen by staff first, with its members."""

import email.utils
import json
import mailbox
import pickle
import subprocess
import zipfile

import pytest
from forum import Forum, wait_for

THREADS = 3
LENGTH = 4


@pytest.fixture(scope="module")
def forum():
    forum = Forum()
    try:
        forum.prepare()
        forum.add_user("anna")
        yield forum
    finally:
        forum.end()


def letter(thread, number, host):
    text = (
        f"From: Bert <bert@{host}>\nSubject: {'Re: ' if number else ''}"
        f"Thread {thread} of {host.split('.')[0]}\n"
        f"Message-ID: <{number}.{thread}@{host}>\n"
        f"Date: {email.utils.formatdate(1e9 + thread * 9e4 + number * 60)}\n"
    )
    if number:
        text += f"In-Reply-To: <{number - 1}.{thread}@{host}>\n"
    return (text + f"\nThe words of mail {number} in thread {thread}.\n").encode()


def letters(host):
    return [letter(thread, number, host) for thread in range(THREADS) for number in range(LENGTH)]


def write_mbox(path, host):
    for mail in letters(host):
        with open(path, "ab") as file:
            file.write(b"From bert at example.org  Mon Jan  1 00:00:00 2001\n" + mail + b"\n")
    return path


def maildir(folder):
    box = mailbox.Maildir(folder / "list", create=True)
    for mail in letters("maildir.example"):
        box.add(mail)
    return folder / "list"


def git(folder, *arguments, **options):
    command = ["git", "-C", folder, "-c", "user.name=x", "-c", "user.email=x@x.example", *arguments]
    return subprocess.run(command, check=True, capture_output=True, **options)


def new_repository(folder):
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "master")
    return folder


def commit(folder, name, content):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "mail")


def public_inbox_v1(folder):
    repository = new_repository(folder / "v1")
    for number, mail in enumerate(letters("v1.example")):
        digits = f"{number:040x}"[::-1]
        commit(repository, f"{digits[:2]}/{digits[2:]}", mail)
    # Junk that was removed again.
    commit(repository, "ff/" + "f" * 38, letter(9, 0, "v1.example"))
    (repository / "ff" / ("f" * 38)).unlink()
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "rm")
    return repository


def public_inbox_v2(folder):
    all_mails = letters("v2.example")
    half = len(all_mails) // 2
    for epoch, mails in enumerate((all_mails[:half], all_mails[half:])):
        repository = new_repository(folder / "v2" / "work" / f"{epoch}")
        for mail in mails:
            commit(repository, "m", mail)
        if epoch:
            junk = letter(9, 0, "v2.example")
            commit(repository, "m", junk)
            (repository / "m").unlink()
            commit(repository, "d", junk)
        target = folder / "v2" / "git" / f"{epoch}.git"
        subprocess.run(["git", "clone", "-q", "--bare", repository, target], check=True)
    return folder / "v2"


def takeout_zip(folder):
    mbox = write_mbox(folder / "takeout.mbox", "takeout.example")
    with zipfile.ZipFile(folder / "takeout.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.write(mbox, "Takeout/Groups/cooks [all]@googlegroups.com/topics.mbox")
        file.writestr("Takeout/archive_browser.html", "<p>")
    return folder / "takeout.zip"


def takeout_folder(folder):
    place = folder / "Takeout" / "Groups" / "cooks@googlegroups.com"
    place.mkdir(parents=True)
    write_mbox(place / "topics.mbox", "folder.example")
    return folder / "Takeout"


SOURCES = (maildir, public_inbox_v1, public_inbox_v2, takeout_zip, takeout_folder)


def imported(forum, *arguments):
    return json.loads(forum.run("import", "mbox", *arguments, "--json").stdout)


@pytest.mark.parametrize("source", SOURCES)
def test_every_kind_of_archive_is_read_once(forum, source, tmp_path):
    place = source(tmp_path)
    command = (place, "--category", "general", "--name", source.__name__)
    dry = imported(forum, *command, "--dry-run")
    assert (dry["mails"], dry["posts"], dry.get("import_id")) == (12, 12, None)
    first = imported(forum, *command)
    assert (first["mails"], first["posts"], first["topics"]) == (12, 12, THREADS)
    assert (first["refused"], first["damaged_files"]) == ([], [])
    again = imported(forum, *command)
    assert (again["known"], again["posts"], again.get("import_id")) == (12, 0, None)


def test_an_import_is_seen_by_staff_until_it_is_published(forum, tmp_path):
    write_mbox(tmp_path / "quiet.mbox", "quiet.example")
    summary = imported(forum, tmp_path / "quiet.mbox", "--category", "general")
    search = "/search.json?q=Thread quiet"
    assert forum.request("GET", search, None).json()["topics"] == []
    waiting = json.loads(forum.run("import", "list", "--json").stdout)
    (found,) = [line for line in waiting if line["name"] == "quiet"]
    assert (found["id"], found["posts"], found.get("published_at")) == (summary["import_id"], 12, None)

    assert "12 posts" in forum.run("import", "discard", "quiet").stdout
    assert imported(forum, tmp_path / "quiet.mbox", "--category", "general")["posts"] == 12
    (waits,) = [
        line
        for line in forum.request("GET", "/admin/imports.json").json()["imports"]
        if line["name"] == "quiet"
    ]
    place = f"/admin/imports/{waits['id']}/publish.json"
    published = forum.request("PUT", place)
    assert published.json() == {"import": waits} and waits["posts"] == 12, published.text
    assert forum.request("PUT", place).status_code == 404
    found = lambda: forum.request("GET", search, None).json()["topics"]
    wait_for(lambda: len(found()) == THREADS, 10, "three topics found")
    refused = forum.run("import", "discard", "quiet", check=False)
    assert refused.returncode != 0 and "No import “quiet” waits" in refused.stderr


def test_not_even_its_author_knows_of_a_hidden_thread(forum, tmp_path):
    """A member's old mails: one a thread of its own, one an answer to a topic that is open."""
    made = forum.request(
        "POST",
        "/posts.json",
        "anna",
        json={"title": "An open topic of today", "raw": "Open to all who come.", "category": 4},
    ).json()
    head = "From x@y.example Mon Jan  1 00:00:00 2001\nFrom: Anna <anna@example.com>\n"
    answered = f"<discourse/post/{made['id']}@127.0.0.1>"
    (tmp_path / "own.mbox").write_text(
        f"{head}Subject: The thread of zanzibar\nMessage-ID: <own@x>\n\nSaid of zanzibar.\n\n"
        f"{head}Subject: Re: An open topic of today\nMessage-ID: <answer@x>\n"
        f"In-Reply-To: {answered}\n\nAnswered of zanzibar.\n"
    )
    pages = (
        f"/t/{made['topic_id']}.json", "/search.json?q=zanzibar", "/latest.json", "/categories.json",
        "/c/general/4.json", "/about.json", "/u/anna.json", "/u/anna/summary.json", "/posts.json",
        "/user_actions.json?username=anna&filter=4,5", "/sitemap_1.xml", "/latest.rss",
        "/c/general/4.mbox", "/changes.json", "/t/external_id/none.json",
    )
    askers = (None, "anna")
    ask = lambda: {
        (page, asker): (answer.status_code, len(answer.text), "of zanzibar" in answer.text.lower())
        for page in pages
        for asker in askers
        for answer in [forum.request("GET", page, asker)]
    }
    before = ask()
    assert imported(forum, tmp_path / "own.mbox", "--category", "general")["posts"] == 2
    after = ask()
    assert {key: seen for key, seen in after.items() if seen[2]} == {}
    assert {key[0] for key in after if after[key][0] != before[key][0]} == set()
    forum.run("import", "publish", "own")
    topic = forum.request("GET", f"/t/{made['topic_id']}.json", "anna").json()
    posts = topic["post_stream"]["posts"]
    assert [post["post_number"] for post in posts] == [1, 2]
    assert "zanzibar" in posts[1]["cooked"] and posts[1]["reply_to_post_number"] in (1, None)
    # Kept answers are dropped a moment later.
    found = lambda: forum.request("GET", "/search.json?q=zanzibar", None).json()["posts"]
    wait_for(lambda: len(found()) == 2, 10, "two posts found")
    assert forum.request("GET", "/notifications.json", "anna").json()["notifications"] == []


PYTHON_LIST = {
    "members": {"each@pck.example": 0, "nomail@pck.example": 0, "moderated@pck.example": 0},
    "digest_members": {"digest@pck.example": 0},
    "usernames": {"each@pck.example": "Jos\xe9", "digest@pck.example": "D. Gest"},
    "delivery_status": {"nomail@pck.example": (2, 1234.5)},
    "user_options": {"moderated@pck.example": 128, "each@pck.example": 2},
    "ban_list": ["banned@pck.example", "^.*@spam"],
    "bounce_info": {},
}

MEMBERS = {
    "mailman3.csv": "address,display_name,delivery_mode,delivery_status\n"
    "a@m3.example,Anne,regular,enabled\nb@m3.example,,mime_digests,enabled\n"
    "c@m3.example,,regular,by_bounces\n",
    "mailman3.json": json.dumps(
        {
            "entries": [
                {"email": "a@m3j.example", "display_name": "A", "delivery_mode": "regular"},
                {"email": "b@m3j.example", "delivery_mode": "summary_digests"},
                {"email": "c@m3j.example", "delivery_mode": "regular", "delivery_status": "by_user"},
            ],
            "total_size": 3,
        }
    ),
    "google.csv": "Members for group cooks\nEmail address,Nickname,Group status,Email status,"
    "Email preference\na@g.example,A,member,,email\nb@g.example,B,owner,,digest\n"
    "c@g.example,C,member,,no email\nd@g.example,D,banned,,email\n",
}


@pytest.mark.parametrize("name", MEMBERS)
def test_members_follow_as_they_did(forum, name, tmp_path):
    (tmp_path / name).write_text(MEMBERS[name])
    command = ("import", "subscribers", tmp_path / name, "--category", "general", "--json")
    report = json.loads(forum.run(*command).stdout)
    assert report["deliveries"] == {"each": 1, "daily": 1, "web": 1}
    assert (report["subscribed"], report["refused"]) == (3, [])
    again = json.loads(forum.run(*command).stdout)
    assert (again["subscribed"], again["known"]) == (0, 3)


@pytest.mark.parametrize("form", ("pickle-1", "pickle-2", "dump", "lines"))
def test_members_of_mailman_2_follow_as_they_did(forum, form, tmp_path):
    text = repr(PYTHON_LIST).replace("pck.example", f"{form}.example")
    value = eval(text)
    file = tmp_path / "config.pck"
    if form.startswith("pickle"):
        file.write_bytes(pickle.dumps(value, protocol=int(form[-1])))
    elif form == "dump":
        head = "[----- start pickle file -----]\n<----- start object 1 ----->\n"
        file.write_text(head + text + "\n[----- end pickle file -----]\n")
    else:
        file.write_text("# members\nEach <each@lines.example>\nb@lines.example (B)\n")
    command = ("import", "subscribers", file, "--category", "general", "--json")
    report = json.loads(forum.run(*command).stdout)
    if form == "lines":
        assert (report["subscribed"], report["deliveries"]) == (2, {"each": 2})
        return
    assert report["deliveries"] == {"each": 2, "daily": 1, "web": 1}
    assert (report["subscribed"], report["moderated"], report["banned"]) == (4, 1, 1)
