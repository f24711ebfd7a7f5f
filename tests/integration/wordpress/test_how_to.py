"""``docs/how-tos/add-a-site.md``: every step as the page says it, done to the real WordPress."""

import re
import shlex
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.cookiejar import CookieJar
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

from tests.fakes.wordpress import HOME, needs_wordpress
from tests.integration.greysift.commands import environment, greysift, greysift_json
from tests.integration.greysift.rows import column, rows
from tests.integration.wordpress.how_to import steps_of
from tests.shared_material import REPOSITORY

PAGE = REPOSITORY / "docs" / "how-tos" / "add-a-site.md"
SLUG = "charity-example"
WITHOUT_PAUSE = "\n\n[politeness]\ndelay_seconds = 0.0\n"  # the one thing that the page leaves to its default


def test_the_page_is_ten_sentences():
    steps = steps_of(PAGE)

    assert [step.number for step in steps] == list(range(1, 11))
    for step in steps:
        plain = re.sub(r"`[^`]*`", "x", step.sentence)
        assert len(re.findall(r"[.!?](?=\s|$)", plain)) == 1, step.sentence


def ours(text):
    """Return what the page says with the site's own address, as the page asks of its reader."""
    return text.replace("https://www.charity.example", HOME).replace("www.charity.example", "127.0.0.1:18082")


def run(workspace, command):
    """Run a command as it stands on the page, in a terminal of the usual width, where it was said who asks."""
    program, *arguments = shlex.split(command)
    assert program == "greysift"
    return greysift(workspace, *arguments, COLUMNS="80", GREYSIFT_CONTACT="you@your.org")


@contextmanager
def served(workspace, command):
    """Have the web app running; give what opens its pages, logged in as nobody yet."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    program = [sys.executable, "-m", *shlex.split(command), "--port", str(port)]
    server = subprocess.Popen(
        program,
        cwd=workspace,
        env=environment(workspace),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))

    def ask(path, **form):
        data = urlencode(form).encode() if form else None
        with opener.open(f"http://127.0.0.1:{port}{path}", data=data, timeout=30) as answer:
            return answer.read().decode()

    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                ask("/login/")
                break
            except URLError:
                assert server.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.1)
        yield ask
    finally:
        server.terminate()
        server.wait(timeout=30)


def token_in(page):
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]


def confirm_terms(workspace, command):
    greysift_with_password(workspace, "people", "add", "NAME", "--role", "owner", "--password-stdin")
    with served(workspace, command) as ask:
        form = {
            "username": "NAME",
            "password": "correct horse battery",
            "csrfmiddlewaretoken": token_in(ask("/login/")),
        }
        ask("/login/", **form)
        page = ask("/reviews/care-leavers/sources")
        assert "It runs on this machine, and needs nobody's word to be crawled." in page
        action, fields = re.search(
            rf'action="(/reviews/[\w-]+/sources/{SLUG}/terms)"(.*?)</form>', page, flags=re.DOTALL
        ).groups()
        (host,) = set(re.findall(r'name="host" value="([^"]+)"', fields))
        said = {"has_read": "on", "note": "The site's terms of use, read today.", "host": host}
        assert "may be crawled, on your word" in ask(action, csrfmiddlewaretoken=token_in(page), **said)


def greysift_with_password(workspace, *arguments):
    subprocess.run(
        [sys.executable, "-m", "greysift", *arguments],
        cwd=workspace,
        env=environment(workspace),
        input="correct horse battery\n",
        text=True,
        check=True,
        capture_output=True,
    )


@needs_wordpress
def test_every_step_does_what_it_says(wordpress, tmp_path):
    declare, look, probe, narrow, name, terms, harvest, _again, status, read = steps_of(PAGE)
    greysift(tmp_path, "init", str(tmp_path), "--protocol", "care-leavers")
    declaration = tmp_path / "var" / "sources" / f"{SLUG}.toml"
    assert str(declaration.relative_to(tmp_path)) in declare.sentence

    declaration.write_text(ours(declare.box("toml")) + WITHOUT_PAUSE)
    for command in look.commands:
        assert SLUG in run(tmp_path, command)

    contact, ask = probe.commands
    assert contact == "export GREYSIFT_CONTACT=you@your.org"
    assert "Proposed kind: wordpress, as declared" in " ".join(run(tmp_path, ask).split())

    declaration.write_text("\n".join([ours(declare.box("toml")), narrow.box("toml"), WITHOUT_PAUSE]))
    protocol = tmp_path / "review.toml"
    before, use, after = re.split(
        r"(^\[sources\]\nuse = \[.*?^)(?=\])", protocol.read_text(), flags=re.MULTILINE | re.DOTALL
    )
    protocol.write_text(f"{before}{use}    {name.box('toml')}\n{after}")
    for command in name.commands:
        assert SLUG in run(tmp_path, command)
    confirm_terms(tmp_path, *terms.commands)
    (listed,) = [s for s in greysift_json(tmp_path, "sources", "list") if s["slug"] == SLUG]
    assert listed["terms_confirmed_by"] == "NAME"

    for command in harvest.commands:
        assert f"{SLUG}: complete" in run(tmp_path, command)
    found = rows(tmp_path, "SELECT title, published FROM corpus_record")
    assert len(found) > 5
    assert {"leaving care" in str(title) and str(published) > "2024-01-31" for title, published in found} == {
        True
    }
    assert column(tmp_path, "SELECT COUNT(*) FROM corpus_report WHERE status = 'retrieved'") == [len(found)]
    for command in status.commands:
        assert re.search(rf"{SLUG}\W+healthy", run(tmp_path, command))

    for command in read.commands:
        run(tmp_path, command)
    assert column(tmp_path, "SELECT COUNT(*) FROM corpus_extractedtext") == [len(found)]
    assert column(tmp_path, "SELECT COUNT(*) FROM corpus_candidate") == [len(found)]
    assert column(tmp_path, "SELECT COUNT(*) FROM corpus_prediction")[0] >= len(found)
