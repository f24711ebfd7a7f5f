"""The declarations of sources: those that ship, and the installation's own. No database is asked."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from corpus.protocol import key_lines, line_of
from corpus.vocabulary.errors import SourceError
from harvester.declarations import SourceDeclaration, load_declaration, shipped_declarations

FOLDER = "sources"
"""Where in the data folder the installation's own declarations lie."""

_SLUG = re.compile(rb"""^\s*slug\s*=\s*["']([a-z0-9-]+)["']""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Declared:
    """What is declared, and what cannot be read.

    Attributes
    ----------
    by_slug
        The declarations. A source whose own file is broken is not among them, nor is what ships under its name: the
        installation meant to overrule that.
    broken
        Why each broken file cannot be read, by the source that it seems to declare; each sentence names its file.
    """

    by_slug: Mapping[str, SourceDeclaration]
    broken: Mapping[str, str]


def read_declarations(data_dir: Path) -> Declared:
    """Return all declarations; those under the data folder overrule shipped ones, and a broken file stops no other."""
    by_slug = {d.slug: d for d in shipped_declarations()}
    broken: dict[str, str] = {}
    files: dict[str, Path] = {}
    folder = data_dir / FOLDER
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix.lower() != ".toml":
            continue
        try:
            declaration = load_declaration(path)
        except SourceError as error:
            slug = _slug_meant(path)
            broken[slug] = f"{broken[slug]}\n{error}" if slug in broken else str(error)
        else:
            slug = declaration.slug
            if (other := files.get(slug)) is not None:
                broken[slug] = (
                    f'{path}: slug: "{slug}" is what {other} calls its source; give one of them another slug, or remove one.'
                )
            files.setdefault(slug, path)
            by_slug[slug] = declaration
    return Declared({slug: d for slug, d in by_slug.items() if slug not in broken}, broken)


def declared_in(data_dir: Path) -> Mapping[str, SourceDeclaration]:
    """Return the declarations that can be read, by slug; those under the data folder overrule shipped ones."""
    return read_declarations(data_dir).by_slug


def nearest_first(slug: str, declared: Iterable[str]) -> str:
    """Return in words which declared sources may have been meant, and that there are others."""
    names = sorted(declared)
    if near := get_close_matches(slug, names, n=3, cutoff=0.5):
        return f"the nearest: {', '.join(near)} (`greysift sources list` shows all {len(names)})"
    return f"there is: {', '.join(names)}"


def undeclared(document: str, sources: Iterable[str], *, name: str, data_dir: Path) -> list[str]:
    """Return a sentence with key and line for each source that a protocol uses and nobody has declared.

    It is no error: a source may be declared later, or its records be handed over by people.
    """
    declared = read_declarations(data_dir)
    line = line_of(key_lines(document), ("sources", "use"))
    known = ", ".join(sorted(declared.by_slug))
    return [
        f"{name}:{line}: sources.use: nobody has declared {slug!r} yet; declared are: {known}; "
        f"add others as {data_dir / FOLDER}/NAME.toml"
        if slug not in declared.broken
        else f"{name}:{line}: sources.use: the declaration of {slug!r} cannot be read: {declared.broken[slug]}"
        for slug in sources
        if slug not in declared.by_slug
    ]


def _slug_meant(path: Path) -> str:
    """Return the source that a broken file seems to declare: by the line that says so, else by the file's name."""
    try:
        said = _SLUG.search(path.read_bytes())
    except OSError:
        said = None
    return said[1].decode() if said else path.stem
