"""Who asks, in which review: the door that every page of a review goes through."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django_htmx.http import reswap, retarget
from django_htmx.middleware import HtmxDetails

from corpus.models import Person, Review
from corpus.policies import MAY_SCREEN, MAY_STEER
from corpus.selectors.reviews import protocol_of, reviews_of, role_in
from corpus.vocabulary.decisions import Role, Stage
from corpus.vocabulary.errors import GreysiftError, PolicyError
from corpus.vocabulary.protocols import Protocol

STAGE = Stage.TITLE_ABSTRACT
P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request after the middleware: somebody is logged in, htmx has introduced itself."""

    user: Person  # LoginRequiredMiddleware lets nobody else in
    htmx: HtmxDetails


@dataclass(frozen=True, slots=True)
class Visit:
    """A member in a review: what a page must know of its visitor."""

    review: Review
    person: Person
    role: Role
    protocol: Protocol
    stage: Stage = STAGE

    @property
    def may_screen(self) -> bool:
        """Whether this person may vote."""
        return self.role in MAY_SCREEN

    @property
    def may_steer(self) -> bool:
        """Whether this person may change settings and sources."""
        return self.role in MAY_STEER


def visit_of(person: Person, *, slug: str) -> Visit:
    """Return the visit of a member.

    Raises
    ------
    Http404
        When the person does not belong to a review of that name, which may as well not exist.
    """
    review = next((r for r in reviews_of(person) if r.slug == slug), None)
    role = role_in(review, person) if review else None
    if review is None or role is None:
        raise Http404("You take part in no review of this name.")
    return Visit(review=review, person=person, role=role, protocol=protocol_of(review))


def in_review(
    view: Callable[Concatenate[MemberRequest, Visit, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let members in, keep pages out of caches, and turn errors that people can mend into sentences.

    The view that comes out takes the review's ``slug`` where the one that goes in takes a ``Visit``.
    """

    @never_cache
    @wraps(view)
    def guarded(request: MemberRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, visit_of(request.user, slug=slug), *args, **kwargs)
        except GreysiftError as error:
            return _refusal(request, error)

    return guarded


def _refusal(request: MemberRequest, error: GreysiftError) -> HttpResponse:
    """Answer 403 for what may not be done, 409 for what cannot be done as things stand."""
    status = 403 if isinstance(error, PolicyError) else 409
    if request.htmx:
        messages.error(request, str(error))
        answer = render(request, "review/parts/messages.html", status=status)
        return reswap(retarget(answer, "#messages"), "innerHTML")
    context = {"sentence": str(error), "is_forbidden": status == 403}
    return render(request, "review/refused.html", context, status=status)


def whole_number(text: str | None) -> int | None:
    """Return the number that a query string holds, if it holds one of sensible size."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
