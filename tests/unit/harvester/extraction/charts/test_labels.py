import numpy as np
import pytest

from corpus.vocabulary.documents import Box
from harvester.extraction.charts.labels import with_labels
from harvester.extraction.lines import Token, line_of

DRAWING = Box(100, 211, 300, 380)
LABEL = line_of([Token("Theorem", Box(110, 189, 160, 199.5)), Token("four", Box(164, 189, 190, 199.5))])


@pytest.mark.parametrize(
    ("prose", "top"),
    [
        (np.empty((0, 4)), LABEL.box.top),
        (np.array([[350.0, 200, 500, 210]]), LABEL.box.top),  # in the next column
        (np.array([[90.0, 200, 320, 210]]), DRAWING.top),
    ],
)
def test_a_label_stands_not_beyond_running_text(prose, top):
    assert with_labels(DRAWING, [LABEL], prose) == Box(100, top, 300, 380)
