"""``greysift harvest``."""

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.vocabulary.errors import BusyError, GreysiftError, NotNowError
from greysift.cli.corpus_access import open_corpus
from greysift.cli.output import PUT_OFF, complain, emit_json, say, warn
from greysift.cli.progress import crawl_progress
from greysift.cli.summary import summary

if TYPE_CHECKING:
    from greysift.jobs.harvest import HarvestOutcome


def harvest(
    *,
    source: Annotated[list[str] | None, typer.Option(help="A source; else all that the reviews use.")] = None,
    replay: Annotated[
        Path | None,
        typer.Option(help="A recorded crawl to repeat without network.", exists=True, dir_okay=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Crawl sources, or replay a recorded crawl, and store what they hold.

    A crawl that was killed or put off is taken up by the same command; one that another process is at work on is waited
    for. Exit status 1 when a run got less than its source holds, 4 when its source is to be asked later.
    """
    open_corpus()
    if replay is not None and source:
        raise typer.BadParameter("a replay takes its source from the recording; leave --source out")
    wanted = [] if replay else source or _in_use()
    if len(wanted) > 1:
        _each_in_its_own_process(wanted, as_json=as_json)
        return
    try:
        outcome = _one(wanted, replay)
    except GreysiftError as error:
        if as_json:
            emit_json({"source": wanted[0] if wanted else None, **_why_not(error)})
        raise
    report(outcome, as_json=as_json)


def _in_use() -> list[str]:
    """Return the sources that the reviews use and that may be crawled; say of each other why it may not."""
    from greysift.jobs.sources import sources_in_use

    in_use = sources_in_use()
    for name, why in in_use.passed_over.items():
        warn(f"{name} is passed over: {why}")
    return list(in_use.to_crawl)


def _one(wanted: list[str], replay: Path | None) -> "HarvestOutcome":
    with crawl_progress(replay.name if replay else wanted[0]) as show:

        def tell(holder: str) -> None:
            warn(f"{wanted[0]} is being crawled by {holder}: waiting for it, to go on if it dies")

        from greysift.jobs.harvest import harvest_source, replay_warc

        if replay:
            return replay_warc(replay, progress=show)
        return harvest_source(wanted[0], progress=show, waiting=tell)


def _why_not(error: GreysiftError) -> dict[str, object]:
    """Return, for machines, why there was no crawl."""
    if isinstance(error, NotNowError):
        return {"status": "put off", "until": error.until.isoformat(), "why": str(error)}
    return {"status": "busy" if isinstance(error, BusyError) else "refused", "why": str(error)}


def _each_in_its_own_process(sources: list[str], *, as_json: bool) -> None:
    """Crawl one source after the other; a reactor runs once in a process, and one failure stops no other."""
    codes, answers = set[int](), []
    for name in sources:
        command = [
            sys.executable,
            "-m",
            "greysift",
            "harvest",
            "--source",
            name,
            *(["--json"] if as_json else []),
        ]
        done = subprocess.run(  # noqa: S603 - our own command
            command, check=False, stdout=subprocess.PIPE if as_json else None
        )
        codes.add(done.returncode)
        if as_json:
            answers.append(_answer(done.stdout) or {"source": name, "status": "broken off"})
    if as_json:
        emit_json(answers)
    if any(codes):
        raise typer.Exit(PUT_OFF if codes <= {0, PUT_OFF} else 1)


def _answer(said: bytes) -> object:
    """Return what a crawl said of itself; one that was killed said nothing."""
    try:
        return json.loads(said)
    except ValueError:
        return None


def report(outcome: "HarvestOutcome", *, as_json: bool) -> None:
    """Say how a run ended; exit status 1 when it failed."""
    from corpus.policies import sentences_of
    from corpus.selectors.completeness import earlier_yields
    from corpus.selectors.figures import figures_of
    from greysift.jobs.sources import reviews_using

    run = outcome.run
    figures, reviews = figures_of(run), reviews_using(run.source.slug)
    if as_json:
        emit_json(
            {
                "run": run.uid,
                "source": run.source.slug,
                "status": run.status,
                "expected": figures.expected_records,
                "got": figures.met_records,
                "counts": run.counts,
                "figures": figures.as_json(),
                "failures": run.failures,
                "fewer_accepted_why": run.fewer_accepted_why,
                "missing": {what: of["number"] for what, of in run.missing.items()},
                "shortfall_accepted_why": run.accepted_shortfall
                and run.accepted_shortfall.shortfall_accepted_why,
                "notes": run.notes,
                "reviews": reviews,
                "was_known": outcome.was_known,
            }
        )
    else:
        has_history = bool(earlier_yields(run))
        for line in summary(figures, reviews=reviews, was_known=outcome.was_known, has_history=has_history):
            say(line)
    is_accepted = run.fewer_accepted_why is not None or run.accepted_shortfall is not None
    accepted = [*run.failures, *sentences_of(run.missing)] if is_accepted else []
    failures = [f for f in dict.fromkeys((*run.failures, *outcome.result.failures)) if f not in accepted]
    for failure in failures:
        complain(failure)
    if failures:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("harvest")(harvest)
