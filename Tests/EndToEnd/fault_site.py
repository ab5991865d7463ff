"""A small site that misbehaves on demand, and otherwise speaks an older Discourse's JSON: fewer
fields, some unknown ones, numbers where newer ones have objects."""

import http.server
import json
import threading
import time


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
        if fault in ("429", "500", "403"):
            return self._fail(request, fault)
        if path == "/uploads/picture.png":
            return self._send(request, 200, PICTURE, content_type="image/png")
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
        return self._send(request, 500, None)

    @staticmethod
    def _send(request, status, body, headers=None, content_type=None):
        payload = b"<html>broken</html>" if body is None else body
        if isinstance(body, (dict, list)):
            payload = json.dumps(body).encode()
        request.send_response(status)
        known = "text/html" if body is None else "application/json"
        request.send_header("Content-Type", content_type or known)
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
