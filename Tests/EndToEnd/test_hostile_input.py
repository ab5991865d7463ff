"""What no client means: wrong types, absurd sizes, broken syntax, sent to every route that there is.

Nothing of it may make the server stumble (5xx), and what is refused may change nothing.
"""

import json
import os
import urllib.parse
import zlib

import pytest
import requests

# Waits for news, and so answers late by intention.
SLOW = ("/message-bus/", "/events", "/stream")
# What a wrong value does not make wrong: they take no parameters, or take all.
DANGEROUS = ("/session/", "backups", "log_out", "/admin/users/{", "destroy-all", "reinvite-all")

DEEP = "[" * 500 + "]" * 500
LONG = "x" * 200_000
SCALARS = [
    None, True, -1, 0, 2**31, 2**63, -(2**63), 10**30, 1.5, "", "\u0000", "é" * 5000, "NaN",
    "-1", "'; DROP TABLE posts; --", "%s%n", "../../../etc/passwd", "\ud83d\ude00" * 50, [], [[]],
    [None], ["a"] * 3, {}, {"a": {"b": []}}, {"0": "a"},
]
QUERY = [
    "", "-1", "0", "99999999999999999999", "9223372036854775807", "1e999", "abc", "%00", "%FF%FE",
    "true", "é", "'", "a" * 2000,
]
SEGMENTS = [
    "0", "-1", "9223372036854775807", "9223372036854775808", "99999999999999999999", "abc",
    "%00", "%FF", "%2e%2e", "a%2Fb", "é", "'", "null", "a" * 300,
]
BROKEN = [
    b"", b"{", b'{"a":', b'{"a":1,"a":2}', b"[1,2", b"null", b"1", b'"text"', b"\xff\xfe\x00",
    b'{"raw":"\xff"}', b'{"raw":"\\ud800"}', b'{"a":1}{"b":2}', b'{"a":01}', b"{'a':1}",
    b'{"raw":' + DEEP.encode() + b"}", b'{"raw":"' + b"\\u0000" * 10 + b'"}',
    b'{"' + b"k" * 5000 + b'":1}', b'{"a":' + b"9" * 2000 + b"}",
]
FORMS = [
    b"%", b"a=%zz", b"a[b[c]]=1", b"a[][][]=1", b"[]=1", b"=", b"&&&", b"a[b]=1&a=2", b"a=1&a[b]=2",
    b"\xff=\xff", b"raw=%FF%FE", b"raw=%00", b"a" + b"[b]" * 50 + b"=1", b"a=1&" * 5000,
]
MULTIPART = [
    b"--b", b"--b\r\n\r\n", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="../../x"\r\n\r\n\xff\r\n--b--',
    b'--b\r\nContent-Disposition: form-data; name="raw"\r\n\r\nnever ends',
]


def some(values, key):
    """A third of the values, others for each key: all of them are sent to many routes, and a run ends
    soon. HOSTILE=all sends all to every route."""
    if os.environ.get("HOSTILE") == "all":
        return values
    return values[zlib.crc32(key.encode()) % 3 :: 3]


@pytest.fixture(scope="module")
def document(forum):
    return requests.get(f"{forum.url}/openapi.json", timeout=30).json()


@pytest.fixture(scope="module")
def session(forum):
    forum.add_user("hostile")
    with requests.Session() as session:
        session.headers.update({"Api-Key": forum.key, "Api-Username": "hostile"})
        yield session


def state(forum):
    """What was written, by table; tables that only note who was there do not count."""
    tables = [row[0] for row in forum.sql(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )]
    spared = {"rate_limits", "outbox", "api_keys", "sessions", "search_logs", "live_messages"}
    counts = " UNION ALL ".join(
        f"SELECT '{name}', count(*)::text, coalesce(sum(hashtextextended(t::text, 0)), 0)::text "
        f"FROM {name} t" for name in sorted(set(tables) - spared)
    )
    return {row[0]: tuple(row[1:]) for row in forum.sql(counts)}


def operations(document, methods):
    for path, item in document["paths"].items():
        if path.startswith(SLOW):
            continue
        for method, operation in item.items():
            if method in methods:
                yield method.upper(), path, operation


def filled(path, value):
    while "{" in path:
        start, end = path.index("{"), path.index("}")
        path = path[:start] + value + path[end + 1 :]
    return path


def send(session, forum, method, target, **arguments):
    request = requests.Request(method, forum.url + "/", **arguments)
    prepared = session.prepare_request(request)
    prepared.url = forum.url + target
    try:
        return session.send(prepared, timeout=30, allow_redirects=False)
    except requests.RequestException as error:
        # The next check tells; the test goes on to find the others.
        return error


class Complaints(list):
    def check(self, answer, what):
        if isinstance(answer, Exception):
            self.append(f"no answer {what[:300]}: {answer!r:.200}")
        elif answer.status_code >= 500:
            self.append(f"{answer.status_code} {what[:300]}: {answer.text[:200]}")
        elif answer.status_code >= 400 and "json" in answer.headers.get("Content-Type", ""):
            errors = answer.json().get("errors")
            if not errors or not all(isinstance(text, str) for text in errors):
                self.append(f"no reason {what[:300]}: {answer.text[:200]}")

    def done(self):
        assert not self, f"{len(self)} complaints:\n" + "\n".join(self[:60])


def parameters(operation, document):
    """The names that an operation knows, with those one level down."""
    names = [p["name"] for p in operation.get("parameters", []) if p["in"] == "query"]
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return names, list(schema.get("properties", {}))


def test_strange_addresses(forum, session, document):
    complaints = Complaints()
    for method, path, _ in operations(document, {"get"}):
        if "{" not in path:
            continue
        for segment in some(SEGMENTS, path):
            target = filled(path, urllib.parse.quote(segment, safe="%"))
            complaints.check(send(session, forum, method, target), f"{method} {target}")
    complaints.done()


def test_strange_queries(forum, session, document):
    complaints = Complaints()
    for method, path, operation in operations(document, {"get"}):
        names, _ = parameters(operation, document)
        for name in names:
            for value in some(QUERY, path + name):
                value = urllib.parse.quote(value, safe="%")
                target = f"{filled(path, '1')}?{name}={value}"
                complaints.check(send(session, forum, method, target), f"{method} {target}")
            for shape in ("[]=1", "[a]=1", "[a][b]=1", "=1&" + name + "=2"):
                target = f"{filled(path, '1')}?{name}{shape}"
                complaints.check(send(session, forum, method, target), f"{method} {target}")
    complaints.done()


def test_strange_bodies_change_nothing(forum, session, document):
    """Broken syntax on every route that writes: refused, and nothing is written."""
    complaints = Complaints()
    before = state(forum)
    for method, path, _ in operations(document, {"post", "put", "delete"}):
        target = filled(path, "999999999")
        if method == "DELETE" or any(part in path for part in DANGEROUS):
            continue
        for data in some(BROKEN, path):
            answer = send(
                session, forum, method, target, data=data,
                headers={"Content-Type": "application/json"},
            )
            complaints.check(answer, f"{method} {target} {data[:60]!r}")
        for data in some(FORMS, path):
            answer = send(
                session, forum, method, target, data=data,
                headers={"Content-Type": "application/x-www-form-urlencoded"},
            )
            complaints.check(answer, f"{method} {target} {data[:60]!r}")
        for data in some(MULTIPART, path):
            answer = send(
                session, forum, method, target, data=data,
                headers={"Content-Type": "multipart/form-data; boundary=b"},
            )
            complaints.check(answer, f"{method} {target} {data[:60]!r}")
    after = state(forum)
    changed = [name for name in after if after[name] != before.get(name)]
    # A draft or a preference is what the name says: a request without a fault in it.
    complaints.done()
    assert not set(changed) & {"posts", "topics", "categories", "groups", "tags", "invites"}, changed


def test_wrong_types(forum, session, document):
    """Each parameter of each route in turn with each wrong value, the others left out."""
    complaints = Complaints()
    before = state(forum)
    for method, path, operation in operations(document, {"post", "put", "delete"}):
        if any(part in path for part in DANGEROUS):
            continue
        target = filled(path, "999999999")
        _, names = parameters(operation, document)
        for name in names:
            for value in some(SCALARS, path + name):
                data = json.dumps({name: value})
                answer = send(
                    session, forum, method, target, data=data,
                    headers={"Content-Type": "application/json"},
                )
                complaints.check(answer, f"{method} {target} {data}")
    after = state(forum)
    complaints.done()
    changed = [name for name in after if after[name] != before.get(name)]
    assert not set(changed) & {"posts", "topics", "categories", "groups"}, changed


def test_long_values(forum, session, document):
    complaints = Complaints()
    for method, path, operation in operations(document, {"post", "put"}):
        if any(part in path for part in DANGEROUS):
            continue
        _, names = parameters(operation, document)
        if not names:
            continue
        data = json.dumps({name: LONG for name in names})
        answer = send(
            session, forum, method, filled(path, "999999999"), data=data,
            headers={"Content-Type": "application/json"},
        )
        complaints.check(answer, f"{method} {path} with {len(LONG)} characters")
    complaints.done()
