"""What a voting form remembers of how its record was shown, so that the browser can neither read nor invent it."""

import struct
from dataclasses import asdict, dataclass
from uuid import UUID

from django.core import signing
from django.utils.crypto import salted_hmac

from corpus.selectors.judging import Judged
from corpus.services.screening import Shown
from corpus.vocabulary.errors import PolicyError

SALT = "greysift.review.sealed"
DAMAGED = "This form is damaged or belongs to somebody else. Open the record again; nothing was stored."


@dataclass(frozen=True, slots=True)
class ShownForm:
    """One record as it was shown to one person: what a vote on it keeps.

    Attributes
    ----------
    token
        Unique to the form: the same form sent twice casts one vote.
    queue_length
        How many records the queue held, for "rank R of N".
    """

    token: UUID
    candidate_id: int
    reviewer_id: int
    stage: str
    judged: Judged
    visible: tuple[str, ...]
    model_version: str | None
    ranker_state: str
    rank: int | None
    score: float | None
    queue_length: int

    def shown(self, *, without: frozenset[str] = frozenset()) -> Shown:
        """Return what the vote stores, less the parts that did not reach the screen."""
        return Shown(
            judged=self.judged,
            visible=tuple(part for part in self.visible if part not in without),
            model_version=self.model_version,
            ranker_state=self.ranker_state,
            rank=self.rank,
            score=self.score,
        )


def seal(form: ShownForm) -> str:
    """Return the form's memory as signed text, its score unreadable."""
    facts = asdict(form) | {"token": str(form.token), "score": _masked(form.score, token=form.token)}
    return signing.dumps(facts, salt=SALT, compress=True)


def unseal(text: str, *, candidate_id: int, reviewer_id: int, stage: str) -> ShownForm:
    """Return what a form of this person for this record remembers.

    Raises
    ------
    PolicyError
        When the text was not made here, or for another person, record or stage.
    """
    try:
        facts = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        raise PolicyError(DAMAGED) from None
    if (facts["candidate_id"], facts["reviewer_id"], facts["stage"]) != (candidate_id, reviewer_id, stage):
        raise PolicyError(DAMAGED)
    token = UUID(facts["token"])
    facts |= {"token": token, "visible": tuple(facts["visible"]), "judged": Judged(**facts["judged"])}
    return ShownForm(**(facts | {"score": _unmasked(facts["score"], token=token)}))


def _pad(token: UUID) -> bytes:
    return salted_hmac(SALT, str(token), algorithm="sha256").digest()[:8]


def _masked(score: float | None, *, token: UUID) -> str | None:
    # Signed text can be read by whoever looks at the page's source, and scores are hidden until the vote.
    # A pad that is used once, made from the installation's secret and the form's token, hides them.
    if score is None:
        return None
    return bytes(a ^ b for a, b in zip(struct.pack(">d", score), _pad(token), strict=True)).hex()


def _unmasked(masked: str | None, *, token: UUID) -> float | None:
    if masked is None:
        return None
    score: float = struct.unpack(
        ">d", bytes(a ^ b for a, b in zip(bytes.fromhex(masked), _pad(token), strict=True))
    )[0]
    return score
