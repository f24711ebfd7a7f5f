"""Which documents are still to be read, and how reading went."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from corpus.models import ExtractedText, Report
from corpus.vocabulary.harvest import RetrievalStatus

_AT_ONCE = 500  # SQLite takes no more than some thousand values in a question


@dataclass(frozen=True, slots=True)
class DueBody:
    """A retrieved body without text of the wanted version, and where it lies."""

    body_sha256: str
    url: str
    title: str
    media_type: str
    warc_file: str
    warc_offset: int


def bodies_due(
    *,
    extractor: str,
    extractor_version: str,
    is_outdated: Callable[[Mapping[str, str]], bool] = lambda _held_back: False,
) -> list[DueBody]:
    """Return every retrieved document body that this version has not tried, once each, oldest first.

    One that was tried is due again when each attempt was held back by settings of which ``is_outdated`` says that
    others may give more.
    """
    tried = ExtractedText.objects.filter(extractor=extractor, extractor_version=extractor_version)
    again = _outdated(tried, is_outdated)
    reports = (
        Report.objects.filter(status=RetrievalStatus.RETRIEVED)
        .exclude(Q(capture__body_sha256__in=tried.values("body_sha256")) & ~Q(capture__body_sha256__in=again))
        .select_related("capture")
        .order_by("pk")
    )
    due: dict[str, DueBody] = {}
    for report in reports:
        if (capture := report.capture) is not None:
            due.setdefault(
                capture.body_sha256,
                DueBody(
                    body_sha256=capture.body_sha256,
                    url=report.url,
                    title=report.title,
                    media_type=report.media_type,
                    warc_file=capture.warc_file,
                    warc_offset=capture.warc_offset,
                ),
            )
    return list(due.values())


def _outdated(tried: QuerySet[ExtractedText], is_outdated: Callable[[Mapping[str, str]], bool]) -> set[str]:
    held: dict[str, list[str]] = {}
    for body, held_back in tried.exclude(held_back="{}").values_list("body_sha256", "held_back"):
        held.setdefault(body, []).append(held_back)
    outdated = {body for body, all_of in held.items() if all(is_outdated(json.loads(one)) for one in all_of)}
    return outdated - set(tried.filter(held_back="{}").values_list("body_sha256", flat=True))


def current_texts(bodies: Iterable[str]) -> dict[str, ExtractedText]:
    """Return what is shown of each body: the newest text, else the newest reason why there is none.

    A text that an earlier version made stays while no newer version makes one.
    """
    current: dict[str, ExtractedText] = {}
    wanted = list(bodies)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        for row in ExtractedText.objects.filter(body_sha256__in=some).order_by("extracted_at", "pk"):
            known = current.get(row.body_sha256)
            if row.blob_sha256 or known is None or not known.blob_sha256:
                current[row.body_sha256] = row
    return current


def current_blobs(bodies: Iterable[str]) -> dict[str, str | None]:
    """Return the blob of each body's current text, ``None`` where it could not be read; bodies not tried are left out."""
    return {body: text.blob_sha256 for body, text in current_texts(bodies).items()}


def _newest_words() -> QuerySet[ExtractedText]:
    """Return the last attempt at each body, whatever its version."""
    newest = ExtractedText.objects.filter(body_sha256=OuterRef("body_sha256")).order_by(
        "-extracted_at", "-pk"
    )
    return ExtractedText.objects.filter(pk=Subquery(newest.values("pk")[:1]))


def extraction_counts() -> dict[str, int]:
    """Return how many bodies were read and how many could not be, by each body's last attempt."""
    rows = _newest_words().values("status").annotate(n=Count("pk"))
    return {str(row["status"]): int(row["n"]) for row in rows}


def extraction_failures() -> list[tuple[str, str]]:
    """Return (body hash, reason) of every document whose last attempt failed."""
    rows = _newest_words().filter(reason__isnull=False).order_by("pk")
    return [(row.body_sha256, row.reason or "") for row in rows]


@dataclass(frozen=True, slots=True)
class TriedBody:
    """An attempt of one version: the text's blob, or the reason why there is none."""

    attempt_id: int
    body_sha256: str
    blob_sha256: str | None
    reason: str | None


def bodies_tried(*, extractor: str, extractor_version: str) -> list[TriedBody]:
    """Return the last attempt of this version at each body, oldest first."""
    rows = _newest_words().filter(extractor=extractor, extractor_version=extractor_version).order_by("pk")
    return [
        TriedBody(attempt_id=pk, body_sha256=body, blob_sha256=blob, reason=reason)
        for pk, body, blob, reason in rows.values_list("pk", "body_sha256", "blob_sha256", "reason")
    ]
