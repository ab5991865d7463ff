"""What the table of features says of the client, row by row, on a real forum."""

import re

import pytest
from forum import wait_for
from terminal import parley

LIST, TOPIC = "Space next unread", "r reply"


@pytest.fixture(scope="module")
def community(forum):
    """A topic that vera has read in part, with answers to answers, a poll and links; others for her lists."""
    for name in ("nora", "ken", "vera"):
        forum.add_user(name)
        number = forum.sql(f"SELECT id FROM users WHERE username = '{name}'")[0][0]
        trusted = forum.request("PUT", f"/admin/users/{number}/trust_level", data={"level": 2})
        assert trusted.ok, trusted.text
    general = forum.sql("SELECT id FROM categories WHERE name = 'General'")[0][0]

    def begin(title, text, author="nora"):
        return forum.client(author).create_post(text, category_id=general, title=title)["topic_id"]

    forum.place = begin("Where the other path leads to", "It leads to the pond behind the old mill.")
    forum.walk = begin(
        "Which walk shall we take", "There is the mill and there is the wood: which shall it be?\n\n"
        f"[The pond]({forum.url}/t/{forum.place}) and [a map](https://maps.example/mill).\n\n"
        "[poll type=regular results=always]\n* The mill\n* The wood\n[/poll]",
    )
    for author, to, text in (
        ("ken", 1, "The mill, since the wood is wet after so much rain."),
        ("nora", 2, "Wet it is, and dark as well, so that nobody sees the roots."),
        ("ken", 1, "There is also the river, which nobody has named so far."),
        ("nora", 4, "The river is too far for those who come by bus, I fear."),
    ):
        forum.client(author).create_post(text, topic_id=forum.walk, reply_to_post_number=to)
    for title in ("Minutes of a meeting long ago", "Gossip that nobody wants to read"):
        begin(title, f"{title}: there is not much to say about it, but it is said here.")
    seen = forum.request(
        "POST", "/topics/timings", "vera",
        data={"topic_id": forum.walk, "topic_time": 5000, "timings[1]": 5000, "timings[2]": 5000},
    )
    assert seen.ok, seen.text
    level = forum.request(
        "POST", f"/t/{forum.walk}/notifications.json", "vera", data={"notification_level": 2}
    )
    assert level.ok, level.text
    return forum


class Reader:
    """vera at the keys: presses some, and waits for what the screen has to say then."""

    def __init__(self, forum):
        self.terminal = parley(forum.url)
        self.terminal.wait("Which walk shall we take")
        self.terminal.wait(":login log in")
        self.does([":login", "Enter"], "User name:")
        self.does(["vera", "Enter", "the password of vera", "Enter"], "Welcome, vera.")
        self.terminal.wait("@vera")

    def does(self, keys, *words):
        for key in keys:
            self.terminal.type(key)
        for word in words:
            self.terminal.wait(word)

    def line(self, words):
        return next(line for line in self.terminal.screen.splitlines() if words in line)

    @property
    def selected(self):
        """The number of the post that keys act on; None while the screen is another."""
        found = re.search(r"^>.* #(\d+)", self.terminal.screen, re.M)
        return found and int(found[1])

    def goes(self, keys, number):
        self.does(keys)
        wait_for(lambda: self.selected == number, 10, f"post {number} after {keys}")


def test_a_member_reads_and_acts_as_the_table_of_features_says(community):
    forum = community
    reader = Reader(forum)
    walk = f"WHERE topic_id = {forum.walk}"
    try:
        # Lists count what is unread, and so does the bar at the top.
        reader.terminal.wait("1 unread  3 new")
        assert re.search(r"● +3 Which walk shall we take", reader.line("Which walk"))
        # One key goes there, to the first unread post; what came since is marked.
        reader.does(["g", "u"], "· Unread", "Which walk")
        reader.does(["Space"], "post 3/5", "● new")
        reader.goes([], 3)
        # Chains: to the parent, to the next answer to the same post; answers are folded and opened.
        reader.goes(["p"], 2)
        reader.goes(["J"], 4)
        reader.goes(["K"], 2)
        reader.does(["-"], "(1 answer folded)")
        reader.does(["-"], "nobody sees the roots")
        # Find, here and, by the site, in all of the topic.
        reader.goes(["/", "river", "Enter"], 4)
        reader.goes(["n"], 5)
        # Like, bookmark, flag, follow: done, undone, told apart.
        reader.does(["l"], "♥ 1 (you)")
        reader.does(["z"], "The like is taken back.")
        reader.does(["b"], "(bookmarked)")
        reader.does(["z"], "The bookmark is removed.")
        reader.does(["!"], "Off-topic")
        reader.does(["1"], "the staff will look at it")
        assert forum.request("GET", "/review/count.json").json() == {"count": 1}
        reader.does(["m", "l"], "tracking", "watching")
        reader.does(["q", "m", "w"], "You watch this topic now.")
        # Links by their numbers, with their hosts; those of the site open in place.
        reader.goes(["g", "g"], 1)
        reader.does(["Enter"], "maps.example")
        reader.does(["1"], "behind the old mill")
        reader.does(["q"], "Which walk shall we take", "0 voters")
        # The poll.
        reader.does(["v"], "The wood")
        reader.does(["1"], "1 voter")
        # Writing: look ahead, send, edit, delete, take back.
        reader.does(["R"], "Reply to")
        reader.does(["Then let it be the *mill*, on Sunday."], "37 characters")
        reader.does(["C-p"], "Preview")
        reader.does(["C-p", "C-x"], "z takes it back")
        reader.does([":send-now", "Enter"], "on Sunday")
        reader.does(["e"], "Edit post #6", "on Sunday.")
        reader.does([" At noon.", "C-x"], "Sent.", "At noon.")
        reader.does(["d"], "Delete post #6?")
        reader.does(["yes", "Enter"], "The post is deleted.")
        reader.does(["z"], "The post is back.")
        # Live: what comes does not move what is read.
        reader.goes(["g", "g"], 1)
        before = reader.terminal.screen.splitlines()[1:10]
        forum.client("ken").create_post("Sunday at noon it is, in front of the mill.", topic_id=forum.walk)
        reader.terminal.wait("1 new reply below")
        assert reader.terminal.screen.splitlines()[1:10] == before
        # Left unread from a post on; caught up.
        reader.goes(["4", "G"], 4)
        reader.does(["U"], "Left unread from post #4 on.")
        assert re.search(r"● +4 Which walk", reader.line("Which walk"))
        reader.does(["x", "t"], "Type yes:")
        reader.does(["yes", "Enter"], "read.")
        assert "●" not in reader.line("Which walk")
        # Muted on the site; killed and highlighted here.
        reader.does(["g", "l"], "Gossip that", "Minutes of")
        reader.does(["K"], "Never list")
        reader.does(["Gossip", "Enter"], "is now killed")
        assert "Gossip that" not in reader.terminal.screen
        reader.does(["H"], "Highlight")
        reader.does(["Minutes", "Enter"], "is now highlighted")
        assert reader.line("Minutes of")[1] == "!"
        # Several lists, and help wherever one is.
        reader.does(["g", "c"], "General", "topics")
        reader.does(["?"], "Categories", "mute the category")
        reader.does(["q", "g", "l"], LIST)
        reader.does(["C-c"], "ended with 0")
    finally:
        reader.terminal.end()
    assert forum.sql(f"SELECT like_count FROM posts {walk} AND post_number = 5") == [["0"]]
    found = forum.sql(f"SELECT raw, deleted_at IS NULL FROM posts {walk} AND post_number = 6")
    assert found == [["Then let it be the *mill*, on Sunday. At noon.", "t"]]


def test_a_login_that_has_ended_leads_back_to_where_one_was(forum, tmp_path):
    forum.add_user("lena")
    made = forum.client().create_post(
        "Something to be liked by whoever reads it here.", title="A topic that people like a lot"
    )
    terminal = parley(forum.url, environment={"XDG_STATE_HOME": str(tmp_path)})
    try:
        terminal.wait("A topic that people like")
        terminal.type(":login", "Enter", "lena", "Enter", "the password of lena", "Enter")
        terminal.wait("Welcome, lena.")
        terminal.type("Enter")
        terminal.wait("Something to be liked")
        forum.sql("DELETE FROM sessions WHERE user_id = (SELECT id FROM users WHERE username = 'lena')")
        terminal.type("l")
        terminal.wait("Your login has ended.")
        terminal.type("the password of lena", "Enter")
        terminal.wait("Welcome, lena.")
        terminal.wait("Something to be liked")
        terminal.type("l")
        wait_for(
            lambda: forum.request("GET", f"/t/{made['topic_id']}.json").json()["like_count"] == 1,
            10, "the like",
        )
    finally:
        terminal.end()
