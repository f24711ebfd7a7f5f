"""``greysift train``, ``rank``, ``evaluate`` and ``models``."""

from typing import TYPE_CHECKING, Annotated

import typer

from greysift.cli.corpus_access import open_corpus
from greysift.cli.output import emit_json, said, say, table

if TYPE_CHECKING:
    from corpus.models import TrainedModel

group = typer.Typer(no_args_is_help=True, help="The registry of trained models.")
ReviewOption = Annotated[str | None, typer.Option("--review", help="Which review, when there are several.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Why = Annotated[str, typer.Option(help="Why; kept in the log.", callback=said)]
METRICS = {
    "roc_auc": "AUC",
    "average_precision": "AP",
    "wss_95": "WSS@95",
    "recall_10": "R@10",
    "recall_20": "R@20",
    "recall_50": "R@50",
}


def train(*, review: ReviewOption = None, as_json: Json = False) -> None:
    """Make a new model version from the settled decisions, and measure it beside the one that serves."""
    open_corpus()
    from django.utils import timezone

    from corpus.selectors.reviews import review_by_slug
    from greysift.jobs.registry import register_found_models
    from greysift.jobs.training import train_from_decisions

    register_found_models(at=timezone.now())
    outcome = train_from_decisions(review_by_slug(review), at=timezone.now())
    if as_json:
        emit_json(
            {
                "version": outcome.model.version,
                "decisions": outcome.decisions,
                "metrics": outcome.model.metrics,
            }
        )
        return
    say(
        f"Model {outcome.model.version} was trained on {outcome.records} records, {outcome.decisions} of them "
        f"decided in this review. It does not serve yet; beside the one that does, on the same folds:"
    )
    _show_models([outcome.model], serving=outcome.champion)
    say(f"`greysift models promote {outcome.model.version} --why …` lets it serve.")


def rank(
    *,
    review: ReviewOption = None,
    most: Annotated[int, typer.Option(min=1, help="How many to print.")] = 20,
    as_json: Json = False,
) -> None:
    """Score every candidate with the model that serves, and show the best."""
    open_corpus()
    from django.utils import timezone

    from corpus.selectors.reviews import review_by_slug
    from greysift.jobs.registry import register_found_models
    from greysift.jobs.scoring import score_review
    from greysift.jobs.standing import ranked_candidates

    chosen = review_by_slug(review)
    register_found_models(at=timezone.now())
    counts = score_review(chosen, at=timezone.now())
    rows = ranked_candidates(chosen, counts.model)
    if as_json:
        emit_json(
            {
                "model": counts.model.version,
                "candidates": counts.candidates,
                "out_of_fold": counts.out_of_fold,
                "new_scores": counts.new,
                "ranked": [row.as_json() for row in rows],
            }
        )
        return
    if not rows:
        say(
            f"Review {chosen.slug} has no candidate yet: none of the sources that its protocol names under sources.use "
            "has a complete run. `greysift harvest` makes one; `greysift sources status` says how the last ones went."
        )
        return
    table(f"Candidates of {chosen.slug}, best first", row_heads(), [row.cells() for row in rows[:most]])
    say(
        f"{counts.candidates} candidates scored by model {counts.model.version} ({counts.new} scores are new); "
        f"{counts.out_of_fold} are records, or copies of records, that it was made from: these are ranked out of fold, "
        "by models of the same recipe that had not seen them."
    )


def row_heads() -> list[str]:
    """Return the heads of a ranked table."""
    return ["rank", "title", "publisher", "year", "basis"]


def evaluate(*, as_json: Json = False) -> None:
    """Show how the model that serves did by cross-validation, beside counting keywords."""
    open_corpus()
    from django.utils import timezone

    from greysift.jobs.registry import register_found_models, serving_ranker

    register_found_models(at=timezone.now())
    model, ranker = serving_ranker()
    if as_json:
        emit_json({"version": model.version, "evaluation": ranker.manifest.evaluation})
        return
    from greysift.bench.eligibility import render_eligibility
    from greysift.cli.output import console

    evaluation = ranker.manifest.evaluation
    method = f"model {model.version}, cross-validated by group on what it was trained on"
    console.print(
        render_eligibility({**evaluation, "data": evaluation["counts"], "method": method, "cpu_seconds": {}})
    )


@group.command("list")
def list_models(*, as_json: Json = False) -> None:
    """Show every version, which one serves, and how they did on the same folds."""
    open_corpus()
    from django.utils import timezone

    from classifier.training import ELIGIBILITY
    from corpus.selectors.registry import registered_models, serving_model
    from greysift.jobs.registry import register_found_models

    register_found_models(at=timezone.now())
    serving = serving_model(ELIGIBILITY)
    models = registered_models(ELIGIBILITY)
    if as_json:
        emit_json(
            [
                {
                    "version": m.version,
                    "location": m.location,
                    "made_at": m.made_at,
                    "serves": serving is not None and m.pk == serving.pk,
                    "metrics": m.metrics,
                }
                for m in models
            ]
        )
        return
    _show_models(models, serving=serving.version if serving else None)


def _show_models(models: list["TrainedModel"], *, serving: str | None) -> None:
    rows: list[list[object]] = []
    for model in models:
        rows.append(_row(model.version, "serves" if model.version == serving else "", model.metrics["own"]))
        if beside := model.metrics.get("champion"):
            rows.append(_row(f"  {beside['version']}", "on the same folds", beside["evaluation"]))
    table(
        "Eligibility models, cross-validated (title, publisher and summary)",
        ["version", "", "n", *METRICS.values()],
        rows,
    )


def _row(version: str, note: str, evaluation: dict[str, object]) -> list[object]:
    views: dict[str, dict[str, dict[str, dict[str, dict[str, float]]]]] = evaluation["views"]  # type: ignore[assignment]  # JSON
    counts: dict[str, int] = evaluation["counts"]  # type: ignore[assignment]  # JSON
    figures = views["full"]["systems"]["ranker"]
    return [version, note, counts["records"], *(figures[m]["value"] for m in METRICS if m in figures)]


@group.command()
def show(version: str, *, as_json: Json = False) -> None:
    """Show a version's card: data, limits, figures."""
    open_corpus()
    from classifier.card import model_card
    from classifier.registry import load_artefact
    from classifier.training import ELIGIBILITY
    from greysift.jobs.registry import model_roots

    manifest = load_artefact(version, task=ELIGIBILITY, roots=model_roots()).manifest
    typer.echo(manifest.to_json() if as_json else model_card(manifest))


@group.command()
def promote(version: str, *, why: Why, as_json: Json = False) -> None:
    """Let a version serve."""
    open_corpus()
    from django.utils import timezone

    from classifier.training import ELIGIBILITY
    from corpus.services.registry import promote_model
    from greysift.jobs.registry import register_found_models
    from greysift.jobs.scoring import score_all_reviews

    register_found_models(at=timezone.now())
    model = promote_model(ELIGIBILITY, version, by=None, at=timezone.now(), why=why)
    score_all_reviews(at=timezone.now())
    if as_json:
        emit_json({"serves": model.version})
        return
    say(f"Model {model.version} serves now; every candidate has its score.")


@group.command()
def rollback(*, why: Why, as_json: Json = False) -> None:
    """Let the version serve that served before."""
    open_corpus()
    from django.utils import timezone

    from classifier.training import ELIGIBILITY
    from corpus.services.registry import roll_back_model
    from greysift.jobs.scoring import score_all_reviews

    model = roll_back_model(ELIGIBILITY, by=None, at=timezone.now(), why=why)
    score_all_reviews(at=timezone.now())
    if as_json:
        emit_json({"serves": model.version})
        return
    say(f"Model {model.version} serves again.")


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("train")(train)
    app.command("rank")(rank)
    app.command("evaluate")(evaluate)
    app.add_typer(group, name="models")
