"""A reviewer's own standing votes."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from corpus import policies
from corpus.models import ScreeningDecision
from corpus.selectors.screening import own_decisions
from greysift.review.sentences import reason_label
from greysift.review.visit import MemberRequest, Visit, in_review

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One vote in the list."""

    decision: ScreeningDecision
    reason: str | None


@in_review
def decisions(request: MemberRequest, visit: Visit) -> HttpResponse:
    """List the visitor's own votes, newest first."""
    policies.check_may_screen(visit.role)
    own = own_decisions(visit.review, stage=visit.stage, reviewer=visit.person)
    page = Paginator(own, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [Line(decision=d, reason=reason_label(visit.protocol, d.reason)) for d in page.object_list]
    return render(request, "review/decisions.html", {"visit": visit, "page": page, "lines": lines})
