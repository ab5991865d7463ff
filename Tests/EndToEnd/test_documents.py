"""The manual and the completions that are installed with the programs."""

import json
import os
import pathlib
import subprocess

import pytest
from forum import PROGRAMS

SCRIPTS = pathlib.Path(__file__).parents[2] / "Scripts"


@pytest.fixture(scope="module")
def share(tmp_path_factory):
    share = tmp_path_factory.mktemp("share")
    subprocess.run([SCRIPTS / "install-documents.sh", PROGRAMS, share], check=True, timeout=60)
    return share


@pytest.mark.parametrize(
    "page", ["man1/parley.1", "man5/parley-config.5", "man7/parley-keys.7", "man7/parley-tutorial.7"]
)
def test_a_page_of_the_manual_is_well_formed(share, page):
    lint = subprocess.run(
        ["mandoc", "-T", "lint", "-W", "warning", share / "man" / page],
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert lint.returncode == 0, lint.stdout + lint.stderr


def test_the_manual_knows_every_command_and_key(share):
    shown = subprocess.run(
        ["mandoc", "-T", "ascii", share / "man/man1/parley.1"],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    ).stdout.replace("\b", "")
    help = subprocess.run(
        [PROGRAMS / "parley", "--experimental-dump-help"], capture_output=True, check=True, timeout=30
    ).stdout
    for command in json.loads(help)["command"]["subcommands"]:
        name = command["commandName"]
        doubled = "".join(letter * 2 for letter in name)
        assert not command["shouldDisplay"] or name == "help" or doubled in shown, name
    keys = (share / "man/man7/parley-keys.7").read_text()
    assert "next-unread" in keys and "reply-topic" in keys


def test_completions_are_scripts_of_their_shells(share):
    script = share / "bash-completion/completions/parley"
    subprocess.run(["bash", "-n", script], check=True, timeout=30)
    line = f"source {script}; COMP_WORDS=(parley syn); COMP_CWORD=1; COMP_LINE='parley syn'; "
    line += "COMP_POINT=10; _parley parley syn parley; printf '%s\\n' \"${COMPREPLY[@]}\""
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout.split() == ["sync"], done
    for name in ("zsh/site-functions/_parley", "fish/vendor_completions.d/parley.fish"):
        assert "sync" in (share / name).read_text()
    assert "serve" in (share / "bash-completion/completions/parleyd").read_text()


def test_the_doctor_says_what_is_wrong(tmp_path):
    environment = os.environ | {
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path),
        "TERM": "xterm-256color",
        "EDITOR": "no-such-editor --wait",
    }

    def doctor(*arguments, **changes):
        return subprocess.run(
            [PROGRAMS / "parley", "doctor", *arguments],
            capture_output=True,
            text=True,
            env=environment | changes,
            stdin=subprocess.DEVNULL,
            timeout=60,
        )

    done = doctor()
    assert done.returncode == 0
    assert "no-such-editor was not found" in done.stdout
    done = doctor("http://127.0.0.1:9", "--json")
    assert done.returncode == 1
    found = {finding["name"]: finding for finding in json.loads(done.stdout)}
    assert found["Site"]["state"] == "bad" and "reached" in found["Site"]["advice"]
    (tmp_path / "parley").chmod(0o755)
    assert "chmod 700" in doctor().stdout
    assert "dumb" in doctor(TERM="dumb").stdout


def test_the_doctor_finds_a_site_well(forum, tmp_path):
    environment = os.environ | {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    done = subprocess.run(
        [PROGRAMS / "parley", "doctor", forum.url],
        capture_output=True,
        text=True,
        env=environment | {"TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout
    for text in ("ok      Clock: as the site's", "feed of changes", "a code in the browser"):
        assert text in done.stdout, done.stdout
