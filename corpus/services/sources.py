"""Sources, and people's word that they may be crawled."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from corpus.models import Capability, Person, SearchRun, Source, TermsConfirmation
from corpus.services.audit import record_event
from corpus.services.foreign import storable_json
from corpus.services.schedules import UPLOADED
from corpus.vocabulary.errors import PolicyError


@transaction.atomic
def ensure_source(
    slug: str, *, name: str, organisation: str, kind: str, declaration: Mapping[str, object], at: datetime
) -> Source:
    """Store a declared source, or bring a stored one up to its declaration; nothing changes when equal."""
    wanted = {
        "name": name,
        "organisation": organisation,
        "kind": kind,
        "declaration": storable_json(declaration),  # as it is read back, so that equal stays equal
    }
    source, is_new = Source.objects.get_or_create(slug=slug, defaults={**wanted, "created_at": at})
    if is_new:
        record_event("source_added", source, by=None, at=at)
    elif any(getattr(source, field) != value for field, value in wanted.items()):
        for field, value in wanted.items():
            setattr(source, field, value)
        source.save(update_fields=list(wanted))
        record_event("source_changed", source, by=None, at=at)
    return source


@transaction.atomic
def confirm_terms(
    source: Source, *, hosts: Collection[str], note: str, by: Person, at: datetime
) -> TermsConfirmation:
    """Store that ``by`` has read the terms of ``hosts`` and says that they may be crawled.

    Raises
    ------
    PolicyError
        When these are not the hosts that are declared now: nobody's word covers what they did not see. Or when
        nothing of the source is ever crawled.
    """
    source = Source.objects.select_for_update().get(pk=source.pk)
    if source.kind == UPLOADED:
        raise PolicyError(
            f"{source.name} is handed over by people and never crawled: it has no terms to confirm"
        )
    if set(hosts) != set(source.declaration.get("hosts", [])):
        raise PolicyError(
            f"the hosts of {source.name} have changed since this page was opened; "
            "read the terms of those that it names now, and confirm again"
        )
    confirmation = TermsConfirmation.objects.create(
        source=source,
        confirmed_by=by,
        confirmed_at=at,
        note=note,
        hosts=list(source.declaration.get("hosts", [])),  # in their order
    )
    record_event("terms_confirmed", source, by=by, at=at, note=note)
    return confirmation


@transaction.atomic
def store_capability(
    run_uid: UUID, said: Mapping[str, object], *, proposed_kind: str | None, at: datetime
) -> Capability:
    """Store what a probe's run found; the same run again changes nothing."""
    run = SearchRun.objects.select_related("source").get(uid=run_uid)
    capability, is_new = Capability.objects.get_or_create(
        search_run=run,
        defaults={
            "source": run.source,
            "found_at": at,
            "said": storable_json(said),
            "proposed_kind": proposed_kind,
        },
    )
    if is_new:
        record_event("source_probed", run.source, by=None, at=at, proposed_kind=proposed_kind)
    return capability
