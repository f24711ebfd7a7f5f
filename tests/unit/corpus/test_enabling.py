"""A source may be crawled when it was probed and a person said so, for the hosts that it has now."""

from uuid import uuid4

import pytest

from corpus.models import Source, TermsConfirmation
from corpus.selectors import enabling
from corpus.selectors.enabling import newest_capability
from corpus.services.harvest import begin_run
from corpus.services.sources import confirm_terms, ensure_source, store_capability
from corpus.vocabulary.errors import PolicyError
from tests.factories import NOON, make_person

pytestmark = pytest.mark.django_db


def declared(*hosts: str) -> Source:
    return ensure_source(
        "charity", name="C", organisation="C", kind="sitemap", declaration={"hosts": list(hosts)}, at=NOON
    )


def hindrances_of(source: Source) -> list[str]:
    return enabling.hindrances_of(source, hosts=source.declaration["hosts"])


def probed(source: Source) -> None:
    run = begin_run(source, uid=uuid4(), channel="probe", strategy={}, at=NOON)
    said = {"hosts": source.declaration["hosts"]}
    store_capability(run.uid, said, proposed_kind="sitemap", at=NOON)
    store_capability(run.uid, said, proposed_kind="other", at=NOON)  # the same run again changes nothing


def test_both_are_missing_at_first():
    unprobed, unconfirmed = hindrances_of(declared("a.test"))

    assert "sources probe charity" in unprobed
    assert "nobody has confirmed that charity may be crawled" in unconfirmed


def test_probe_and_word_enable_it():
    source = declared("a.test")

    probed(source)
    assert len(hindrances_of(source)) == 1
    confirm_terms(source, hosts=["a.test"], note="Read", by=make_person(), at=NOON)

    assert hindrances_of(source) == []
    assert newest_capability(source).proposed_kind == "sitemap"


def test_neither_holds_for_hosts_that_came_later():
    source = declared("a.test")
    probed(source)
    confirm_terms(source, hosts=["a.test"], note="Read", by=make_person(), at=NOON)

    unprobed, unconfirmed = hindrances_of(declared("a.test", "b.test"))

    assert "b.test" in unprobed
    assert "b.test" in unconfirmed
    assert "a.test" not in unprobed + unconfirmed
    assert hindrances_of(declared("a.test")) == []


@pytest.mark.parametrize("seen", [[], ["a.test"], ["a.test", "b.test", "c.test"]])
def test_word_is_taken_for_just_the_hosts_that_are_declared(seen):
    source = declared("a.test", "b.test")

    with pytest.raises(PolicyError, match="have changed since this page was opened"):
        confirm_terms(source, hosts=seen, note="Read", by=make_person(), at=NOON)

    assert not TermsConfirmation.objects.exists()


def test_word_is_measured_by_what_is_stored_not_by_what_was_in_hand():
    source = declared("a.test")
    declared("a.test", "b.test")

    with pytest.raises(PolicyError, match="have changed"):
        confirm_terms(source, hosts=["a.test"], note="Read", by=make_person(), at=NOON)


def test_what_is_never_crawled_has_no_terms_to_confirm():
    source = ensure_source("search", name="S", organisation="S", kind="upload", declaration={}, at=NOON)

    with pytest.raises(PolicyError, match="never crawled"):
        confirm_terms(source, hosts=[], note="Read", by=make_person(), at=NOON)

    assert not TermsConfirmation.objects.exists()


def test_probe_that_could_not_ask_enables_nothing_and_takes_nothing_away():
    source = declared("a.test")

    def could_not() -> None:
        run = begin_run(source, uid=uuid4(), channel="probe", strategy={}, at=NOON)
        said = {"hosts": ["a.test"], "could_not": ["robots.txt could not be read."]}
        store_capability(run.uid, said, proposed_kind=None, at=NOON)

    could_not()
    assert newest_capability(source) is None
    assert "could not be (robots.txt could not be read): run `greysift" in hindrances_of(source)[0]

    probed(source)
    could_not()
    assert newest_capability(source).proposed_kind == "sitemap"
    assert len(hindrances_of(source)) == 1
