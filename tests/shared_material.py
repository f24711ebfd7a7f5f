"""Where the real material lies that may not be copied into the project, and the mark for tests that need it."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("GREYSIFT_SHARED", REPOSITORY.parent / "shared"))

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"no real material at {SHARED}: set GREYSIFT_SHARED"
)
