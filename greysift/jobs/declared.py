"""The declarations of sources: those that ship, and the installation's own. No database is asked."""

from collections.abc import Iterable
from pathlib import Path

from corpus.protocol import key_lines, line_of
from harvester.declarations import SourceDeclaration, load_declaration, shipped_declarations

FOLDER = "sources"
"""Where in the data folder the installation's own declarations lie."""


def declared_in(data_dir: Path) -> dict[str, SourceDeclaration]:
    """Return all declarations by slug; those under the data folder overrule shipped ones."""
    own = [load_declaration(path) for path in sorted((data_dir / FOLDER).glob("*.toml"))]
    return {d.slug: d for d in (*shipped_declarations(), *own)}


def undeclared(document: str, sources: Iterable[str], *, name: str, data_dir: Path) -> list[str]:
    """Return a sentence with key and line for each source that a protocol uses and nobody has declared.

    It is no error: a source may be declared later, or its records be handed over by people.
    """
    declared = declared_in(data_dir)
    line = line_of(key_lines(document), ("sources", "use"))
    return [
        f"{name}:{line}: sources.use: nobody has declared {slug!r} yet; declared are: {', '.join(sorted(declared))}; "
        f"add others as {data_dir / FOLDER}/NAME.toml"
        for slug in sources
        if slug not in declared
    ]
