"""How well eligibility is ranked on a labelled set: the recipe by cross-validation, or a model as it is."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import cast

import numpy as np
from rich.table import Table

from classifier.card import METRIC_NAMES, VIEW_NAMES
from classifier.evaluation import (
    KEYWORDS,
    RANKER,
    RESAMPLES,
    count_records,
    evaluate_recipe,
    keyword_view_scores,
    measure_systems,
)
from classifier.folds import FoldPlan
from classifier.ranker import Recipe
from classifier.records import LabelledRecord, RecordsError, read_labelled_records, snapshot_hash
from classifier.registry import LoadedRanker, load_artefact
from classifier.text import View
from classifier.training import ELIGIBILITY
from corpus.vocabulary.errors import ArtefactError
from corpus.vocabulary.protocols import SearchFacet


def bench_eligibility(
    path: Path,
    *,
    facets: Sequence[SearchFacet],
    plan: FoldPlan | None = None,
    resamples: int = RESAMPLES,
    model_version: str | None = None,
    roots: Sequence[Path] = (),
) -> dict[str, object]:
    """Measure the ranker and the keyword baseline on a file of labelled records.

    Without ``model_version`` the recipe is trained afresh in every fold, so any set will do, the shipped one
    too. With it, that model scores the set as it is, and the set must hold nothing that it learnt from.

    Parameters
    ----------
    facets
        The search concepts that the baseline counts, and a freshly trained ranker beside the words.
    roots
        Folders of model versions, the first wins.

    Returns
    -------
    dict
        Plain values for JSON: ``data`` (path, hash, counts), ``method``, ``views`` (figures with intervals by
        view, system and metric; differences from the baseline), ``cpu_seconds`` by system.

    Raises
    ------
    RecordsError
        If the file is no such set, or too small for the folds.
    ArtefactError
        If the model cannot be loaded, or learnt from a record of the set.
    """
    records = read_labelled_records(path)
    plan = plan or FoldPlan()
    try:
        if model_version is None:
            figures = _cross_validated(records, facets=facets, plan=plan, resamples=resamples)
        else:
            loaded = load_artefact(model_version, task=ELIGIBILITY, roots=roots)
            figures = _as_it_is(records, loaded=loaded, facets=facets, plan=plan, resamples=resamples)
    except ValueError as error:
        raise RecordsError(f"{path}: {error}.") from error
    data = {"path": str(path), "snapshot_sha256": snapshot_hash(records), **asdict(count_records(records))}
    return {"benchmark": "eligibility", "data": data, **figures}


def check_no_overlap(records: Sequence[LabelledRecord], *, loaded: LoadedRanker) -> None:
    """Refuse a test set that holds a record the model learnt from, by id or as a copy.

    Raises
    ------
    ArtefactError
        If there is one; names a few.
    """
    ids = {record.id for record in loaded.manifest.training}
    copies = frozenset(copy for record in loaded.manifest.training for copy in record.copy_hashes)
    seen = [record.id for record in records if record.id in ids or not copies.isdisjoint(record.copy_hashes)]
    if seen:
        few = ", ".join(seen[:3]) + (" …" if len(seen) > 3 else "")
        raise ArtefactError(
            f"Model {loaded.manifest.version} learnt from {len(seen)} of these {len(records)} records ({few}): "
            "figures on them would flatter it. Leave the model out to train afresh in every fold."
        )


def render_eligibility(result: Mapping[str, object]) -> Table:
    """Lay a result out as a table: one row a figure, one column a view and system."""
    data = cast("Mapping[str, int]", result["data"])
    views = cast(
        "Mapping[str, Mapping[str, Mapping[str, Mapping[str, Mapping[str, float]]]]]", result["views"]
    )
    seconds = cast("Mapping[str, float]", result["cpu_seconds"])
    table = Table(
        title=f"Eligibility: {data['included']} included, {data['excluded']} excluded, {data['groups']} groups",
        caption=f"{result['method']}. 95 % intervals. Processor time: "
        + ", ".join(f"{system} {spent:.1f} s" for system, spent in seconds.items()),
    )
    table.add_column("figure")
    columns = [(view, system) for view, measured in views.items() for system in measured["systems"]]
    for view, system in columns:
        table.add_column(f"{system}\n{VIEW_NAMES[view]}", justify="right")
    for metric, name in METRIC_NAMES.items():
        cells = [views[view]["systems"][system][metric] for view, system in columns]
        table.add_row(name, *(f"{c['value']:.3f} ({c['low']:.2f} to {c['high']:.2f})" for c in cells))
    return table


def _cross_validated(
    records: Sequence[LabelledRecord], *, facets: Sequence[SearchFacet], plan: FoldPlan, resamples: int
) -> dict[str, object]:
    recipe = Recipe()
    evaluation = evaluate_recipe(records, recipe=recipe, facets=facets, plan=plan, resamples=resamples)
    method = f"{plan.folds}-fold cross-validation by group, {plan.repeats} times, seed {plan.random_state}"
    return {
        "method": method,
        "recipe": recipe.described(),
        **evaluation.as_json(),
        "cpu_seconds": dict(evaluation.cpu_seconds),
    }


def _as_it_is(
    records: Sequence[LabelledRecord],
    *,
    loaded: LoadedRanker,
    facets: Sequence[SearchFacet],
    plan: FoldPlan,
    resamples: int,
) -> dict[str, object]:
    check_no_overlap(records, loaded=loaded)
    began = time.process_time()
    ranked = {view: loaded.ranker.scores(records, view=view) for view in View}
    scored = time.process_time()
    counted = {view: keyword_view_scores(records, view=view, facets=facets) for view in View}
    cpu_seconds = {RANKER: scored - began, KEYWORDS: time.process_time() - scored}
    views = {
        view.name.lower(): asdict(
            measure_systems(
                records,
                scores={RANKER: ranked[view][np.newaxis, :], KEYWORDS: counted[view][np.newaxis, :]},
                resamples=resamples,
                random_state=plan.random_state,
            )
        )
        for view in View
    }
    return {
        "method": f"model {loaded.manifest.version} as it is, on records that it did not learn from",
        "counts": asdict(count_records(records)),
        "resamples": resamples,
        "views": views,
        "cpu_seconds": cpu_seconds,
    }
