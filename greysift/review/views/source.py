"""One source: its crawls, its schedule."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from corpus import policies
from corpus.models import Source
from corpus.selectors.sources import source_by_slug
from corpus.services.schedules import remove_schedule, set_schedule, switch_schedule
from corpus.vocabulary.errors import ScheduleError
from greysift.jobs.due import next_words, standing_of
from greysift.jobs.running import running_crawl
from greysift.review.source_page import lay_out_source
from greysift.review.visit import MemberRequest, Visit, in_review

UPLOADED = "upload"  # the kind of source that is no site: it is not crawled


@require_GET
@in_review
def source(request: MemberRequest, visit: Visit, source_slug: str) -> HttpResponse:
    """Show a source: its crawls in figures, its schedule, what is declared."""
    return _page(request, visit, _source(source_slug))


@require_GET
@in_review
def running(request: MemberRequest, visit: Visit, source_slug: str) -> HttpResponse:
    """Show how far the running crawl is; a part of the page."""
    found = _source(source_slug)
    context = {"visit": visit, "source": found, "running": running_crawl(found), "is_part": True}
    return render(request, "review/parts/running.html", context)


@require_POST
@in_review
def schedule(request: MemberRequest, visit: Visit, source_slug: str) -> HttpResponse:
    """Store when a source is crawled again, or that it is not."""
    policies.check_may_steer(visit.role)
    found = _source(source_slug)
    fault = _carry_out(request, visit, found)
    if request.htmx:
        context = {"visit": visit, "source": found, **_schedule(request, found, fault=fault), "is_part": True}
        return render(request, "review/parts/schedule.html", context)
    return (
        _page(request, visit, found, fault=fault)
        if fault
        else redirect("source", visit.review.slug, found.slug)
    )


def _carry_out(request: MemberRequest, visit: Visit, found: Source) -> str | None:
    """Do what the form asks; return what is wrong with it."""
    at = timezone.now()
    try:
        if request.POST.get("do") == "remove":
            remove_schedule(found, by=visit.person, at=at)
            messages.success(request, f"Stored: {found.name} is crawled only when somebody asks for it.")
            return None
        set_schedule(found, request.POST.get("cron", ""), by=visit.person, at=at)
        is_enabled = "is_enabled" in request.POST
        switch_schedule(found, is_enabled=is_enabled, by=visit.person, at=at)
    except ScheduleError as error:
        return f"{str(error)[:1].upper()}{str(error)[1:]}. Nothing was stored."
    messages.success(request, f"Stored: the schedule of {found.name}{'' if is_enabled else ', which rests'}.")
    return None


def _page(request: MemberRequest, visit: Visit, found: Source, *, fault: str | None = None) -> HttpResponse:
    context = {
        "visit": visit,
        "page": lay_out_source(found),
        "source": found,
        "uploaded": UPLOADED,
        **_schedule(request, found, fault=fault),
    }
    return render(request, "review/source.html", context, status=422 if fault else 200)


def _schedule(request: MemberRequest, found: Source, *, fault: str | None) -> dict[str, object]:
    """Return what the part on the schedule shows; after a fault, what was typed stays."""
    standing = standing_of(found, timezone.now())
    if fault:
        typed, is_enabled = request.POST.get("cron", ""), "is_enabled" in request.POST
    else:
        typed = standing.schedule.cron if standing else ""
        is_enabled = standing.schedule.is_enabled if standing else True
    return {
        "standing": standing,
        "next_words": next_words(standing) if standing else None,
        "zone": timezone.get_default_timezone_name(),
        "cron": typed,
        "is_enabled": is_enabled,
        "fault": fault,
    }


def _source(slug: str) -> Source:
    found = source_by_slug(slug)
    if found is None:
        raise Http404("There is no such source.")
    return found
