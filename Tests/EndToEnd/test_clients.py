"""Programs that others wrote for Discourse, against this forum."""

import struct
import zlib

import fluent_discourse
import pydiscourse.exceptions
import pytest
from discourse_reader.client import DiscourseClient as Reader


def picture():
    """A PNG of 16 by 16 points."""
    def chunk(kind, data):
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    rows = (b"\0" + b"\x80\x40\x20" * 16) * 16
    header = struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(*part)
        for part in ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    )


class World:
    """People and things that the calls are about."""

    def __init__(self, forum):
        self.forum = forum
        forum.add_user("paula")
        forum.add_user("peter")
        self.api = forum.client()
        self.paula = forum.client("paula")
        self.topic = self.paula.create_post(
            "The first words of a topic for the library.", title="A topic for the library",
            category_id=4, tags=["library"],
        )
        self.reply = forum.client("peter").create_post(
            "An answer that the library is to find.", topic_id=self.topic["topic_id"]
        )
        self.picture = forum.directory / "picture.png"
        self.picture.write_bytes(picture())
        self.topic_id = self.topic["topic_id"]
        self.user = self.api.user("peter")["id"]
        self.category = self.api.create_category("Library", "0088CC")["category"]["id"]
        self.badge = forum.request(
            "POST", "/admin/badges.json", json={"name": "Bookworm", "badge_type_id": 3}
        ).json()["badge"]["id"]
        self.group = self.api.create_group("librarians")["basic_group"]["id"]

    def synced(self, username):
        """Somebody whom another site signs in; both sites know the secret."""
        secret = "what both of the sites know"
        self.set("discourse_connect_url", "https://login.example")
        self.set("discourse_connect_secret", secret)
        self.set("enable_discourse_connect", "true")
        try:
            self.api.sync_sso(
                sso_secret=secret, name="Synced", username=username, external_id="4711",
                email=f"{username}@example.com",
            )
        finally:
            self.set("enable_discourse_connect", "false")
        return self.api.user(username)["id"] == self.api.user_by_external_id("4711")["id"]

    def set(self, name, value):
        answer = self.forum.request("PUT", f"/admin/site_settings/{name}.json", data={name: value})
        assert answer.ok, answer.text

    def made_user(self, name):
        self.forum.add_user(name)
        return self.api.user(name)["id"]


@pytest.fixture(scope="module")
def world(forum):
    return World(forum)


def doomed_category(w):
    made = w.api.create_category("Doomed", "0088CC")["category"]["id"]
    return w.api.delete_category(made)


def doomed_group(w):
    return w.api.delete_group(w.api.create_group("doomed")["basic_group"]["id"])


def doomed_topic(w):
    made = w.paula.create_post("Words that will not stay here.", title="A topic that will go")
    return w.api.delete_topic(made["topic_id"])


# Every method of pydiscourse 1.7 whose address a current Discourse still has.
CALLS = {
    "user": lambda w: w.api.user("paula")["username"] == "paula",
    "activate": lambda w: w.api.activate(w.user),
    "deactivate": lambda w: w.api.deactivate(w.made_user("sleeper")),
    "user_all": lambda w: w.api.user_all(w.user)["username"] == "peter",
    "invite": lambda w: w.api.invite("new@example.org", "librarians", "Come in"),
    "user_by_id": lambda w: w.api.user_by_id(w.user)["username"] == "peter",
    "user_by_email": lambda w: w.api.user_by_email("peter@example.com")[0]["username"] == "peter",
    "create_user": lambda w: w.api.create_user(
        "New Person", "newperson", "newperson@example.com", "a long enough password"
    )["success"],
    "log_out": lambda w: w.api.log_out(w.user),
    "trust_level": lambda w: w.api.trust_level(w.user, 2),
    "trust_level_lock": lambda w: w.api.trust_level_lock(w.user, True),
    "anonymize": lambda w: w.api.anonymize(w.made_user("nameless")),
    "suspend": lambda w: w.api.suspend(w.made_user("rowdy"), 1, "noise"),
    "unsuspend": lambda w: w.api.unsuspend(w.api.user("rowdy")["id"]),
    "list_users": lambda w: len(w.api.list_users("active")) > 1,
    "pick_avatar": lambda w: w.paula.pick_avatar("paula", gravatar=False, generated=True),
    "update_email": lambda w: w.paula.update_email("paula", "paula2@example.com"),
    "update_user": lambda w: w.paula.update_user("paula", bio_raw="Reads books."),
    "update_username": lambda w: w.made_user("before") and w.api.update_username("before", "after"),
    "set_preference": lambda w: w.paula.set_preference("paula", location="here"),
    "sync_sso": lambda w: w.synced("synced"),
    "delete_user": lambda w: w.api.delete_user(w.made_user("shortlived")),
    "users": lambda w: len(w.api.users()) > 1,
    "private_messages": lambda w: w.paula.private_messages("paula") is not None,
    "private_messages_unread": lambda w: w.paula.private_messages_unread("paula") is not None,
    "category_topics": lambda w: w.api.category_topics(w.category)["topic_list"],
    "hot_topics": lambda w: "topics" in w.api.hot_topics()["topic_list"],
    "top_topics": lambda w: "topics" in w.api.top_topics()["topic_list"],
    "latest_topics": lambda w: w.api.latest_topics()["topic_list"]["topics"],
    "new_topics": lambda w: "topics" in w.api.new_topics()["topic_list"],
    "topic": lambda w: w.api.topic("some-slug", w.topic_id)["id"] == w.topic_id,
    "delete_topic": doomed_topic,
    "post": lambda w: w.api.post(w.topic_id, 2)["id"] == w.topic_id,
    "post_action_users": lambda w: w.api.post_action_users(w.topic["id"], 2) is not None,
    "post_by_id": lambda w: w.api.post_by_id(w.topic["id"])["id"] == w.topic["id"],
    "post_by_number": lambda w: w.api.post_by_number(w.topic_id, 2)["id"] == w.reply["id"],
    "posts": lambda w: w.api.posts(w.topic_id, post_ids=[w.reply["id"]])["post_stream"]["posts"],
    "latest_posts": lambda w: w.api.latest_posts()["latest_posts"],
    "topic_timings": lambda w: w.paula.topic_timings(w.topic_id, 2000, {1: 1000, 2: 1000}),
    "topic_posts": lambda w: w.api.topic_posts(w.topic_id)["post_stream"],
    "update_topic": lambda w: w.api.update_topic(
        f"/t/{w.topic_id}.json", "Another title for the library"
    ),
    "create_post": lambda w: w.paula.create_post(
        "One more answer for the library.", topic_id=w.topic_id
    )["id"],
    "update_topic_status": lambda w: w.api.update_topic_status(w.topic_id, "closed", False),
    "update_post": lambda w: w.paula.update_post(w.topic["id"], "The first words, changed a bit."),
    "reset_bump_date": lambda w: w.api.reset_bump_date(w.topic_id),
    "topics_by": lambda w: w.api.topics_by("paula"),
    "invite_user_to_topic": lambda w: w.api.invite_user_to_topic("other@example.org", w.topic_id),
    "search": lambda w: w.api.search("library")["posts"],
    "badges": lambda w: w.api.badges()["badges"],
    "grant_badge_to": lambda w: w.api.grant_badge_to("peter", w.badge),
    "user_badges": lambda w: "user_badges" in w.api.user_badges("peter"),
    "user_emails": lambda w: w.api.user_emails("peter")["email"] == "peter@example.com",
    "create_category": lambda w: w.api.create_category("Annex", "0088CC", parent="Library"),
    "categories": lambda w: w.api.categories(),
    "category": lambda w: w.api.category(w.category)["category"]["id"] == w.category,
    "update_category": lambda w: w.api.update_category(
        w.category, name="Library", color="0088CC", text_color="FFFFFF"
    ),
    "delete_category": doomed_category,
    "get_site_info": lambda w: w.api.get_site_info()["categories"],
    "get_site_settings": lambda w: w.api.get_site_settings()["site_settings"],
    "site_settings": lambda w: w.api.site_settings(title="A library") is None,
    "category_latest_topics": lambda w: w.api.category_latest_topics("library")["topic_list"],
    "groups": lambda w: any(group["name"] == "librarians" for group in w.api.groups()),
    "group": lambda w: w.api.group("librarians")["group"]["name"] == "librarians",
    "create_group": lambda w: w.api.create_group("readers")["basic_group"]["id"],
    "delete_group": doomed_group,
    "add_group_owner": lambda w: w.api.add_group_owner(w.group, "paula"),
    "delete_group_owner": lambda w: w.api.delete_group_owner(w.group, w.api.user("paula")["id"]),
    "group_owners": lambda w: w.api.group_owners("librarians") is not None,
    "group_members": lambda w: w.api.group_members("librarians") is not None,
    "add_group_member": lambda w: w.api.add_group_member(w.group, "peter"),
    "add_group_members": lambda w: w.api.add_group_members(
        w.group, [w.made_user(name) and name for name in ("gail", "greg")]
    ),
    "add_user_to_group": lambda w: w.api.add_user_to_group(w.group, w.made_user("joiner")),
    "delete_group_member": lambda w: w.api.delete_group_member(w.group, "peter"),
    "upload_image": lambda w: w.paula.upload_image(w.picture, "composer", True)["url"],
    "user_actions": lambda w: w.api.user_actions("paula", "4,5"),
    "tag_group": lambda w: w.api.tag_group("Shelves", ["library"])["id"],
    "notifications": lambda w: w.paula.notifications(w.category, notification_level=3),
    "about": lambda w: w.api.about()["about"]["title"],
    "customize_site_texts": None,
    "color_schemes": lambda w: w.api.color_schemes(),
    "create_color_scheme": None,
}

# What cannot be tried with this library, and why.
WITHOUT = {
    "customize_site_texts": "flattens what it sends, so that no Discourse understands it",
    "create_color_scheme": "flattens what it sends, so that no Discourse understands it",
}


@pytest.mark.parametrize("name", CALLS)
def test_pydiscourse(world, name):
    call = CALLS[name]
    if call is None:
        pytest.skip(WITHOUT[name])
    assert call(world) is not False


# Dead on a current Discourse as well (they moved or went).
LEGACY = {
    "approve": lambda w: w.api.approve(w.user),
    "block": lambda w: w.api.block(w.user),
    "generate_api_key": lambda w: w.api.generate_api_key(w.user),
    "invite_link": lambda w: w.api.invite_link("a@example.org", "librarians", "Come"),
    "create_site_customization": lambda w: w.api.create_site_customization("x", True, ""),
    "update_avatar": lambda w: w.api.toggle_gravatar("paula"),
    "update_avatar_from_url": lambda w: w.api.update_avatar_from_url("paula", "https://a.example"),
    "update_avatar_image": lambda w: w.api.update_avatar_image("paula", w.picture.read_bytes()),
    "data_explorer_query": lambda w: w.api.data_explorer_query(1),
}


@pytest.mark.parametrize("name", LEGACY)
def test_what_discourse_dropped_is_unknown_here(world, name):
    with pytest.raises(pydiscourse.exceptions.DiscourseClientError) as refused:
        LEGACY[name](world)
    # An invitation by the name "link" is one that nobody made.
    assert refused.value.response.status_code in (400, 404)


def test_fluent_discourse(forum, world):
    client = fluent_discourse.Discourse(forum.url, "system", forum.key)
    assert client.latest.json.get()["topic_list"]["topics"]
    assert client.t[world.topic_id].json.get()["id"] == world.topic_id
    assert client.posts.json.get({"before": world.reply["id"]})["latest_posts"]
    made = client.posts.json.post(
        {"title": "A topic by a fluent library", "raw": "It builds addresses out of attributes."}
    )
    changed = client.posts[made["id"]].json.put({"post": {"raw": "Changed by the fluent library."}})
    assert "Changed by" in changed["post"]["cooked"]
    forum.add_user("fluent")
    client.groups[world.group].members.json.put({"usernames": "fluent"})
    client.t[made["topic_id"]].json.delete()
    with pytest.raises(fluent_discourse.PageNotFoundError):
        client.nothing.at.all.json.get()
    with pytest.raises(fluent_discourse.UnauthorizedError):
        fluent_discourse.Discourse(forum.url, "system", "0" * 64).latest.json.get()


def test_discourse_reader(forum, world):
    """Builds strict models of every answer: a missing key raises."""
    reader = Reader(forum.url, requests_per_second=None)
    assert reader.about().title
    assert reader.statistics().model_dump()
    assert reader.categories()
    assert reader.tags() is not None
    assert reader.user("paula").username == "paula"
    latest = list(reader.topics.latest(limit=5))
    assert latest
    topic = reader.topics.get(world.topic_id)
    posts = list(topic.posts)
    assert posts[0].id == world.topic["id"] and topic.opening_post.username == "paula"
    assert reader.posts.get(world.reply["id"]).topic_id == world.topic_id
    assert list(reader.search("library", limit=3))
