"""One row in every table, made as the product makes it where a service exists."""

from dataclasses import replace
from uuid import uuid4

from corpus.models import (
    Capability,
    HostTurn,
    Lease,
    Report,
    ReportSighting,
    Schedule,
    SearchRun,
    Study,
    Suggestion,
    Verdict,
)
from corpus.services.anchors import store_reanchorings
from corpus.services.extraction import store_extraction, store_extraction_failure
from corpus.services.harvest import begin_run, store_record
from corpus.services.predictions import Scored, store_predictions
from corpus.services.registry import promote_model, register_model
from corpus.services.reviews import import_protocol, use_run
from corpus.services.sources import confirm_terms
from corpus.vocabulary.anchors import Anchoring
from corpus.vocabulary.carrying import Carried
from corpus.vocabulary.documents import ExtractedText, Page, Span
from corpus.vocabulary.harvest import RetrievalStatus
from tests.factories import (
    NOON,
    begin_crawl,
    found_document,
    found_record,
    make_capture,
    make_member,
    make_review,
    make_source,
    protocol_document,
    vote,
)


def fill_store() -> None:
    """Put at least one row into every table."""
    review = make_review()
    ana = make_member(review=review)
    import_protocol(protocol_document(reviewers=3), at=NOON, by=ana, why="more eyes")
    source = make_source()
    confirm_terms(source, hosts=[], note="Read on the site", by=ana, at=NOON)
    run = begin_crawl(source=source)
    SearchRun.objects.filter(pk=run.pk).update(shortfall_accepted_by=ana, shortfall_accepted_why="It lasts")
    later = begin_run(source, uid=uuid4(), channel="upload", strategy={}, at=NOON)
    SearchRun.objects.filter(pk=later.pk).update(accepted_shortfall=run)
    capture = make_capture(run=run)
    document = found_document(status=RetrievalStatus.RETRIEVED, captures=[capture])
    store_record(run.uid, found_record(documents=[document]))
    use_run(review, run, at=NOON)
    candidate = review.candidates.get()
    vote(candidate, by=ana)
    body = run.captures.get().body_sha256
    pages = (Page(number=1, width=595, height=842, text="Text", words=()),)
    text = ExtractedText(
        title="Title", title_from="metadata", pages=pages, extractor="pdf", extractor_version="1"
    )
    extracted = store_extraction(body, text.summary, blob_sha256="b" * 64, at=NOON)
    store_extraction_failure("e" * 64, extractor="pdf", extractor_version="1", reason="torn", at=NOON)
    model = make_model()
    promote_model(model.task, model.version, by=ana, at=NOON, why="the first")
    store_predictions(model, [Scored(candidate.pk, 0.5, "unseen", "t" * 64)], at=NOON)
    suggestion = Suggestion.objects.create(
        candidate=candidate,
        model=model,
        kind="domain",
        value="health_wellbeing",
        extracted_text=extracted,
        page=1,
        start=0,
        end=4,
        quote="Text",
        made_at=NOON,
    )
    newer = replace(text, extractor_version="2")
    again = store_extraction(body, newer.summary, blob_sha256="c" * 64, at=NOON)
    store_reanchorings(again.pk, {suggestion.pk: Carried(Anchoring.EXACT, Span(1, 0, 4), "Text")}, at=NOON)
    Verdict.objects.create(
        suggestion=suggestion,
        candidate=candidate,
        choice="accept",
        kind="domain",
        value="health_wellbeing",
        by=ana,
        given_at=NOON,
    )
    study = Study.objects.create(review=review, label="Staying close")
    study.reports.add(Report.objects.get())
    Capability.objects.create(
        source=source, search_run=run, found_at=NOON, said={"robots": 200}, proposed_kind="sitemap"
    )
    HostTurn.objects.create(host="www.example.org", free_at=NOON, holder="elsewhere:1:1", held_until=NOON)
    Schedule.objects.create(source=source, cron="0 3 * * 1", changed_by=ana, changed_at=NOON, served_at=NOON)
    ReportSighting.objects.get_or_create(
        search_run=run,
        report=Report.objects.get(),
        defaults={"status": RetrievalStatus.RETRIEVED, "capture": run.captures.get()},
    )
    Lease.objects.create(name="extract", holder=f"elsewhere:{uuid4().int % 999}:1", expires_at=NOON)


def make_model(*, task: str = "eligibility", version: str = "1"):
    """Register a model version."""
    return register_model(
        task,
        version,
        training_sha256="a" * 64,
        metrics={"roc_auc": 0.9},
        location="shipped",
        made_at=NOON,
        at=NOON,
    )
