"""Every address that the surveyed clients of Discourse call, asked once: what is unknown here?"""

import json
import pathlib
import re

import pytest

MATRIX = (
    pathlib.Path(__file__).resolve().parents[3] / "shared" / "reference" / "api-matrix.json"
)
# Plugins that this forum does not have.
PLUGINS = ("/admin/plugins/explorer", "/chat/", "/ai/", "/follow/")
# Addresses that a current Discourse does not have any more.
DEAD = {
    ("GET", "/admin/users/{id}/approve"), ("POST", "/invites/link"), ("POST", "/invite-token/generate"),
    ("POST", "/u/{username}/preferences/avatar"), ("PUT", "/u/{username}/preferences/avatar/toggle"),
    ("POST", "/admin/users/{id}/generate_api_key"), ("POST", "/admin/site_customizations"),
    ("PUT", "/admin/users/{id}/block"),
}


@pytest.fixture(scope="module")
def rows():
    if not MATRIX.is_file():
        pytest.skip(f"{MATRIX} is not here")
    return json.loads(MATRIX.read_text())["rows"]


def shape(path):
    return re.sub(r"\{[^}]*\}", "{}", path)


def answers(segments, template):
    """Whether a template of the server takes an address of the matrix."""
    parts = [part for part in template.split("/") if part]
    return len(parts) == len(segments) and all(
        own.startswith("{") or own == asked for own, asked in zip(parts, segments)
    )


def test_every_living_row_is_answered(forum, rows, capsys):
    document = forum.request("GET", "/openapi.json").json()
    served = {}
    for path, item in document["paths"].items():
        for method in item:
            served.setdefault(method.upper(), []).append(path.removesuffix(".json"))
    missing = []
    for row in rows:
        method, path = row["method"], row["path"]
        if path.startswith(PLUGINS) or (method, path) in DEAD:
            continue
        segments = [part for part in shape(path).split("/") if part]
        known = served.get("GET" if method == "HEAD" else method, [])
        if any(answers(segments, template) for template in known):
            continue
        target = re.sub(r"\{[^}]*\}", "1", path.replace("{filter}", "sent"))
        answer = forum.request(method, target)
        if answer.status_code == 404:
            missing.append(f"{method} {path}" + (" (documented)" if row["documented"] else ""))
    with capsys.disabled():
        print(f"\n{len(rows)} rows, {len(missing)} unknown: " + ", ".join(missing))
    assert not missing, missing
