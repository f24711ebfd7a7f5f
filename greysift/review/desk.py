"""The desk: one record laid out for judging, with everything its page shows and its vote will keep."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.models import Candidate, ScreeningDecision
from corpus.selectors.judging import judged_now
from corpus.selectors.records import DocumentView, documents_of
from corpus.selectors.screening import own_decisions
from greysift.jobs.ranking import RankedQueue
from greysift.review.papers import Paper, first_readable, open_paper
from greysift.review.sealed import ShownForm, seal
from greysift.review.visit import Visit

AFTER, BEFORE = "after_decision", "before_decision"


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a reader opens the record: which document, which page."""

    report_id: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Desk:
    """A record on the desk.

    Attributes
    ----------
    standing
        The visitor's own vote on it that counts now.
    judged, left
        How many records the visitor has judged, and has still to judge.
    summary_by
        Who wrote the summary, where that is not the source.
    score
        Only where the protocol shows scores before the vote.
    form
        The sealed memory of how the record was shown; ``None`` for visitors who may not vote.
    """

    candidate: Candidate
    documents: Sequence[DocumentView]
    paper: Paper | None
    standing: ScreeningDecision | None
    judged: int
    left: int
    summary_by: str | None
    score: float | None
    form: str | None

    @property
    def total(self) -> int:
        """How many records are this visitor's to judge, done or not."""
        return self.judged + self.left


def lay_out(candidate: Candidate, *, visit: Visit, queue: RankedQueue, opening: Opening) -> Desk:
    """Lay a record out for a visitor."""
    documents = documents_of(candidate)
    readable = first_readable(documents, report_id=opening.report_id)
    paper = open_paper(readable, page=opening.page) if readable else None
    own = own_decisions(visit.review, stage=visit.stage, reviewer=visit.person)
    rank = queue.order.index(candidate.pk) + 1 if candidate.pk in queue.order else None
    score = queue.scores[candidate.pk] if rank else None
    visibility = visit.protocol.screening.score_visibility
    form = ShownForm(
        token=uuid.uuid4(),
        candidate_id=candidate.pk,
        reviewer_id=visit.person.pk,
        stage=visit.stage,
        judged=judged_now(candidate, report_id=readable.report_id if readable else None),
        visible=_visible(candidate, paper=paper, visit=visit),
        model_version=queue.model_version,
        ranker_state=queue.state,
        rank=rank,
        score=score,
        queue_length=len(queue.order),
    )
    return Desk(
        candidate=candidate,
        documents=documents,
        paper=paper,
        standing=own.filter(candidate=candidate).first(),
        judged=own.count(),
        left=len(queue.order),
        summary_by=_summary_by(candidate),
        score=score if visibility == BEFORE else None,
        form=seal(form) if visit.may_screen else None,
    )


def _visible(candidate: Candidate, *, paper: Paper | None, visit: Visit) -> tuple[str, ...]:
    """Name the parts that the page shows, and what the visitor knows from an earlier vote."""
    record = candidate.record
    earlier = ScreeningDecision.objects.filter(
        candidate=candidate, reviewer=visit.person, stage=visit.stage, choice__isnull=False
    )
    had_score = earlier.filter(score__isnull=False).exists()
    visibility = visit.protocol.screening.score_visibility
    parts = {
        "title": True,
        "source": True,
        "publisher": record.publisher is not None,
        "published": record.published is not None,
        "document_type": record.document_type is not None,
        "summary": record.summary is not None,
        "withdrawn_notice": record.withdrawn_reason is not None,
        "text": paper is not None and paper.passages is not None,
        "page_picture": paper is not None and paper.has_picture,
        "own_earlier_vote": earlier.exists(),
        "score": visibility == BEFORE or (visibility == AFTER and had_score),
    }
    return tuple(name for name, is_visible in parts.items() if is_visible)


def _summary_by(candidate: Candidate) -> str | None:
    revision = candidate.record.revisions.order_by("-number").first()
    said = revision.said.get("said") if revision else None
    return said.get("summary_by") if isinstance(said, dict) else None
