"""What the client keeps on this machine: `parley sync`, and reading without a network."""

import json
import os
import subprocess

import pytest
from forum import PROGRAMS, Forum
from terminal import parley


@pytest.fixture(scope="module")
def site():
    """A site that the tests of this file may stop."""
    forum = Forum()
    try:
        yield forum.prepare()
    finally:
        forum.end()


@pytest.fixture
def home(tmp_path):
    return tmp_path


def run(home, *arguments, code=0):
    environment = os.environ | {
        "HOME": str(home),
        "XDG_STATE_HOME": str(home),
        "XDG_CACHE_HOME": str(home),
    }
    done = subprocess.run(
        [PROGRAMS / "parley", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == code, done.stderr
    return done


def topic(site, title, raw):
    return site.client().create_post(raw, title=title)["topic_id"]


def sync(site, home, *arguments):
    return json.loads(run(home, "sync", "--site", site.url, "--json", *arguments).stdout)


def test_a_site_is_read_and_searched_without_a_network(site, home):
    first = topic(site, "Sails of the evening boats", "The *mainsail* is red, the jib is **white**.")
    site.client().create_post("And the spinnaker has every colour there is.", topic_id=first)
    gone = topic(site, "Something that will be deleted", "Nobody should read this for long, they say.")

    report = sync(site, home)
    assert report["way"] == "changes"
    assert report["posts"] >= 3
    assert sync(site, home)["posts"] == 0, "nothing is new"

    site.client().delete_topic(gone)
    site.client().create_post("A reply that came after the first time.", topic_id=first)
    report = sync(site, home)
    assert report["gone"] >= 1 and report["posts"] == 1

    site.stop()
    try:
        offline = parley(site.url, environment={"XDG_CACHE_HOME": str(home)})
        try:
            offline.wait("Sails of the evening boats")
            assert "Something that will be deleted" not in offline.screen
            offline.type("/")
            offline.type("spinnaker", "Enter")
            offline.wait("Search: spinnaker")
            offline.wait("Sails of the evening boats")
            offline.type("Enter")
            offline.wait("A reply that came after")
            offline.type("g", "g")
            offline.wait("The mainsail is red")
            offline.wait("offline")
        finally:
            offline.end()
        told = run(home, "topics", "--site", site.url)
        assert "Sails of the evening boats" in told.stdout
        assert "No network: this is what was kept" in told.stderr
        quiet = run(home, "topics", "--offline", "--json", "--site", site.url)
        assert quiet.stderr == ""
        assert "Sails of the evening boats" in [row["title"] for row in json.loads(quiet.stdout)]
        assert "mainsail is red" in run(home, "read", "--offline", str(first), "--site", site.url).stdout
        found = run(home, "search", "spinnaker", "--offline", "--site", site.url).stdout
        assert "Sails of the evening boats" in found
        missing = run(home, "read", "--offline", "99999", "--site", site.url, code=5)
        assert "not kept on this machine" in missing.stderr
        assert "could not be reached" in run(home, "read", "99999", "--site", site.url, code=3).stderr
    finally:
        site.start()


def test_a_category_is_fetched_page_by_page(site, home):
    key = site.client()
    category = key.create_category("Harbour", color="0088CC")["category"]["id"]
    text = "All ships report here when they come in."
    key.create_post(text, category_id=category, title="Ships in the harbour today")
    report = sync(site, home, "--category", "harbour")
    assert report["way"] == "pages"
    assert report["topics"] >= 1
    assert sync(site, home, "--category", "harbour")["topics"] == 0


def test_wrong_use_says_what_to_do(site, home):
    done = run(home, "sync", "--site", site.url, "--category", "nowhere", code=5)
    assert "no category with the slug “nowhere”" in done.stderr
    assert run(home, "sync", "--site", site.url, "--limit", "0", code=1).stderr
    assert "could not be reached" in run(home, "sync", "--site", "http://127.0.0.1:9", code=3).stderr
    (home / "parley").mkdir(exist_ok=True)
    done = run(home, "sync", "--site", site.url)
    assert done.stdout == "" and " posts." in done.stderr
    caches = list((home / "parley").glob("*.sqlite"))
    assert caches and all(path.stat().st_mode & 0o077 == 0 for path in caches)
