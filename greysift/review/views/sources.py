"""Sources: their health, and a person's word that they may be crawled."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from corpus import policies
from corpus.selectors.sources import SourceStatus, source_by_slug, source_statuses
from corpus.services.sources import confirm_terms
from corpus.vocabulary.errors import PolicyError
from corpus.vocabulary.harvest import RunStatus
from greysift.jobs.due import next_words, standings
from greysift.jobs.running import Running, running_crawl
from greysift.jobs.sources import declared_now
from greysift.review.views.source import UPLOADED
from greysift.review.visit import MemberRequest, Visit, in_review


@dataclass(frozen=True, slots=True)
class Line:
    """A source in the list: its health, its schedule if it has one, its unfinished crawl."""

    status: SourceStatus
    next_words: str | None
    running: Running | None


class TermsForm(forms.Form):
    """The words of a confirmation."""

    has_read = forms.BooleanField()
    note = forms.CharField(max_length=2000, strip=True)


@in_review
def sources(request: MemberRequest, visit: Visit) -> HttpResponse:
    """Show every source's health, those of this review marked."""
    statuses, declared = source_statuses(), declared_now()
    following = {standing.slug: next_words(standing) for standing in standings(timezone.now())}
    context = {
        "visit": visit,
        "lines": [_line(status, following) for status in statuses],
        "uploaded": UPLOADED,
        "on_this_machine": [slug for slug, one in declared.by_slug.items() if one.is_loopback],
        "broken": sorted(declared.broken.values()),
        "unknown": sorted(set(visit.protocol.sources) - {s.slug for s in statuses}),
    }
    return render(request, "review/sources.html", context)


def _line(status: SourceStatus, following: dict[str, str]) -> Line:
    run = status.last_run
    is_open = run is not None and run.status == RunStatus.RUNNING
    running = running_crawl(run.source) if run is not None and is_open else None
    return Line(status=status, next_words=following.get(status.slug), running=running)


@require_POST
@in_review
def confirm(request: MemberRequest, visit: Visit, source_slug: str) -> HttpResponse:
    """Store that the visitor has read a site's terms and says that it may be crawled."""
    policies.check_may_steer(visit.role)
    source = source_by_slug(source_slug)
    if source is None:
        raise Http404("There is no such source.")
    form = TermsForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Tick the box and say what you read and when; nothing was stored.")
        return redirect("source", visit.review.slug, source.slug)
    seen, note = request.POST.getlist("host"), form.cleaned_data["note"]
    try:
        confirm_terms(source, hosts=seen, note=note, by=visit.person, at=timezone.now())
    except PolicyError as error:
        messages.error(request, f"{str(error)[:1].upper()}{str(error)[1:]}. Nothing was stored.")
    else:
        messages.success(request, f"Stored: {source.name} may be crawled, on your word.")
    return redirect("source", visit.review.slug, source.slug)
