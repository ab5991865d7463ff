"""Sites that answer what Discourses of other ages do, and sites that answer what none does."""

import json
import re

from fault_site import FaultSite
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


class OddSite(FaultSite):
    """Answers the requests for lists and topics with one of ``SURPRISES``, or has forgotten its members."""

    def _answer(self, request):
        if self.fault in SURPRISES and request.path.startswith(("/latest", "/t/")):
            payload = SURPRISES[self.fault]
            request.send_response(200)
            request.send_header("Content-Type", "application/json")
            request.send_header("Content-Length", str(len(payload)))
            request.end_headers()
            return request.wfile.write(payload)
        return super()._answer(request)

    def _fail(self, request, fault):
        body = {
            "errors": ["You are not permitted to view the requested resource."],
            "error_type": "invalid_access",
        }
        return self._send(request, 403, body, {"Discourse-Logged-Out": "1"})


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
