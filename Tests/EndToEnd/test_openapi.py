"""The document of the API: valid, complete, and true of the running server."""

import os
import pathlib
import subprocess
import sys

import pytest
import requests
from openapi_spec_validator import OpenAPIV31SpecValidator

SECONDS = int(os.environ.get("SCHEMATHESIS_SECONDS", "40"))
# What ends the process that asks, or what others need.
SPARED = "/(session|message-bus|events|changes)(/|$)|log_out|backups|/admin/users/|rebake"


@pytest.fixture(scope="module")
def document(forum):
    answer = requests.get(f"{forum.url}/openapi.json", timeout=30)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    again = requests.get(
        f"{forum.url}/openapi.json", headers={"If-None-Match": answer.headers["ETag"]}, timeout=30
    )
    assert again.status_code == 304 and not again.content
    return answer.json()


def operations(document):
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield method.upper(), path, operation


def test_it_is_valid(document):
    errors = [error.message[:300] for error in OpenAPIV31SpecValidator(document).iter_errors()]
    assert not errors, errors


def test_every_operation_is_described(document):
    ids = set()
    for method, path, operation in operations(document):
        assert operation["operationId"] not in ids, operation["operationId"]
        ids.add(operation["operationId"])
        assert operation["summary"] and operation["tags"] and operation["x-policy"], path
        assert operation["responses"]["200"]["content"], (method, path)
    assert {"listLatestTopics", "createTopicPostPM", "getTopic", "search", "getUser"} <= ids


def test_the_server_does_what_it_says(forum, document):
    """Schemathesis: no 5xx, and every answer as the document has it."""
    forum.add_user("thesis")
    made = forum.client("thesis").create_post(
        "Something to be found by whoever asks at random.", title="A topic for those who probe"
    )
    assert made["topic_id"]
    program = pathlib.Path(sys.executable).with_name("schemathesis")
    done = subprocess.run(
        [
            program, "run", f"{forum.url}/openapi.json",
            "-H", f"Api-Key: {forum.key}", "-H", "Api-Username: thesis",
            "--phases", "fuzzing", "--seed", "20261125", "--max-time", str(SECONDS),
            "--max-examples", "15", "--workers", "2", "--request-timeout", "20",
            "--exclude-path-regex", SPARED, "--generation-database", "none",
            "--checks", "not_a_server_error,response_schema_conformance,"
            "content_type_conformance,status_code_conformance",
            "--warnings", "off", "--continue-on-failure", "--no-color", "--no-shrink",
        ],
        capture_output=True, text=True, timeout=SECONDS + 120, cwd=forum.directory,
    )
    assert done.returncode == 0, done.stdout[-20000:] + done.stderr[-2000:]
