"""Each role may do its task and no more, and the doctor says what is wrong."""

import json
import os
import subprocess

import pytest
from forum import PROGRAMS, free_port


def psql(forum, role, statement):
    where = forum.connection().replace("user=parley ", f"user={role} ")
    done = subprocess.run(
        ["psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", where, "-c", statement],
        capture_output=True, text=True, timeout=30,
    )
    return done.returncode == 0, done.stdout + done.stderr


def doctor(forum, *arguments, **variables):
    done = subprocess.run(
        [PROGRAMS / "parleyd", "doctor", "--json", *arguments],
        capture_output=True, text=True, timeout=60, cwd=forum.directory,
        env={**forum.environment(), **variables},
    )
    report = json.loads(done.stdout)
    assert (done.returncode == 0) == report["ok"], done.stdout
    return {check["name"]: check for check in report["checks"]}


LOG = "INSERT INTO staff_action_logs (action, acting_user_id) VALUES ('custom_staff', -1)"


@pytest.mark.parametrize(
    "role, statement, may",
    [
        ("parley_app", LOG, True),
        ("parley_app", "SELECT count(*) FROM staff_action_logs", True),
        ("parley_app", "UPDATE staff_action_logs SET action = 'other'", False),
        ("parley_app", "DELETE FROM staff_action_logs", False),
        ("parley_app", "TRUNCATE staff_action_logs", False),
        ("parley_app", "ALTER TABLE staff_action_logs DISABLE TRIGGER ALL", False),
        ("parley_app", "CREATE TABLE mine (id int)", False),
        ("parley_app", "DROP TABLE topics", False),
        ("parley_app", "UPDATE schema_migrations SET sha256 = ''", False),
        ("parley_app", "UPDATE topics SET views = views", True),
        ("parley_read", "SELECT count(id) FROM topics", True),
        ("parley_read", "SELECT username FROM users", True),
        ("parley_read", "SELECT password_hash FROM users", False),
        ("parley_read", "SELECT * FROM sessions", False),
        ("parley_read", "SELECT * FROM api_keys", False),
        ("parley_read", "SELECT secret FROM site_secrets", False),
        ("parley_read", "UPDATE topics SET views = 0", False),
        ("parley_backup", "SELECT count(*) FROM sessions", True),
        ("parley_backup", "DELETE FROM sessions", False),
    ],
)
def test_what_each_role_may(forum, role, statement, may):
    done, said = psql(forum, role, statement)
    assert done == may, said
    if not may:
        assert "denied" in said or "owner" in said, said


def test_the_server_is_the_application(forum):
    users = forum.sql("SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = 'parley'")
    assert ["parley_app"] in users
    # Of the owner there is only this question.
    assert forum.sql(
        "SELECT count(*) FROM pg_stat_activity WHERE usename = 'parley' AND datname = 'parley'"
    ) == [["1"]]


def test_a_healthy_forum(forum):
    found = doctor(forum)
    assert {name for name, check in found.items() if check["status"] == "failed"} == set()
    for name in ("database", "schema", "role parley_app", "role parley_read", "mail relay", "clock"):
        assert found[name]["status"] == "ok", found[name]
    assert forum.run("doctor").stdout.endswith("Nothing failed.\n")


@pytest.mark.parametrize(
    "variables, name, status",
    [
        ({"PARLEY_BASE_URL": "forum.example"}, "base URL", "failed"),
        ({"PARLEY_BASE_URL": "https://forum.example/sub"}, "base URL", "failed"),
        ({"PARLEY_BASE_URL": "http://forum.example"}, "base URL", "warning"),
        ({"PARLEY_LISTEN": "nonsense"}, "listen", "failed"),
        ({"PARLEY_SMTP_URL": f"smtp://127.0.0.1:{free_port()}?tls=none"}, "mail relay", "failed"),
        ({"PARLEY_SMTP_URL": "mail.example"}, "mail relay", "failed"),
        ({"PARLEY_MAIL_FROM": "Forum <forum@example.org>"}, "sender", "failed"),
        ({"PARLEY_REPLY_ADDRESS": "reply@example.org"}, "reply address", "failed"),
        ({"PARLEY_LSITEN": "127.0.0.1:80"}, "configuration", "warning"),
        ({"PARLEY_LOG_LEVEL": "loud"}, "log level", "warning"),
        ({"PARLEY_DATA_DIR": "/nowhere"}, "data directory", "warning"),
        ({"PARLEY_DATA_DIR": "/etc/passwd"}, "data directory", "failed"),
        (
            {"PARLEY_DATABASE_URL": f"postgresql://parley@127.0.0.1:{free_port()}/parley"},
            "database",
            "failed",
        ),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(forum, variables, name, status):
    check = doctor(forum, **variables)[name]
    assert check["status"] == status, check
    assert check["advice"]


def test_wrong_rights_are_found_and_mended(forum):
    forum.sql("GRANT DELETE ON staff_action_logs TO parley_app")
    forum.sql("GRANT SELECT ON sessions TO parley_read")
    found = doctor(forum)
    assert found["role parley_app"]["status"] == "failed"
    assert "staff_action_logs" in found["role parley_app"]["message"]
    assert "sessions" in found["role parley_read"]["message"]
    forum.run("migrate")
    found = doctor(forum)
    assert found["role parley_app"]["status"] == found["role parley_read"]["status"] == "ok"


def test_one_role_elsewhere_is_told_how_to_have_more(forum):
    found = doctor(forum, PARLEY_DATABASE_URL=forum.connection())
    assert found["database"]["status"] == "ok"
    assert found["roles"]["status"] == "warning" and "--sql" in found["roles"]["advice"]
    script = forum.run("doctor", "--sql").stdout
    superuser = forum.connection().replace("user=parley ", "user=postgres ")
    done = subprocess.run(
        ["psql", "-X", "-v", "ON_ERROR_STOP=1", "-d", superuser, "-f", "-"],
        input=script, capture_output=True, text=True, timeout=60,
    )
    assert done.returncode == 0, done.stderr
    # Beside the owner, the roles work as on a server of our own.
    environment = {
        "PARLEY_DATABASE_URL": forum.connection().replace("user=parley ", "user=parley_app "),
        "PARLEY_DATABASE_OWNER_URL": forum.connection(),
    }
    assert doctor(forum, **environment)["role parley_app"]["status"] == "ok"


def test_files_that_others_may_change_are_found(forum):
    key = next(forum.data.glob("server.key"))
    os.chmod(key, 0o644)
    try:
        assert doctor(forum)["server key"]["status"] == "failed"
    finally:
        os.chmod(key, 0o600)
