"""``python -m greysift``."""

from greysift.cli import main

main()
