"""The page of a source: its crawls in figures, its schedule, what is declared."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from corpus.models import AuditEvent, Capability, Schedule, Source
from corpus.services.acceptance import accept_shortfall
from corpus.services.harvest import begin_run, finish_run, store_record
from corpus.services.leases import lease
from corpus.services.put_off import note_put_off
from corpus.services.schedules import note_served, set_schedule
from corpus.services.sources import ensure_source
from corpus.vocabulary.decisions import Role
from corpus.vocabulary.harvest import RunResult
from tests.factories import NOON, begin_crawl, found_record, make_member, make_person, make_source
from tests.integration.review.pages import HTMX, SOURCES, words
from tests.unit.corpus.crawls import GONE, MISSING, Crawl, carry_out

SOURCE = f"{SOURCES}/department-for-education"
SCHEDULE, RUNNING = f"{SOURCE}/schedule", f"{SOURCE}/running"
MONDAYS = "0 3 * * 1"


@pytest.fixture
def source(review) -> Source:
    return make_source()


@pytest.fixture
def client(review, source, browser_of):
    return browser_of(make_member(review=review, username="olga", role=Role.OWNER))


def test_source_without_crawls_says_so(client):
    assert "Never crawled." in words(client.get(SOURCE))


def test_a_source_of_this_machine_needs_nobodys_word(client, source, data_dir):
    (data_dir / "sources").mkdir(exist_ok=True)
    assert "Nobody has confirmed yet" in words(client.get(SOURCE))
    declaration = (
        f'slug = "{source.slug}"\nname = "A"\norganisation = "B"\nkind = "sitemap"\nhosts = ["127.0.0.1:9"]\n'
        'licence = "none"\n[entry]\nsite = "http://127.0.0.1:9"\n'
    )
    (data_dir / "sources" / "local.toml").write_text(declaration, encoding="utf-8")

    text = words(client.get(SOURCE))

    assert "Nobody has confirmed yet" not in text
    assert "It runs on this machine, and needs nobody's word to be crawled." in text


def test_many_addresses_without_an_answer_are_told_once_with_their_number(client, source):
    missing = {f"answer of https://a.invalid/{n}": 1 for n in range(20)}
    run = carry_out(source, Crawl(0, {"a": ("A", "one")}, missing=missing))
    accept_shortfall(run, why="dead for years", by=make_person(), at=NOON)

    text = words(client.get(SOURCE))

    assert "Short by the answers of 20 addresses (https://a.invalid/0, …), and complete" in text


def test_crawls_are_shown_in_figures_newest_first(client, source):
    carry_out(source, Crawl(0, {"a": ("A", "one"), "b": ("B", MISSING)}, expected=2))
    carry_out(source, Crawl(7, {"a": ("A, revised", "two"), "b": ("B", "one"), "c": ("C", None)}, expected=3))
    carry_out(source, Crawl(14, {"a": ("A, revised", "two")}, is_complete=False, expected=3))

    text = words(client.get(SOURCE))

    assert "16 Mar 2026, 12:00 ✕ failed 3 1 0 0 0 1 0 the second page timed out" in text
    assert "9 Mar 2026, 12:00 complete 3 3 1 1 0 2 1 new, 1 changed 0" in text
    assert "2 Mar 2026, 12:00 complete 2 2 2 0 0 1 1 new 1" in text
    assert text.index("16 Mar 2026,") < text.index(" 9 Mar 2026,") < text.index(" 2 Mar 2026,")


def test_what_became_of_documents_is_shown_too(client, source):
    carry_out(source, Crawl(0, {"a": ("A", "one"), "b": ("B", "one")}))
    carry_out(source, Crawl(7, {"a": ("A", "two"), "b": ("B", GONE), "c": ("C", "one")}))

    page = client.get(SOURCE).content.decode()

    assert '3<span class="origin">' not in page
    assert '2<span class="origin">1 new, 1 changed, 1 gone</span>' in page
    assert '2<span class="origin">2 new</span>' in page


def test_a_shortfall_that_somebody_accepted_is_shown_with_the_name_and_the_reason(client, source):
    listed = {"a": ("A", None)}
    run = carry_out(source, Crawl(0, listed, expected=8, missing={"records": 7}))
    accept_shortfall(run, why="they count drafts", by=make_person("ann"), at=NOON)
    carry_out(source, Crawl(7, listed, expected=8, missing={"records": 7}))

    text = words(client.get(SOURCE))

    said = "Short by 7 records, and complete all the same by the word of ann: they count drafts"
    assert text.count(said) == 2


def test_plot_says_in_words_what_it_draws_and_styles_nothing_inline(client, source):
    carry_out(source, Crawl(0, {"a": ("A", None)}, expected=1))
    carry_out(source, Crawl(7, {"a": ("A", None), "b": ("B", None)}, is_complete=False, expected=4))

    (svg,) = re.findall(r"<svg.*?</svg>", client.get(SOURCE).content.decode(), re.DOTALL)

    assert "Records got by each of the last 2 crawls, and how many were new" in svg
    assert (
        "The newest, begun 9 March 2026, failed: 2 records of 4 expected, 1 new. 1 of these crawls failed."
        in svg
    )
    assert (
        svg.count('<rect class="failed"') == svg.count('<rect class="got"') == 2
    )  # one in the key, one drawn
    assert "style=" not in svg
    assert "nan" not in svg.lower()


def test_errors_are_counted_by_kind(client, source):
    carry_out(source, Crawl(0, {"a": ("A", MISSING), "b": ("B", MISSING)}, counts={"responses_503": 2}))
    carry_out(source, Crawl(7, {"a": ("A", MISSING), "b": ("B", "one")}, counts={"responses_503": 1}))

    text = words(client.get(SOURCE))

    assert "unexpected answer 1 3" in text
    assert "status 503" not in text  # its tries are no errors besides


def test_foreign_words_are_escaped(client, source):
    run = begin_crawl(source=source)
    run.status, run.finished_at, run.failures = "failed", NOON, ["<b>the list</b> ended", "<i>twice</i>"]
    run.save()

    text = client.get(SOURCE).content.decode()

    assert "&lt;b&gt;the list&lt;/b&gt; ended" in text
    assert "<i>twice" not in text


def test_notes_on_how_a_crawl_was_run_are_shown(client, source):
    run = begin_crawl(source=source)
    run.status, run.finished_at, run.notes = "complete", NOON, ["It was run over its <i>sitemaps</i>."]
    run.save()

    page = client.get(SOURCE)

    assert "1 note on how this crawl was run It was run over its &lt;i&gt;sitemaps&lt;/i&gt;." in " ".join(
        page.content.decode().replace("<ul>", " ").replace("<li>", " ").replace("</summary>", " ").split()
    )


def test_running_crawl_is_seen_with_what_it_got_so_far(client, source):
    with lease("harvest:department-for-education"):
        run = begin_crawl(source=source)
        store_record(run.uid, found_record())

        page, list_page, part = client.get(SOURCE), client.get(SOURCES), client.get(RUNNING)

    for answer in (page, list_page, part):
        assert "Being crawled since 2 March, 12:00: 1 record so far." in words(answer)
    assert 'hx-trigger="every 10s"' in part.content.decode()


def test_crawl_that_nobody_is_at_is_not_said_to_run(client, source):
    begin_crawl(source=source)

    assert "is not finished: 0 records so far, and nothing is lost" in words(client.get(SOURCE))
    assert "is not finished: 0 records so far" in words(client.get(SOURCES))
    assert "every 10s" not in client.get(RUNNING).content.decode()


def test_crawl_that_was_put_off_says_why_until_when_and_how_often(client, source):
    run = begin_crawl(source=source)
    for hours in (0, 2):
        at = NOON + timedelta(hours=hours)
        note_put_off(run, until=at + timedelta(hours=1), why="www.gov.uk is to be left alone", at=at)

    for address in (SOURCE, SOURCES, RUNNING):
        shown = words(client.get(address))
        assert "It was put off 2 times, now until 2 March, 15:00: www.gov.uk is to be left alone." in shown


def test_part_on_a_crawl_that_has_ended_asks_no_more(client, source):
    carry_out(source, Crawl(0, {}))

    part = client.get(RUNNING)

    assert "The crawl has ended. Show its figures." in words(part)
    assert "hx-trigger" not in part.content.decode()


def test_owner_sets_changes_rests_and_removes_a_schedule(client, source):
    answer = client.post(SCHEDULE, {"cron": " 0  3 * * 1 ", "is_enabled": "on", "do": "set"}, follow=True)
    assert "At 03:00 on Monday (Europe/London). Next crawl:" in words(answer)
    assert "Next crawl by its schedule:" in words(client.get(SOURCES))
    schedule = Schedule.objects.get()
    assert (schedule.cron, schedule.is_enabled, schedule.changed_by.username) == (MONDAYS, True, "olga")

    answer = client.post(SCHEDULE, {"cron": "30 2 * * *", "do": "set"}, follow=True)
    assert "Next crawl: resting." in words(answer)

    answer = client.post(SCHEDULE, {"cron": "30 2 * * *", "do": "remove"}, follow=True)
    assert "only when somebody asks for it" in words(answer)
    assert not Schedule.objects.exists()
    events = AuditEvent.objects.filter(event__startswith="schedule").order_by("pk")
    assert [(e.event, e.by.username) for e in events] == [
        ("schedule_set", "olga"),
        ("schedule_set", "olga"),
        ("schedule_disabled", "olga"),
        ("schedule_removed", "olga"),
    ]


@pytest.mark.parametrize("cron", ["", "every monday", "0 3 * *", "61 3 * * 1", "<b>", "1" * 300])
def test_expression_that_is_none_is_explained_and_stays_in_its_field(client, cron):
    plain = client.post(SCHEDULE, {"cron": cron, "do": "set"})
    part = client.post(SCHEDULE, {"cron": cron, "do": "set"}, headers=HTMX)

    assert (plain.status_code, part.status_code) == (422, 200)
    for answer in (plain, part):
        assert "is no cron expression" in words(answer)
        assert "Nothing was stored." in words(answer)
        assert 'aria-invalid="true"' in answer.content.decode()
        assert "<b>" not in answer.content.decode()
    assert not Schedule.objects.exists()


def test_htmx_gets_the_part_alone_with_its_message(client):
    answer = client.post(SCHEDULE, {"cron": MONDAYS, "is_enabled": "on", "do": "set"}, headers=HTMX)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in text
    assert 'id="messages" hx-swap-oob="innerHTML"' in text
    assert "Stored: the schedule of" in text
    assert 'value="0 3 * * 1"' in text


def test_removing_what_is_not_there_is_explained(client):
    answer = client.post(SCHEDULE, {"do": "remove"})

    assert answer.status_code == 422
    assert "has no schedule" in words(answer)


def test_what_hinders_a_scheduled_crawl_and_why_the_last_one_failed_are_said(client, source):
    set_schedule(source, MONDAYS, by=None, at=timezone.now() - timedelta(days=30))
    note_served(source, due=NOON, at=timezone.now(), failure="got 3 of 4")

    text = words(client.get(SOURCE))

    assert "nobody has confirmed that department-for-education may be crawled" in text
    assert "The last attempt: got 3 of 4 (not again before" in text


def test_declaration_that_cannot_be_read_hides_no_page(client, source, data_dir):
    set_schedule(source, MONDAYS, by=None, at=NOON)
    (data_dir / "sources").mkdir(exist_ok=True)
    (data_dir / "sources" / "broken.toml").write_text("slug = ", encoding="utf-8")

    assert client.get(SOURCE).status_code == 200
    assert "broken.toml is not TOML" in words(client.get(SOURCES))


def test_page_of_a_source_whose_own_declaration_cannot_be_read_says_so(client, source, data_dir):
    (data_dir / "sources").mkdir(exist_ok=True)
    text = f'slug = "{source.slug}"\nkind = '
    (data_dir / "sources" / "mine.toml").write_text(text, encoding="utf-8")

    assert "mine.toml is not TOML" in words(client.get(SOURCE))


def test_declaration_and_capability_are_shown(client, source):
    declaration = {
        "hosts": ["www.gov.uk"],
        "licence": "Open Government Licence",
        "unverified": ["Whether <em>all</em> are listed."],
        "entry": {"search": "https://www.gov.uk/api/search.json"},
        "filters": {"organisations": ["a", "b"], "terms": None},
    }
    Source.objects.filter(pk=source.pk).update(declaration=declaration, kind="govuk")
    robots = {
        "what": "robots.txt",
        "url": "https://www.gov.uk/robots.txt",
        "is_offered": True,
        "facts": {
            "rules": "<2>",
            "namespaces": ["oembed/1.0", "wp/v2"],
            "may_be_entered": True,
            "types": {"a": "A"},
        },
    }
    feed = {"what": "feed", "url": "https://www.gov.uk/feed/", "is_offered": False, "reason": "not found"}
    said = {"hosts": ["www.gov.uk"], "findings": [feed, robots], "why": "It lists sitemaps."}
    probe = begin_run(
        source, uid="00000000-0000-0000-0000-000000000001", channel="probe", strategy={}, at=NOON
    )
    Capability.objects.create(
        source=source, search_run=probe, found_at=NOON, said=said, proposed_kind="sitemap"
    )

    text = client.get(SOURCE).content.decode()

    assert "Whether &lt;em&gt;all&lt;/em&gt; are listed." in text
    assert "https://www.gov.uk/api/search.json" in text
    assert "It would fit the kind <strong>sitemap</strong>; govuk is declared." in text
    assert "It lists sitemaps." in text
    assert "rules: &lt;2&gt;" in text
    assert text.index("/robots.txt") < text.index("/feed/")
    assert "feed (not there)" in text
    assert "may be entered: yes; namespaces: oembed/1.0, wp/v2; rules: &lt;2&gt;; types: a (A)" in text
    assert "None" not in text


def test_a_probe_that_failed_is_shown_with_its_reason_until_one_does_well(client, source):
    result = RunResult(
        expected=None, got=0, counts={}, failures=("robots.txt could not be read.",), versions={}
    )
    for number, failures in enumerate([result.failures, ()]):
        uid = f"00000000-0000-0000-0000-00000000000{number}"
        at = NOON + timedelta(days=number)
        begin_run(source, uid=uid, channel="probe", strategy={}, at=at)
        finish_run(uid, replace(result, failures=failures), at=at)

        text = words(client.get(SOURCE))

        said = "The last probe, of 2 March 2026, 12:00, failed: robots.txt could not be read."
        assert (said in text) == bool(failures)


def test_what_must_happen_before_a_source_is_crawled_is_said_without_a_schedule_too(client, source):
    assert "Not enabled. Nobody has asked department-for-education yet what it offers" in words(
        client.get(SOURCE)
    )


def test_what_people_hand_over_has_no_schedule(client):
    ensure_source("a-file", name="A file", organisation="We", kind="upload", declaration={}, at=NOON)

    assert "Schedule" not in words(client.get(f"{SOURCES}/a-file"))


def test_unknown_source_is_not_found(client):
    assert client.get(f"{SOURCES}/nowhere").status_code == 404
    assert client.post(f"{SOURCES}/nowhere/schedule", {"cron": MONDAYS}).status_code == 404
    assert client.get(f"{SOURCES}/nowhere/running").status_code == 404
