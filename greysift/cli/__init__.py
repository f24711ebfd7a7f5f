"""The command line: the API of operations.

Exit status: 0 done, 1 failed, 2 wrong usage, 3 not available yet.
"""

import sys

from corpus.vocabulary.errors import GreysiftError
from greysift.cli.app import app
from greysift.cli.output import complain


def main() -> None:
    """Run the command line; errors that a person can mend are sentences, not tracebacks."""
    try:
        app()
    except GreysiftError as error:
        complain(str(error))
        sys.exit(1)


__all__ = ["main"]
