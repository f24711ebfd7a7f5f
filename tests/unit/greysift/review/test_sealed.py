"""What a voting form remembers: it comes back as it went out, or not at all."""

import struct
from uuid import UUID, uuid4

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from corpus.selectors.judging import Judged
from corpus.vocabulary.errors import PolicyError
from greysift.review.sealed import SALT, ShownForm, seal, unseal


def shown_form(**changes) -> ShownForm:
    facts = {
        "token": UUID(int=7),
        "candidate_id": 3,
        "reviewer_id": 5,
        "stage": "title_abstract",
        "judged": Judged(protocol_version_id=2, record_revision=4, capture_id=9, text_sha256="c" * 64),
        "visible": ("title", "summary"),
        "model_version": "abc",
        "ranker_state": "f" * 64,
        "rank": 2,
        "score": 0.75,
        "queue_length": 40,
    }
    return ShownForm(**(facts | changes))


def opened(text: str, **changes) -> ShownForm:
    return unseal(text, **({"candidate_id": 3, "reviewer_id": 5, "stage": "title_abstract"} | changes))


@given(
    token=st.uuids(),
    visible=st.lists(st.text(max_size=10), max_size=5).map(tuple),
    model_version=st.none() | st.text(max_size=20),
    rank=st.none() | st.integers(1, 10**6),
    score=st.none() | st.floats(allow_nan=False),
)
def test_sealed_form_comes_back_unchanged(token, visible, model_version, rank, score):
    form = shown_form(token=token, visible=visible, model_version=model_version, rank=rank, score=score)

    assert opened(seal(form)) == form


@given(score=st.floats(allow_nan=False), token=st.uuids())
def test_sealed_text_does_not_show_its_score(score, token):
    readable = signing.loads(seal(shown_form(score=score, token=token)), salt=SALT)

    assert not any(isinstance(value, float) for value in readable.values())
    assert readable["score"] != struct.pack(">d", score).hex()


def test_same_score_looks_different_in_every_form():
    masked = {signing.loads(seal(shown_form(token=uuid4())), salt=SALT)["score"] for _ in range(20)}

    assert len(masked) == 20


@pytest.mark.parametrize("changes", [{"candidate_id": 4}, {"reviewer_id": 6}, {"stage": "full_text"}])
def test_form_of_another_record_person_or_stage_is_refused(changes):
    text = seal(shown_form())

    with pytest.raises(PolicyError, match="nothing was stored"):
        opened(text, **changes)


@given(position=st.integers(0, 10**6), letter=st.sampled_from("abcXYZ019_-:."))
def test_changed_text_is_refused(position, letter):
    text = seal(shown_form())
    position %= len(text)
    changed = text[:position] + letter + text[position + 1 :]

    if changed == text:
        assert opened(changed) == shown_form()
    else:
        with pytest.raises(PolicyError):
            opened(changed)


@given(text=st.text(max_size=200))
def test_any_other_text_is_refused(text):
    with pytest.raises(PolicyError):
        opened(text)


def test_shown_leaves_out_what_did_not_reach_the_screen():
    shown = shown_form(visible=("title", "page_picture")).shown(without=frozenset({"page_picture"}))

    assert shown.visible == ("title",)
    assert (shown.rank, shown.score, shown.model_version) == (2, 0.75, "abc")
