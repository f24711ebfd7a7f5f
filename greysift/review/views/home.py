"""The first page: the reviews that a person takes part in."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from corpus.models import Candidate
from corpus.selectors.reviews import reviews_of
from corpus.selectors.screening import own_decisions
from greysift.review.visit import STAGE, MemberRequest, Visit, visit_of


@dataclass(frozen=True, slots=True)
class Progress:
    """A visitor's own progress in one review; nobody else's."""

    visit: Visit
    judged: int
    candidates: int


@never_cache
def home(request: MemberRequest) -> HttpResponse:
    """List the visitor's reviews, with role, stage and own progress."""
    visits = [visit_of(request.user, slug=review.slug) for review in reviews_of(request.user)]
    rows = [
        Progress(
            visit=visit,
            judged=own_decisions(visit.review, stage=STAGE, reviewer=visit.person).count(),
            candidates=Candidate.objects.filter(review=visit.review).count(),
        )
        for visit in visits
    ]
    return render(request, "review/home.html", {"rows": rows})
