"""The card of a model version: its manifest in words and one table."""

from collections.abc import Mapping
from typing import cast

from classifier.manifest import Manifest

METRIC_NAMES = {
    "roc_auc": "ROC-AUC",
    "average_precision": "average precision",
    "wss_95": "WSS@95",
    "recall_10": "recall at 10 %",
    "recall_20": "recall at 20 %",
    "recall_50": "recall at 50 %",
}
VIEW_NAMES = {"full": "title, publisher, summary", "title": "title only"}

_Figures = Mapping[str, Mapping[str, Mapping[str, float]]]


def model_card(manifest: Manifest) -> str:
    """Write the card: what the model is for, what it learnt from, how it was measured, its limits."""
    counts = cast("Mapping[str, int]", manifest.evaluation["counts"])
    folds = cast("Mapping[str, int]", manifest.evaluation["cross_validation"])
    base_rate = counts["included"] / (counts["included"] + counts["excluded"])
    recipe = manifest.recipe
    return f"""# {manifest.task} {manifest.version}

**For**: putting records in the order in which people screen them. It orders; it excludes nothing, and its
score is no probability. For other topics, countries or kinds of document it is not known to be of use.

**Learnt from**: {counts["included"]} included and {counts["excluded"]} excluded records in {counts["groups"]} groups of copies
({counts["unclear"]} unclear ones were scored, and neither learnt from nor measured). Snapshot
`{manifest.snapshot_sha256[:16]}`.

{manifest.data}

**How**: tf-idf of words and of up to {recipe.longest_phrase} words in a row, the title counted {recipe.title_weight} times, and the
keyword score (how often the terms of the search occur) as one more feature; class-balanced logistic
regression, C = {recipe.regularisation:g}{"; each record is learnt twice, as a whole and by its title alone" if recipe.learns_titles else ""}.

**Measured** by {folds["folds"]}-fold cross-validation that keeps copies together, repeated {folds["repeats"]} times; in brackets
the 95 % interval from {manifest.evaluation["resamples"]} bootstrap samples of the groups. A random order would have ROC-AUC .50, average precision
{_number(base_rate)}, WSS@95 .00. The baseline is the keyword score alone.

{_table(manifest)}

WSS@95 is that of Cohen et al. 2006; equal scores count as every order of them on average.

**Limits**: the recipe was chosen on the records of the shipped set, among some twenty variants, so figures on
those are somewhat optimistic. The intervals say how few the included records are.

**Made** {manifest.made_at.date().isoformat()} with {", ".join(f"{name} {version}" for name, version in manifest.libraries.items())}; code {manifest.code_version}, seed {manifest.random_state}.
To reproduce: train on the same records with the same search terms (they are in `manifest.json`) and the same
libraries; the version comes out the same, and so do the figures.
"""


def _table(manifest: Manifest) -> str:
    views = cast("Mapping[str, Mapping[str, _Figures]]", manifest.evaluation["views"])
    columns = [
        (f"{system}, {VIEW_NAMES[view]}", figures)
        for view, measured in views.items()
        for system, figures in measured["systems"].items()
    ]
    lines = [
        "| figure | " + " | ".join(name for name, _ in columns) + " |",
        "| --- |" + " --- |" * len(columns),
    ]
    for metric, name in METRIC_NAMES.items():
        cells = [_estimate(figures[metric]) for _, figures in columns]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _estimate(estimate: Mapping[str, float]) -> str:
    return f"{_number(estimate['value'])} ({_number(estimate['low'])} to {_number(estimate['high'])})"


def _number(value: float) -> str:
    text = f"{value:.2f}"
    return text.replace("0.", ".", 1) if abs(value) < 0.995 else text
