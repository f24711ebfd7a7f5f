"""The queue: what this reviewer has still to judge, best first, without scores."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from corpus.models import Candidate
from corpus.selectors.records import candidates_in
from corpus.selectors.screening import own_decisions
from greysift.jobs.ranking import queue_for
from greysift.review.reading import Reading, readings_of
from greysift.review.sentences import order_sentence
from greysift.review.visit import MemberRequest, Visit, in_review

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Place:
    """One record in the queue."""

    rank: int
    candidate: Candidate
    reading: Reading


@in_review
def queue(request: MemberRequest, visit: Visit) -> HttpResponse:
    """Show one page of the visitor's queue."""
    ranked = queue_for(visit.review, stage=visit.stage, reviewer=visit.person)
    page = Paginator(ranked.order, PAGE_SIZE).get_page(request.GET.get("page"))
    candidates = candidates_in(visit.review, list(page.object_list))
    readings = readings_of(candidates)
    places = [
        Place(rank=rank, candidate=candidate, reading=readings[candidate.pk])
        for rank, candidate in enumerate(candidates, start=page.start_index())
    ]
    context = {
        "visit": visit,
        "basis": order_sentence(ranked, protocol=visit.protocol),
        "page": page,
        "places": places,
        "judged": own_decisions(visit.review, stage=visit.stage, reviewer=visit.person).count(),
    }
    return render(request, "review/queue.html", context)
