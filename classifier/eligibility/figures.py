"""What an order of screening was worth, by the names that the field uses."""

from collections.abc import Sequence

import numpy as np

from classifier.metrics import mean_rank, ndcg, recall_at, roc_auc, tie_groups, work_saved_over_sampling


def screening_figures(found: Sequence[int]) -> dict[str, float]:
    """Measure an order of screening: ``loss``, ``ndcg``, ``wss95``, ``wss100``, ``rrf10``, ``atd``.

    ``loss`` is what is lost of the best possible recall curve (1 - ROC-AUC). WSS is Cohen's. ``rrf10`` is the share of
    the includes found after reading the first tenth, ``atd`` the mean rank of an include.

    Parameters
    ----------
    found
        The label of each record, in the order of reading: 1 or 0. Records whose labels were known before screening
        began are not among them; those that nobody read stand last.

    Raises
    ------
    ValueError
        If a label is neither 0 nor 1, or a class is absent.
    """
    groups = tie_groups(found, -np.arange(len(found)))
    return {
        "loss": 1 - roc_auc(groups),
        "ndcg": ndcg(groups),
        "wss95": work_saved_over_sampling(groups, recall=0.95),
        "wss100": work_saved_over_sampling(groups, recall=1.0),
        "rrf10": recall_at(groups, share=0.10),
        "atd": mean_rank(groups),
    }
