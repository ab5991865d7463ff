"""A small site that misbehaves on demand, and otherwise speaks an older Discourse's JSON: fewer
fields, some unknown ones, numbers where newer ones have objects."""

import http.server
import json
import re
import threading
import time

from forum import FIXTURES

# Bodies that no site of any age sends, each with status 200 and called JSON.
SURPRISES = {
    "nothing": b"",
    "null": b"null",
    "a list": b"[]",
    "a text": b'"topics"',
    "cut short": b'{"topic_list": {"topics": [{"id": 1, "title": "Old',
    "too deep": b'{"topic_list":' * 50_000,
    "not UTF-8": b'{"topic_list": {"topics": [{"id": 1, "title": "\xff\xfe"}]}}',
    "a page": b"<!DOCTYPE html><title>A portal wants you to log in</title>",
}

PICTURE = b"\x89PNG no more than this"


class FaultSite:
    def __init__(self):
        self.fault = None
        self.wait_seconds = 7
        self.requests = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site._answer(self)

            do_POST = do_PUT = do_DELETE = do_GET

            def log_message(self, *arguments):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        # Clients go away while they are answered.
        self._server.handle_error = lambda *reason: None
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_port}"

    def end(self):
        self._server.shutdown()

    def _answer(self, request):
        path = request.path.split("?")[0]
        length = int(request.headers.get("Content-Length") or 0)
        body = request.rfile.read(length).decode()
        self.requests.append((request.command, path, body))
        fault = self.fault if path.startswith(("/latest", "/t/", "/posts")) else None
        if fault == "slow":
            time.sleep(2)
        if fault in ("429", "500", "403", "expired"):
            return self._fail(request, fault)
        if path == "/uploads/picture.png":
            return self._send_bytes(request, 200, "image/png", PICTURE)
        if fault in SURPRISES:
            return self._send_bytes(request, 200, "application/json", SURPRISES[fault])
        answer = self._content(request.command, path)
        if answer is None:
            return self._send(request, 404, {"errors": ["Not here."], "error_type": "not_found"})
        if fault == "drop":
            payload = json.dumps(answer).encode()
            request.send_response(200)
            request.send_header("Content-Type", "application/json")
            request.send_header("Content-Length", str(len(payload)))
            request.end_headers()
            request.wfile.write(payload[: len(payload) // 2])
            request.wfile.flush()
            request.close_connection = True
            return None
        return self._send(request, 200, answer)

    def _fail(self, request, fault):
        if fault == "429":
            body = {"errors": ["Slow down."], "error_type": "rate_limit", "extras": {"wait_seconds": self.wait_seconds}}
            return self._send(request, 429, body, {"Retry-After": str(self.wait_seconds)})
        if fault == "403":
            body = {"errors": ["You need to be logged in."], "error_type": "not_logged_in"}
            return self._send(request, 403, body)
        if fault == "expired":
            body = {
                "errors": ["You are not permitted to view the requested resource."],
                "error_type": "invalid_access",
            }
            return self._send(request, 403, body, {"Discourse-Logged-Out": "1"})
        return self._send(request, 500, None)

    @classmethod
    def _send(cls, request, status, body, headers=None):
        if body is None:
            return cls._send_bytes(request, status, "text/html", b"<html>broken</html>", headers)
        # Sites write what they like as itself: half a pair of UTF-16 has to stay escaped.
        payload = json.dumps(body).encode()
        return cls._send_bytes(request, status, "application/json", payload, headers)

    @staticmethod
    def _send_bytes(request, status, kind, payload, headers=None):
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(payload)))
        for name, value in (headers or {}).items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(payload)

    @staticmethod
    def _topic(number, **fields):
        return {
            "id": number,
            "title": f"Old topic {number}",
            "fancy_title": f"Old topic {number}",
            "slug": "-",
            "posts_count": 2,
            "highest_post_number": 2,
            "created_at": "2026-11-20T10:00:00.000Z",
            "bumped_at": "2026-11-21T10:00:00.000Z",
            "archetype": "regular",
            "from_the_future": {"nested": [1, 2, 3]},
            **fields,
        }

    def _content(self, method, path):
        if path == "/site/basic-info.json":
            return {"title": "An older site", "surprise": True}
        if path == "/site.json":
            return {"categories": [{"id": 1, "name": "Talk", "slug": "talk", "color": "000000"}]}
        if path == "/session/current.json":
            return {"current_user": {"id": 3, "username": "ana"}}
        if path in ("/latest.json", "/unread.json"):
            rows = [self._topic(n, last_read_post_number=1, unread_posts=1) for n in (1, 2)]
            return {"users": [], "topic_list": {"topics": rows}}
        if path == "/new.json":
            return {"topic_list": {"topics": []}}
        if path.startswith("/t/"):
            topic = int(path.split("/")[2].removesuffix(".json"))
            first = {
                "id": topic * 10 + 1, "username": "ken", "created_at": "2026-11-20T10:00:00.000Z",
                "cooked": "<p>The text of an older site.</p>"
                "<p><img src='/uploads/picture.png' alt='a boat' width='4' height='4'></p>",
                "post_number": 1, "topic_id": topic,
            }
            second = first | {
                "id": topic * 10 + 2, "post_number": 2, "cooked": f"<p>An answer in topic {topic}.</p>"
            }
            stream = {"posts": [first, second], "stream": [first["id"], second["id"]]}
            return self._topic(topic) | {"post_stream": stream}
        if path == "/posts.json" and method == "POST":
            return {"id": 12, "topic_id": 1, "post_number": 2}
        return None


class RecordedSite(FaultSite):
    """Answers what a Discourse of some age would, from `fixtures/discourse/AGE.json`.

    `change` is applied to every text that people on the site may write; numbers, dates and what the
    protocol is made of stay as they are.
    """

    # What a site says in words of its own, or as a date, a number or an address of its pages.
    STRUCTURE = {
        "action_code", "action_type", "archetype", "bookmarkable_type", "draft_key", "results",
        "more_topics_url", "load_more_notifications", "status", "type", "default_archetype",
        "chart_type", "icon", "server_action",
    }

    # Addresses that are answered alike, by a pattern.
    SAME = (
        (r"^/u/[^/]*\.json$", "/u/ken.json"),
        (r"^/u/[^/]*/bookmarks\.json$", "/u/ana/bookmarks.json"),
        (r"^/topics/private-messages/[^/]*\.json$", "/topics/private-messages/ana.json"),
        (r"^/t/\d+(/\d+)?\.json$", "/t/101.json"),
        (r"^/(new|unread|top|hot|tag/.*|c/.*)\.json$", "/latest.json"),
    )

    def __init__(self, age, change=None):
        recorded = json.loads((FIXTURES / "discourse" / f"{age}.json").read_text())
        self.answers = {
            path: self._changed(answer, change) if change else answer
            for path, answer in recorded.items()
        }
        super().__init__()

    @classmethod
    def _changed(cls, value, change, key=""):
        if isinstance(value, dict):
            return {name: cls._changed(inner, change, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [cls._changed(inner, change, key) for inner in value]
        is_structure = key in cls.STRUCTURE or key.endswith(("_at", "_id", "_ids"))
        if not isinstance(value, str) or is_structure:
            return value
        if key == "data":
            return json.dumps(cls._changed(json.loads(value), change))
        return change(key, value)

    def _content(self, method, path):
        if method != "GET":
            return {"success": "OK", "draft_sequence": 1}
        for pattern, recorded in self.SAME:
            path = re.sub(pattern, recorded, path)
        return self.answers.get(path)
