"""``greysift import``: files that people hand over."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from corpus.vocabulary.errors import HandOverError
from greysift.cli.corpus_access import open_corpus
from greysift.cli.later import NOT_AVAILABLE
from greysift.cli.output import complain, emit_json, say, warn

if TYPE_CHECKING:
    from greysift.jobs.handover import File, HandedOver, Origin

PDF, CSV = ".pdf", ".csv"


def take_in(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Exports (CSV) or documents (PDF).")],
    *,
    source: Annotated[
        str, typer.Option(help="The database that was searched, or whose document it is.")
    ] = "",
    strategy: Annotated[
        str, typer.Option(help="The query as it was typed; for a document, how it was obtained.")
    ] = "",
    by: Annotated[str, typer.Option(help="Who hands it over (an account's name).")] = "",
    title: Annotated[str | None, typer.Option(help="A document's title.")] = None,
    url: Annotated[str | None, typer.Option(help="A document's address, where it has one.")] = None,
    published: Annotated[
        str | None, typer.Option(help="A document's date: 2019, 2019-05 or 2019-05-17.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published a document.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Take in exports of Publish or Perish (CSV), or one document (PDF) that no crawl can get.

    Each file is one dated search run; the same file again changes nothing. Rows that cannot be read are named with their
    line and kept aside. Other formats are not available yet.
    """
    kinds = [path.suffix.lower() for path in files]
    for path, kind in zip(files, kinds, strict=True):
        if kind not in {PDF, CSV}:
            _not_yet(f"{path}: importing {kind or 'files without an ending'}")
    for option, value in (("--source", source), ("--strategy", strategy), ("--by", by)):
        if not value.strip():
            raise typer.BadParameter(f"say {option}: a search nobody can repeat is no evidence")
    if PDF in kinds and (len(files) > 1 or title is None or not title.strip()):
        raise typer.BadParameter("hand over one PDF at a time, with its --title")
    if PDF not in kinds and any((title, url, published, publisher)):
        raise typer.BadParameter("--title, --url, --published and --publisher describe a PDF; leave them out")
    given = [(path, _bytes(path)) for path in files]
    open_corpus()
    from django.utils import timezone

    from greysift.jobs.handover import File, Origin
    from greysift.jobs.handover_document import Described, take_in_document

    origin = Origin(source=source, strategy=strategy, by=by)
    outcomes = []
    for path, data in given:
        file = File(path.name, data)
        if title is not None:
            described = Described(title.strip(), url=url, published=published, publisher=publisher)
            outcome = take_in_document(file, described=described, origin=origin, at=timezone.now())
        else:
            outcome = _take_in_export(file, origin=origin)
        outcomes.append(outcome)
    _report(outcomes, source=source, as_json=as_json)


def _take_in_export(file: "File", *, origin: "Origin") -> "HandedOver":
    from django.utils import timezone

    from corpus.exchange.publish_or_perish import NotAnExportError
    from greysift.jobs.handover import take_in_export

    try:
        return take_in_export(file, origin=origin, at=timezone.now())
    except NotAnExportError as error:
        _not_yet(f"{file.name}: {error}; importing other CSV files")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise HandOverError(f"{path} cannot be read: {error.strerror}") from error


def _not_yet(what: str) -> NoReturn:
    complain(f"{what} is not available yet")
    raise typer.Exit(NOT_AVAILABLE)


def _report(outcomes: "list[HandedOver]", *, source: str, as_json: bool) -> None:
    if as_json:
        emit_json(
            [
                {
                    "run": outcome.run.uid,
                    "source": source,
                    "status": outcome.run.status,
                    "strategy": outcome.run.strategy,
                    "counts": outcome.run.counts,
                    "kept_aside": outcome.run.failures,
                    "was_known": outcome.was_known,
                }
                for outcome in outcomes
            ]
        )
        return
    for outcome in outcomes:
        name = outcome.run.strategy["file"]["name"]
        if outcome.was_known:
            say(f"{name}: was handed over before, on {outcome.run.started_at:%Y-%m-%d}; nothing is new.")
        else:
            say(f"{name}: taken in from {source}: {outcome.run.got} record(s).")
        for remark in outcome.run.failures:
            warn(f"{name}: {remark}")
    if not any(outcome.is_used for outcome in outcomes):
        say(
            f"Note: no review uses {source}: add it under sources.use, then `greysift protocol import --why …`"
        )


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(take_in)
