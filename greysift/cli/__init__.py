"""The command line: the API of operations.

Exit status: 0 done, 1 failed, 2 wrong usage, 3 not available yet, 4 put off: the same command later goes on.
"""

import sys

from corpus.vocabulary.errors import GreysiftError, NotNowError
from greysift.cli.app import app
from greysift.cli.output import PUT_OFF, complain, warn


def main() -> None:
    """Run the command line; errors that a person can mend are sentences, not tracebacks."""
    try:
        app()
    except NotNowError as later:
        warn(str(later))
        sys.exit(PUT_OFF)
    except GreysiftError as error:
        complain(str(error))
        sys.exit(1)


__all__ = ["main"]
