"""Screening simulated by ASReview 3 with its default model, in an environment that has it.

Reads the pool as JSON from standard input, writes the order of reading there. Run by the interpreter of that
environment, never imported: ASReview is no library of this project.
"""

import json
import sys
import time
from importlib.metadata import version

import numpy as np
import pandas as pd
from asreview import ActiveLearningCycle, Simulate
from asreview.models.models import AI_MODEL_CONFIGURATIONS


def main() -> None:
    """Simulate one screening, one record at a time, until the last include is found."""
    pool = json.load(sys.stdin)
    known = pool["known"]
    model = next(model for model in AI_MODEL_CONFIGURATIONS if model["name"] == "elas_u4")
    records = pd.DataFrame({"title": pool["titles"], "abstract": pool["abstracts"]})

    began = time.process_time()
    simulation = Simulate(
        records,
        np.asarray(pool["labels"]),
        ActiveLearningCycle.from_meta(model["value"]),
        print_progress=False,
    )
    simulation.label(known)
    simulation.review()
    spent = time.process_time() - began

    read = [int(index) for index in simulation._results["record_id"]][len(known) :]  # noqa: SLF001 - no other way
    json.dump({"read": read, "cpu_s": spent, "version": version("asreview")}, sys.stdout)


if __name__ == "__main__":
    main()
