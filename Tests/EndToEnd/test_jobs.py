"""What is planned is done once, whichever machine does it and whichever of them is killed."""

import json
import time

import pytest
from forum import Forum, wait_for


@pytest.fixture(scope="module")
def forum(sink):
    forum = Forum(relay_port=sink.port)
    try:
        yield forum.prepare()
    finally:
        forum.end()


@pytest.fixture(scope="module")
def second(forum):
    second = Forum(relay_port=forum.relay_port, database_url=forum.connection())
    second.key = forum.key
    try:
        yield second.start()
    finally:
        second.end()


def jobs(forum, *arguments):
    return forum.run("jobs", *arguments).stdout


def test_timers_in_flight_survive_a_kill_and_are_carried_out_once(forum, second):
    made = [
        forum.client("system").create_post(
            "This one is closed when its time has come.",
            title=f"A topic that is closed as number {number}",
            category_id=4,
        )["topic_id"]
        for number in range(12)
    ]
    for topic in made:
        forum.sql(
            "INSERT INTO topic_timers (topic_id, user_id, status_type, execute_at, created_at) "
            f"VALUES ({topic}, -1, 'close', now(), now())"
        )
    # Both look at the plans at once; then one of them dies with whatever it has begun.
    forum.sql("UPDATE jobs SET run_at = now() WHERE kind = 'queue_topic_timers'")
    wait_for(lambda: forum.sql("SELECT count(*) FROM topics WHERE closed") != [["0"]], 30, "a start")
    second.kill()
    # What it held is free when its lease has run out; nobody waits that long here.
    forum.sql("UPDATE jobs SET leased_until = now() WHERE leased_until > now() AND kind = 'topic_timer'")
    closed = f"SELECT count(*) FROM topics WHERE closed AND id IN ({','.join(map(str, made))})"
    wait_for(lambda: forum.sql(closed) == [["12"]], 60, "all of them closed")
    wait_for(
        lambda: forum.sql("SELECT count(*) FROM jobs WHERE kind = 'topic_timer'") == [["0"]],
        30, "an empty queue",
    )
    notes = "SELECT count(*) FROM posts WHERE action_code = 'autoclosed.enabled'"
    assert forum.sql(notes) == [["12"]]
    assert forum.sql("SELECT count(*) FROM topic_timers") == [["0"]]


def test_the_administrator_sees_retries_and_discards(forum):
    listed = json.loads(jobs(forum, "list", "--json"))
    assert {job["kind"] for job in listed["jobs"]} >= {"trim_live_messages", "end_pins"}
    assert jobs(forum, "list", "--state", "dead").strip() == "No such jobs."
    forum.sql(
        "INSERT INTO jobs (kind, run_at, died_at, attempts, last_error) "
        "VALUES ('topic_timer', now(), now(), 10, 'It did not work.'), "
        "('topic_timer', now(), now(), 10, 'It did not work.')"
    )
    dead = json.loads(jobs(forum, "list", "--state", "dead", "--json"))
    assert dead["counts"]["dead"] == 2 and not dead["has_more"]
    first, other = (job["id"] for job in dead["jobs"])
    assert "It did not work." in jobs(forum, "show", first)
    assert "discarded" in jobs(forum, "discard", first)
    assert "again" in jobs(forum, "retry", other)
    # It has nothing to do, and so it is done.
    wait_for(lambda: not json.loads(jobs(forum, "list", "--kind", "topic_timer", "--json"))["jobs"],
             20, "the retried job done")
    gone = forum.run("jobs", "show", first, check=False)
    assert gone.returncode == 1 and "There is no job" in gone.stderr


def test_periodic_work_goes_on_after_a_kill(forum):
    forum.kill()
    forum.start()
    before = forum.sql("SELECT last_finished_at FROM jobs WHERE kind = 'end_pins'")
    forum.sql("UPDATE jobs SET run_at = now(), leased_until = NULL WHERE kind = 'end_pins'")
    end = time.monotonic() + 20
    while forum.sql("SELECT last_finished_at FROM jobs WHERE kind = 'end_pins'") == before:
        assert time.monotonic() < end
        time.sleep(0.2)
