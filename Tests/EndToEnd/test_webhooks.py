"""Another program hears of everything: signed, in order, once, also after it was away or we were."""

import hashlib
import hmac
import http.server
import json
import threading
import time

import pytest
from forum import Forum, free_port, wait_for

SECRET = "a secret that nobody else knows"


class Receiver:
    """Keeps what it is told; can be slow, and can be down."""

    def __init__(self, host="127.0.0.1"):
        self.host = host
        self.port = free_port()
        self.seconds = 0
        self.status = 200
        self.begun = 0
        self.kept = []
        self._server = None

    def start(self):
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.begun += 1
                receiver.kept.append((dict(self.headers), body))
                time.sleep(receiver.seconds)
                self.send_response(receiver.status)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            do_GET = do_POST

            def log_message(self, *arguments):
                pass

        class Server(http.server.ThreadingHTTPServer):
            allow_reuse_address = True
            daemon_threads = True

            def handle_error(self, *arguments):
                pass

        self._server = Server((self.host, self.port), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def stop(self):
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def url(self):
        return f"http://{self.host}:{self.port}/hook"

    def events(self):
        """Each event once, in the order of arrival: its headers and its body."""
        seen = {}
        for headers, body in list(self.kept):
            seen.setdefault(int(headers["X-Discourse-Event-Id"]), (headers, json.loads(body)))
        return seen

    def titles(self):
        """Of the topics whose making was told, in the order of arrival."""
        return [
            body["topic"]["title"]
            for headers, body in self.events().values()
            if headers["X-Discourse-Event"] == "topic_created"
        ]


@pytest.fixture(scope="module")
def forum(sink):
    forum = Forum(relay_port=sink.port, settings={"allowed_internal_hosts": "127.0.0.1"})
    try:
        yield forum.prepare()
    finally:
        forum.end()


@pytest.fixture
def receiver():
    receiver = Receiver().start()
    yield receiver
    receiver.stop()


@pytest.fixture
def canary():
    """Listens where nobody may be sent."""
    canary = Receiver("0.0.0.0").start()
    yield canary
    canary.stop()


def create(forum, url, **fields):
    fields = {"wildcard_web_hook": True, "active": True, "secret": SECRET, **fields}
    return forum.request(
        "POST", "/admin/api/web_hooks.json", json={"web_hook": {"payload_url": url, **fields}}
    )


@pytest.fixture
def hook(forum, receiver):
    answer = create(forum, receiver.url)
    assert answer.ok, answer.text
    hook = answer.json()["web_hook"]
    yield hook["id"]
    forum.request("DELETE", f"/admin/api/web_hooks/{hook['id']}.json")


def post_topic(forum, title):
    return forum.client().create_post(
        f"This is the first post of {title}.", title=title, category_id=4
    )


def test_it_is_told_in_discourses_words_and_can_check_who_says_so(forum, receiver, hook):
    made = post_topic(forum, "A topic that others hear of")
    reply = forum.client().create_post("A reply for the machine.", topic_id=made["topic_id"])
    forum.request(
        "POST", "/post_actions.json", json={"id": reply["id"], "post_action_type_id": 2}
    )
    wait_for(lambda: len(receiver.events()) >= 3, what="three events")
    by_name = {
        headers["X-Discourse-Event"]: (headers, body)
        for headers, body in receiver.events().values()
    }
    headers, body = by_name["topic_created"]
    assert headers["X-Discourse-Event-Type"] == "topic"
    assert headers["X-Discourse-Instance"] == forum.url
    assert headers["Content-Type"] == "application/json"
    assert headers["User-Agent"].startswith("Discourse/")
    assert body["topic"]["id"] == made["topic_id"]
    assert body["topic"]["created_by"]["username"] == "system"
    assert "post_stream" not in body["topic"]
    replies = [
        body["post"]
        for headers, body in receiver.events().values()
        if headers["X-Discourse-Event"] == "post_created"
    ]
    assert [post["post_number"] for post in replies] == [1, 2]
    assert replies[1]["topic_title"] == "A topic that others hear of"
    for headers, body in receiver.kept:
        expected = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        assert headers["X-Discourse-Event-Signature"] == f"sha256={expected}"


def test_a_ping_and_the_log_of_deliveries(forum, receiver, hook):
    path = f"/admin/api/web_hooks/{hook}"
    assert forum.request("POST", f"{path}/ping.json").json() == {"success": "OK"}
    wait_for(lambda: receiver.kept, what="a ping")
    headers, body = receiver.kept[0]
    assert json.loads(body) == {"ping": "OK"}
    assert headers["X-Discourse-Event-Type"] == "ping"

    def delivered():
        found = forum.request("GET", f"{path}/events.json?status=successful").json()
        return found["web_hook_events"]

    event = wait_for(delivered, what="a line of the log")[0]
    assert event["status"] == 200 and event["response_body"] == "ok"
    assert json.loads(event["headers"])["X-Discourse-Event-Type"] == "ping"
    again = forum.request("POST", f"{path}/events/{event['id']}/redeliver.json").json()
    assert again["web_hook_event"]["status"] == 200
    assert len(receiver.kept) == 2 and len(receiver.events()) == 1
    bulk = forum.request("GET", f"{path}/events/bulk.json?ids[]={event['id']}").json()
    assert [one["id"] for one in bulk] == [event["id"]]


def test_who_was_away_gets_everything_in_order_and_once(forum, receiver, hook):
    receiver.stop()
    first = [f"A topic while nobody listens, number {number}" for number in range(3)]
    for title in first:
        post_topic(forum, title)
    wait_for(
        lambda: forum.sql("SELECT 1 FROM outgoing_requests WHERE attempts > 0 AND state = 'queued'"),
        what="a try in vain",
    )
    # The power goes while things wait …
    forum.kill()
    receiver.seconds = 1
    receiver.start()
    forum.start()
    # … and again while one is under way.
    wait_for(lambda: receiver.begun, 30, "a delivery under way")
    forum.kill()
    receiver.seconds = 0
    forum.start()
    second = "A topic after all of that happened"
    post_topic(forum, second)
    wait_for(lambda: second in receiver.titles(), 40, "the last topic")
    assert receiver.titles() == [*first, second]
    numbers = list(receiver.events())
    assert numbers == sorted(numbers)
    for headers, body in receiver.kept:
        expected = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        assert headers["X-Discourse-Event-Signature"] == f"sha256={expected}"


def test_nothing_inside_is_reached(forum, canary):
    port = canary.port
    # The port is open: what is refused is refused for its address.
    name = "allowed_egress_ports"
    answer = forum.request("PUT", f"/admin/site_settings/{name}.json", json={name: f"80|{port}"})
    assert answer.ok, answer.text
    inside = [
        f"http://localhost:{port}/", f"http://127.0.0.2:{port}/", f"http://[::1]:{port}/",
        f"http://[::ffff:127.0.0.1]:{port}/", f"http://0.0.0.0:{port}/", f"http://127.1:{port}/",
        f"http://2130706433:{port}/", f"http://0x7f000001:{port}/", f"http://0177.0.0.1:{port}/",
        f"http://user@127.0.0.1:{port}/", f"http://127.0.0.1:{port}\\@example.org/",
        f"http://[64:ff9b::7f00:1]:{port}/", f"http://[2002:7f00:1::]:{port}/",
        f"http://１２７.0.0.1:{port}/", "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/", f"gopher://127.0.0.1:{port}/", "file:///etc/passwd",
    ]
    for url in inside:
        answer = create(forum, url)
        assert answer.status_code == 422, (url, answer.text)
    # What was checked once is checked again: the address may have changed since.
    made = create(forum, "http://127.0.0.1:9/").json()["web_hook"]
    path = f"/admin/api/web_hooks/{made['id']}"
    for number, url in enumerate([f"http://localhost:{port}/", f"http://127.0.0.2:{port}/"], 1):
        forum.sql(f"UPDATE web_hooks SET payload_url = '{url}' WHERE id = {made['id']}")
        assert forum.request("POST", f"{path}/ping.json").ok
        failed = wait_for(
            lambda: [
                event
                for event in forum.request("GET", f"{path}/events.json?status=failed").json()[
                    "web_hook_events"
                ]
                if not event["redelivering"]
            ][number - 1 :],
            what="a refusal",
        )
        assert failed[0]["status"] == -1
        assert "blocked or internal" in failed[0]["response_headers"]
    assert not canary.kept
    forum.request("DELETE", f"{path}.json")


def test_the_secret_is_nowhere_to_be_seen(forum, tmp_path):
    backup = forum.run("backup", tmp_path / "all.tar.gz", "--without-uploads")
    assert SECRET not in forum.log and SECRET not in backup.stderr
    rows = forum.sql("SELECT row_to_json(h)::text FROM web_hooks h")
    assert SECRET not in str(rows)
    log = forum.sql("SELECT row_to_json(l)::text FROM staff_action_logs l")
    assert "web_hook_create" in str(log) and SECRET not in str(log)


def test_a_members_program_is_pushed_to(forum, receiver):
    for name in ("olga", "otto"):
        forum.add_user(name)
    for name, value in [
        ("allowed_user_api_push_urls", receiver.url),
        ("push_notification_time_window_mins", 0),
        ("push_api_secret_key", "the receiver knows us by it"),
    ]:
        answer = forum.request("PUT", f"/admin/site_settings/{name}.json", json={name: value})
        assert answer.ok, answer.text
    for client, url in [("phone", receiver.url), ("other", "http://127.0.0.1:9/not-allowed")]:
        forum.sql(
            "INSERT INTO user_api_keys (user_id, key_hash, client_id, application_name, scopes,"
            f" push_url) SELECT id, sha256('{client}'), '{client}', 'App', '{{push}}', '{url}'"
            " FROM users WHERE username = 'otto'"
        )
    made = forum.client("olga").create_post(
        "Hello @otto, this is for you.", title="A topic that names somebody", category_id=4
    )
    wait_for(lambda: receiver.kept, what="a push")
    headers, body = receiver.kept[0]
    assert "X-Discourse-Event" not in headers
    pushed = json.loads(body)
    assert pushed["secret_key"] == "the receiver knows us by it" and pushed["url"] == forum.url
    notice = pushed["notifications"][0]
    assert notice["client_id"] == "phone" and notice["notification_type"] == 1
    assert notice["username"] == "olga" and notice["topic_id"] == made["topic_id"]
    assert "this is for you" in notice["excerpt"]
    assert notice["url"] == f"{forum.url}/t/a-topic-that-names-somebody/{made['topic_id']}/1"
    wait_for(
        lambda: forum.sql("SELECT 1 FROM outgoing_requests WHERE state = 'skipped'"),
        what="the key whose address is not allowed",
    )
    assert len(receiver.kept) == 1
