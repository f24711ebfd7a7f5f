"""Which places on earlier texts are still to be found in the current ones, and how that went."""

from dataclasses import dataclass

from django.db.models import Count

from corpus.models import Reanchoring, Suggestion
from corpus.selectors.extraction import current_texts
from corpus.vocabulary.anchors import Anchoring


@dataclass(frozen=True, slots=True)
class DueAnchor:
    """A suggestion on a text that is no longer current, with both texts' blobs."""

    suggestion_id: int
    page: int
    start: int
    end: int
    quote: str
    old_blob_sha256: str
    new_text_id: int
    new_blob_sha256: str


def anchors_due() -> list[DueAnchor]:
    """Return every suggestion that is not found yet in the current text of its document, by texts."""
    bodies = Suggestion.objects.values_list("extracted_text__body_sha256", flat=True).distinct()
    current = {body: text for body, text in current_texts(bodies).items() if text.blob_sha256}
    done = set(
        Reanchoring.objects.filter(extracted_text__in=[text.pk for text in current.values()]).values_list(
            "suggestion_id", "extracted_text_id"
        )
    )
    due = []
    for one in Suggestion.objects.select_related("extracted_text").order_by("extracted_text_id", "pk"):
        old, new = one.extracted_text, current.get(one.extracted_text.body_sha256)
        if new is None or new.pk == old.pk or (one.pk, new.pk) in done:
            continue
        due.append(
            DueAnchor(
                suggestion_id=one.pk,
                page=one.page,
                start=one.start,
                end=one.end,
                quote=one.quote,
                old_blob_sha256=old.blob_sha256 or "",
                new_text_id=new.pk,
                new_blob_sha256=new.blob_sha256 or "",
            )
        )
    return due


def anchoring_counts() -> dict[Anchoring, int]:
    """Return how the places on earlier texts were found in the current ones."""
    bodies = Reanchoring.objects.values_list("extracted_text__body_sha256", flat=True).distinct()
    current = [text.pk for text in current_texts(bodies).values()]
    rows = Reanchoring.objects.filter(extracted_text__in=current).values("anchoring").annotate(n=Count("pk"))
    return {Anchoring(row["anchoring"]): row["n"] for row in rows}
