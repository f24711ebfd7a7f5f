"""Pages of documents: as pictures that we rendered, and as the text beside them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from corpus.selectors.records import DocumentView, document_in
from corpus.vocabulary.errors import GreysiftError
from greysift.jobs.pictures import page_picture
from greysift.review.papers import open_paper
from greysift.review.visit import MemberRequest, Visit, in_review, visit_of, whole_number

KEPT_SECONDS = 3600


@in_review
def paper(request: MemberRequest, visit: Visit, report_id: int) -> HttpResponse:
    """Answer with the part of a record's page that shows one page of one document."""
    page = whole_number(request.GET.get("page")) or 1
    opened = open_paper(_document(visit, report_id), page=page)
    return render(request, "review/parts/paper.html", {"visit": visit, "paper": opened})


def picture(request: MemberRequest, slug: str, report_id: int, page: int) -> HttpResponse:
    """Answer with one page as PNG, for members only; browsers may keep it for an hour, nobody else."""
    document = _document(visit_of(request.user, slug=slug), report_id)
    try:
        png = page_picture(document, page=page)
    except GreysiftError as error:  # no such page, a damaged document, or a WARC file that is not there
        return HttpResponse(
            f"No picture of page {page}: {error}", status=404, content_type="text/plain; charset=utf-8"
        )
    answer = HttpResponse(png, content_type="image/png")
    patch_cache_control(answer, private=True, max_age=KEPT_SECONDS)
    return answer


def _document(visit: Visit, report_id: int) -> DocumentView:
    document = document_in(visit.review, report_id)
    if document is None:
        raise Http404("This review has no such document.")
    return document
