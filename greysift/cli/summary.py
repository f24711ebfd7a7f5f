"""What is said at the end of a crawl: what came of what there is, what changed, and what to do next."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.policies import can_accept, can_accept_shortfall, shortfall_words
from corpus.vocabulary.harvest import RECORDS, RunStatus

if TYPE_CHECKING:
    from corpus.models import SearchRun
    from corpus.selectors.figures import Changes, RunFigures

_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def summary(
    figures: "RunFigures", *, reviews: Sequence[str], was_known: bool, has_history: bool
) -> Iterator[str]:
    """Yield the lines of a run's summary.

    Parameters
    ----------
    figures
        The run.
    reviews
        The reviews that use the source.
    was_known
        The run was complete before.
    has_history
        Complete crawls by the same strategy came before.
    """
    run = figures.run
    known = " (this run was here already; nothing is new)" if was_known else ""
    accepted = f"; accepted: {run.fewer_accepted_why}" if run.fewer_accepted_why else ""
    if run.accepted_shortfall is not None:
        of = run.accepted_shortfall
        accepted += f"; short by {shortfall_words(run.missing, most_named=1)}, as {of.shortfall_accepted_by_name} accepts: {of.shortfall_accepted_why}"
    yield f"{run.source.slug}: {run.status}, {_came(figures)}{known}{accepted}"
    yield from (f"  {line}" for line in _holdings(figures, has_history=has_history))
    yield f"  records: {_changes(figures.records)}, {figures.gone} gone"
    yield (
        f"  documents: {figures.retrieved} retrieved ({_changes(figures.documents)}), "
        f"{figures.documents.gone} gone, {sum(figures.not_retrieved.values())} not retrieved"
    )
    for reason, number in figures.not_retrieved.items():
        yield f"    {reason}: {number}"
    yield f"  received: {size(figures.bytes)} in {sum(figures.responses.values())} answers"
    for note in run.notes:
        yield f"  {note}"
    yield f"  next: {_next(figures, reviews=reviews)}"


def size(number: int) -> str:
    """Return a number of bytes in a unit that suits it."""
    amount, unit = float(number), 0
    while amount >= 1000 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.1f} {_UNITS[unit]}" if unit else f"{number} bytes"


def _came(figures: "RunFigures") -> str:
    expected = figures.expected_records
    return (
        f"{figures.got[RECORDS]} records"
        if expected is None
        else f"{figures.met_records} of {expected} records"
    )


def _holdings(figures: "RunFigures", *, has_history: bool) -> Iterator[str]:
    for thing, expected in figures.expected.items():
        if thing != RECORDS:
            yield f"{figures.got.get(thing, 0)} of {expected} {thing}"
    for why, number in figures.set_aside.items():
        yield f"{number} of them are listed and set aside: {why.replace('_', ' ')}"
    if figures.expected:
        yield "measured by what the source says it holds"
    elif figures.run.status == RunStatus.FAILED and not figures.got[RECORDS]:
        return  # it was not asked, or did not answer: nobody knows what it says of itself
    elif has_history:
        yield "the source does not say how much it holds: its earlier crawls alone are the measure"
    else:
        yield "the source does not say how much it holds, and no complete crawl came before: nothing shows that this is all"


def _changes(changes: "Changes") -> str:
    return f"{changes.new} new, {changes.changed} changed, {changes.unchanged} unchanged"


def _next(figures: "RunFigures", *, reviews: Sequence[str]) -> str:
    run = figures.run
    if run.status != RunStatus.COMPLETE:
        return _after_failure(run)
    if not figures.met_records:
        return (
            "the search matched nothing: if the source holds what you look for, its declaration asks for something else "
            "(see its entry and filters)"
        )
    if not reviews:
        return (
            f"no review here uses {run.source.slug}: its records are stored, and no queue shows them; name it under "
            "sources.use in review.toml, then `greysift protocol import --why …`"
        )
    if figures.documents.new or figures.documents.changed:
        return f"`greysift extract` reads the new documents; the records wait in {', '.join(reviews)}"
    return f"nothing to do; the records are in {', '.join(reviews)}"


def _after_failure(run: "SearchRun") -> str:
    accept = f"greysift sources accept {str(run.uid)[:8]}"
    if can_accept(run.failures):
        return f'look at the source; if it does hold less now, `{accept} --why "…" --by NAME`, else harvest again when it is well'
    if can_accept_shortfall(run.failures, run.missing):
        return (
            "harvest again; if so much is missing for good, an owner may say so: "
            f'`{accept} --shortfall --why "…" --by NAME`'
        )
    return "what came is stored, but no review takes it up; harvest again when the trouble is over"
