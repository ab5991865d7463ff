"""Nothing that a site sends steers the terminal, and the terminal is given back whatever happens."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys

import pytest
from fault_site import FaultSite
from forum import PROGRAMS, ROOT, wait_for
from recorded_site import RecordedSite
from recording import STEERING, Recording
from terminal import Terminal
from tui_test import TuiTest

# Each begins with a letter, so that fields that are sorted or cut show them.
ATTACKS = {
    "sequences": "a\x1b[2J\x1b[6n\x1b[201~\x1bc\x1b[?1049l",
    "strings": "b\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07\x1b]8;;http://evil.example\x07x\x1b]133;A\x07",
    "programs": "c\x1bPq#0\x1b\\\x1b_Gf=24;AAAA\x1b\\\x1b^pm\x1b\\\x1bXsos\x1b\\\x1b]2;no end",
    "C1": "d\u009b31m\u009d0;owned\u009c\u0090q\u009c\x7f\x00\x07\x07",
    "overwriting": "e real\rfake\b\b\b\b\n\x0b\x0c\x0e\x0f\u2028\u2029\u0085x",
    "directions": "f\u202egnp.exe\u202c\u2066\u2069\u200f\U000e0041\U000e007f\u200b\ufeff",
    "marks": "g" + "\u0301" * 3000 + "\ud800 👩\u200d\u200d",
    "length": "h" * 4000,
}


def attack(text):
    """What a member of the site who means harm would write into each of its fields."""

    def change(key, value):
        if key in ("cooked", "bio_cooked", "html"):
            return f'<p>{text} <a href="http://x/{text}">{text}</a> <img alt="{text}" src="{text}"></p>'
        return text

    return change


def member(home, site):
    """A key for the site, so that there is something to be told."""
    state = os.path.join(home, ".local/state/parley")
    os.makedirs(state, exist_ok=True)
    name = f"http_127.0.0.1_{site.url.rsplit(':', 1)[1]}.json"
    with open(os.path.join(state, name), "w", encoding="utf-8") as file:
        json.dump({"kind": "user_api_key", "key": "0123456789abcdef"}, file)


@pytest.fixture(params=ATTACKS)
def hostile(request):
    site = RecordedSite("newer", attack(ATTACKS[request.param]))
    yield site
    site.end()


# No key among these quits, however late an answer comes.
SCREENS = [
    "\r", "+", "\r", "gi", "gT", "gb", "gm", "gd", "gr", "\r", "gl", "/x\r", "gc", "gl", "\r", "@", "gl",
    "\r", "A", "gl", "\r", "R", "typed", "\x10",
]


def test_no_field_of_a_site_reaches_the_terminal_raw(hostile, tmp_path):
    member(tmp_path, hostile)
    with Recording(hostile.url, size=(120, 30), home=str(tmp_path)) as recording:
        recording.wait("●")
        recording.quiet()
        recording.press(SCREENS)
        recording.signal(signal.SIGTERM)
        assert recording.ended() == 128 + signal.SIGTERM
        assert recording.strange == []
        assert b"owned" not in recording.written.replace(b"0;owned", b"")
        assert recording.is_restored


VERBS = (
    ["topics"], ["topics", "--plain"], ["topics", "--json"], ["read", "101"],
    ["read", "101", "--json"], ["read", "101", "--plain"], ["search", "x"], ["notifications"],
    ["messages"], ["users", "show", "ken"], ["drafts", "list"], ["mod", "queue"], ["whoami"],
    ["topics", "--bookmarks"], ["topics", "--category", "nowhere"],
)


@pytest.mark.parametrize("names", [("strings", "C1"), ("overwriting", "directions")])
def test_no_field_of_a_site_leaves_a_verb_raw(names, tmp_path):
    site = RecordedSite("newer", attack("".join(ATTACKS[name] for name in names)))
    try:
        member(tmp_path, site)
        for verb in VERBS:
            done = subprocess.run(
                [PROGRAMS / "parley", *verb, "--site", site.url], capture_output=True, timeout=60,
                env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"},
            )
            assert done.returncode in (0, 5), done.stderr
            for stream in (done.stdout, done.stderr):
                assert STEERING.findall(stream.replace(b"\n", b"")) == [], verb
    finally:
        site.end()


def test_errors_of_a_site_are_words_only(tmp_path):
    site = FaultSite()
    site._fail = lambda request, fault: site._send(  # the site's own words, which may be anybody's
        request, 422, {"errors": [ATTACKS["strings"], ATTACKS["C1"]]}
    )
    site.fault = "500"
    try:
        with Recording(site.url, home=str(tmp_path)) as recording:
            recording.wait("tries again")
            recording.press("q")
            assert recording.ended() == 0
            assert recording.strange == []
        done = subprocess.run(
            [PROGRAMS / "parley", "topics", "--site", site.url], capture_output=True, timeout=60,
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"},
        )
        assert done.returncode and STEERING.findall(done.stderr.replace(b"\n", b"")) == []
    finally:
        site.end()


@pytest.fixture
def site():
    site = RecordedSite("newer")
    yield site
    site.end()


@pytest.mark.parametrize(
    "name,status",
    [("SIGTERM", 143), ("SIGHUP", 129), ("SIGILL", 132), ("SIGTRAP", 133), ("SIGABRT", 134),
     ("SIGSEGV", 139), ("SIGBUS", 135), ("SIGFPE", 136)],
)
def test_the_terminal_is_given_back_whatever_ends_the_program(site, name, status):
    with Recording(site.url) as recording:
        recording.wait("Latest")
        recording.press("\r")
        assert 1049 in recording.modes and 2004 in recording.modes
        recording.signal(getattr(signal, name))
        assert recording.ended() == status
        assert recording.is_restored, recording.modes


@pytest.mark.parametrize("keys", ["q", "\x03"])
def test_the_terminal_is_given_back_by_keys(site, keys):
    with Recording(site.url) as recording:
        recording.wait("Latest")
        recording.press(["?", "\x1b"])
        recording.press(keys)
        assert recording.ended() == 0
        assert recording.is_restored


def test_a_lost_terminal_ends_the_program_and_keeps_the_text(site, tmp_path):
    member(tmp_path, site)
    recording = Recording(site.url, home=str(tmp_path))
    recording.wait("Latest")
    recording.press(["\r", "R", "A thought that must not be lost."])
    os.close(recording.terminal)
    try:
        wait_for(lambda: os.waitpid(recording.pid, os.WNOHANG)[0], 15, "the end of the program")
    except ChildProcessError:
        pass
    kept = [
        path.read_text() for path in tmp_path.rglob("*") if path.is_file() and "draft" in str(path)
    ]
    assert any("must not be lost" in text for text in kept), kept


@pytest.mark.parametrize(
    "terminal,environment,arguments,has_colour",
    [("xterm-256color", {}, [], True), ("xterm", {}, [], True), ("linux", {}, [], True),
     ("vt100", {}, [], False), ("xterm-256color", {"NO_COLOR": "1"}, [], False),
     ("xterm-256color", {}, ["--color", "never"], False),
     ("xterm-kitty", {}, [], True)],
)
def test_colours_are_as_many_as_the_terminal_has(site, terminal, environment, arguments, has_colour):
    with Recording(
        *arguments, site.url, environment={"TERM": terminal, **environment}
    ) as recording:
        recording.wait("compost")
        recording.quiet()
        numbers = [
            int(number)
            for sequence in re.findall(rb"\x1b\[([0-9;]*)m", recording.written)
            for number in sequence.split(b";") if number
        ]
        assert any(30 <= number <= 37 for number in numbers) == has_colour
        # With or without: the selected row and the unread one are told by signs as well.
        assert "●".encode() in recording.written and b">" in recording.written
        recording.press("q")
        recording.ended()


def test_the_size_is_that_of_the_terminal(site):
    wrong = {"LINES": "12", "COLUMNS": "50"}
    with Recording(site.url, size=(130, 40), environment=wrong) as recording:
        recording.wait("Garden")
        recording.quiet()
        # The line of keys is the last one, and it reaches to the right edge.
        assert b"\x1b[40;" in recording.written or b"\x1b[40d" in recording.written


@pytest.mark.parametrize("terminal,words", [("dumb", "cannot place text"), ("nonesuch", "not known")])
def test_a_terminal_that_cannot_be_used_is_told_what_to_do(site, terminal, words):
    with Recording(site.url, environment={"TERM": terminal}) as recording:
        assert recording.ended() == 1
        assert words in recording.written.decode() and b"--plain" in recording.written
        assert recording.is_restored and b"\x1b" not in recording.written


# In the cores of real terminals


def in_core(core, body):
    """Runs `body` with a terminal of this core."""

    async def run():
        terminal = TuiTest.ephemeral("parley", backend=core)
        try:
            await body(terminal)
        finally:
            await terminal.close_quiet()

    asyncio.run(run())


async def start(terminal, site, home, **variables):
    environment = {
        "HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8",
        "TERM": "xterm-256color", **variables,
    }
    # A shell waits, so that the terminal can be looked at when the program has ended.
    line = f"{PROGRAMS / 'parley'} {site.url}; echo ended with $?; sleep 60"
    await terminal.run(
        "/bin/sh", "-c", line, cols=80, rows=24, env=environment, wait_ready=False
    )


cores = pytest.mark.parametrize("core", ["alacritty", "ghostty"])


@cores
def test_a_hostile_site_finds_no_way_into_a_real_terminal(core, tmp_path):
    text = ATTACKS["strings"] + ATTACKS["C1"] + ATTACKS["sequences"]
    site = RecordedSite("newer", attack(text))
    member(tmp_path, site)

    async def body(terminal):
        await start(terminal, site, tmp_path)
        await terminal.get_by_text(">●").first().wait(timeout=15_000)
        before = (await terminal.state()).modes
        for key in ["Enter", "q", "g", "i", "g", "l", "Enter", "?", "q"]:
            await terminal.press(key)
            await terminal.wait_idle()
        state = await terminal.state()
        assert state.modes == before
        assert not state.title and state.bell_count == 0
        assert await terminal.get_clipboard() == ""
        assert (state.cols, state.rows) == (80, 24)

    try:
        in_core(core, body)
    finally:
        site.end()


@cores
def test_modes_clipboard_size_and_title_in_a_real_terminal(core, site, tmp_path):
    config = tmp_path / ".config/parley"
    config.mkdir(parents=True)
    (config / "config").write_text("title = on\nmouse = on\n")

    async def body(terminal):
        await start(terminal, site, tmp_path)
        await terminal.get_by_text("compost").first().wait(timeout=15_000)
        state = await terminal.state()
        assert state.modes["alternate_screen"] and state.modes["bracketed_paste"]
        assert state.mouse_mode != "none"
        await terminal.wait_title("A newer site", timeout=15_000)
        await terminal.press("s")
        await terminal.wait_clipboard(f"{site.url}/t/101")
        await terminal.resize(120, 40)
        await terminal.get_by_text("quit").first().wait(timeout=5_000)
        await terminal.press("Enter")
        await terminal.get_by_text("Behind the").first().wait(timeout=15_000)
        rows = (await terminal.text()).splitlines()
        assert len(rows) == 40 and "│" in rows[10]
        await terminal.press("q")
        await terminal.press("q")
        await terminal.get_by_text("ended with 0").wait(timeout=15_000)
        state = await terminal.state()
        assert not state.modes["alternate_screen"] and not state.modes["bracketed_paste"]
        assert state.mouse_mode == "none" and state.cursor["visible"]

    in_core(core, body)


def test_the_table_of_widths_is_what_its_generator_writes():
    written = subprocess.run(
        [sys.executable, ROOT / "TUI/Scripts/generate-width-table.py"], capture_output=True, text=True,
        check=True, timeout=60,
    )
    table = ROOT / "TUI/Sources/TerminalUI/Text/WidthTable.swift"
    assert written.stdout == table.read_text()


@cores
def test_words_of_every_script_keep_their_columns_in_a_real_terminal(core, tmp_path):
    words = iter(
        ["日本語の投稿 👍🏽 x", "👩\u200d👩\u200d👧 e\u0301 ❤\ufe0f 🇫🇷", "مرحبا हिन्दी 한국어"] * 400
    )
    site = RecordedSite("newer", lambda key, value: next(words) if key == "title" else value)

    async def body(terminal):
        await start(terminal, site, tmp_path)
        await terminal.get_by_text("Garden").first().wait(timeout=15_000)
        # The column of categories stands where it does for plain words.
        cells = await terminal.cells(0, 1, 80, 2)
        rows = [[cell for cell in cells if cell.y == y] for y in sorted({cell.y for cell in cells})]
        places = [
            next(cell.x for cell in row if cell.char == first and cell.x > 40)
            for row, first in zip(rows, "GR", strict=True)
        ]
        assert len(set(places)) == 1

    try:
        in_core(core, body)
    finally:
        site.end()


# Job control, in tmux with a shell


def test_the_shell_has_the_terminal_between_stop_and_continue(site):
    terminal = Terminal(["bash", "--norc"])
    try:
        terminal.wait("bash")
        terminal.type(f"PS1='ready> '; {PROGRAMS / 'parley'} {site.url}", "Enter")
        terminal.wait(">●")
        terminal.type("Enter")
        terminal.wait("post 3/")
        terminal.type("C-z")
        terminal.wait("Stopped")
        terminal.type("stty -a | grep -c ' echo '", "Enter")
        terminal.wait("ready>")
        terminal.resize(100, 30)
        terminal.type("fg", "Enter")
        terminal.wait("post 3/")
        terminal.wait("Space on")
        assert len(terminal.screen.splitlines()) == 30 and "Stopped" not in terminal.screen
        assert terminal.ask("#{alternate_on}") == "1"
        terminal.type("q", "q")
        terminal.wait("ready>")
        assert terminal.ask("#{alternate_on} #{cursor_flag} #{mouse_any_flag}") == "0 1 0"
    finally:
        terminal.end()


def test_an_editor_gets_the_terminal_and_what_it_wrote_comes_back(site, tmp_path):
    member(tmp_path, site)
    editor = tmp_path / "editor"
    # It asks on the terminal, as editors do, and fails in the end, as some do.
    editor.write_text('#!/bin/sh\nread -p "what to write? " line\necho "$line" > "$1"\nexit 3\n')
    editor.chmod(0o700)
    terminal = Terminal(
        [PROGRAMS / "parley", site.url],
        environment={"VISUAL": str(editor), "HOME": str(tmp_path),
                     "XDG_STATE_HOME": str(tmp_path / ".local/state")},
    )
    try:
        terminal.wait(">●")
        terminal.type("Enter")
        terminal.wait("post 3/")
        terminal.type("R")
        terminal.wait("Reply to")
        terminal.type("C-e")
        terminal.wait("what to write?")
        terminal.resize(100, 30)
        terminal.type("Written elsewhere.", "Enter")
        terminal.wait("18 characters")
        assert "Written elsewhere." in terminal.screen
        assert len(terminal.screen.splitlines()) == 30
    finally:
        terminal.end()
