"""Sources: their health, and a person's word that they may be crawled."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from corpus import policies
from corpus.selectors.sources import source_by_slug, source_statuses
from corpus.services.sources import confirm_terms
from greysift.review.visit import MemberRequest, Visit, in_review

UPLOADED = "upload"  # the kind of source that is no site: there are no terms to read


class TermsForm(forms.Form):
    """The words of a confirmation."""

    has_read = forms.BooleanField()
    note = forms.CharField(max_length=2000, strip=True)


@in_review
def sources(request: MemberRequest, visit: Visit) -> HttpResponse:
    """Show every source's health, those of this review marked."""
    statuses = source_statuses()
    context = {
        "visit": visit,
        "statuses": statuses,
        "uploaded": UPLOADED,
        "unknown": sorted(set(visit.protocol.sources) - {s.slug for s in statuses}),
    }
    return render(request, "review/sources.html", context)


@require_POST
@in_review
def confirm(request: MemberRequest, visit: Visit, source_slug: str) -> HttpResponse:
    """Store that the visitor has read a site's terms and says that it may be crawled."""
    policies.check_may_steer(visit.role)
    source = source_by_slug(source_slug)
    if source is None:
        raise Http404("There is no such source.")
    form = TermsForm(request.POST)
    if form.is_valid():
        confirm_terms(source, note=form.cleaned_data["note"], by=visit.person, at=timezone.now())
        messages.success(request, f"Stored: {source.name} may be crawled, on your word.")
    else:
        messages.error(request, "Tick the box and say what you read and when; nothing was stored.")
    return redirect("sources", visit.review.slug)
