"""One record at a time."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import replace_url

from corpus import policies
from corpus.models import Candidate
from corpus.selectors.records import candidate_in
from corpus.selectors.screening import newest_own_decision, own_decisions
from corpus.vocabulary.decisions import Choice
from greysift.jobs.ranking import RankedQueue, queue_for
from greysift.review.desk import Opening, lay_out
from greysift.review.visit import MemberRequest, Visit, in_review, whole_number

WHOLE, PART = "review/record.html", "review/parts/desk.html"


@in_review
def screen(request: MemberRequest, visit: Visit) -> HttpResponse:
    """Show the record that the ranker puts first now, or say that nothing is left."""
    policies.check_may_screen(visit.role)
    return best_record(request, visit)


@in_review
def record(request: MemberRequest, visit: Visit, candidate_id: int) -> HttpResponse:
    """Show a given record, judged or not."""
    candidate = candidate_in(visit.review, candidate_id)
    if candidate is None:
        raise Http404("This review has no such record.")
    return given_record(request, visit, candidate)


def best_record(request: MemberRequest, visit: Visit) -> HttpResponse:
    """Answer with the best record, laid out."""
    queue = _queue(visit)
    best = candidate_in(visit.review, queue.order[0]) if queue.order else None
    answer = _laid_out(request, visit, queue, best) if best else _nothing_left(request, visit)
    return replace_url(answer, reverse("screen", args=[visit.review.slug]))


def given_record(request: MemberRequest, visit: Visit, candidate: Candidate) -> HttpResponse:
    """Answer with a given record, laid out."""
    answer = _laid_out(request, visit, _queue(visit), candidate)
    return replace_url(answer, reverse("record", args=[visit.review.slug, candidate.pk]))


def _queue(visit: Visit) -> RankedQueue:
    return queue_for(visit.review, stage=visit.stage, reviewer=visit.person)


def _laid_out(request: MemberRequest, visit: Visit, queue: RankedQueue, candidate: Candidate) -> HttpResponse:
    opening = Opening(
        report_id=whole_number(request.GET.get("document")), page=whole_number(request.GET.get("page")) or 1
    )
    desk = lay_out(candidate, visit=visit, queue=queue, opening=opening)
    return _page(request, visit, {"desk": desk})


def _nothing_left(request: MemberRequest, visit: Visit) -> HttpResponse:
    own = own_decisions(visit.review, stage=visit.stage, reviewer=visit.person)
    choices = list(own.values_list("choice", flat=True))
    counts = {choice.value: choices.count(choice) for choice in Choice}
    return _page(request, visit, {"judged": len(choices), "counts": counts})


def _page(request: MemberRequest, visit: Visit, context: dict[str, object]) -> HttpResponse:
    last = newest_own_decision(visit.review, stage=visit.stage, reviewer=visit.person)
    return render(request, PART if request.htmx else WHOLE, {"visit": visit, "last": last, **context})
