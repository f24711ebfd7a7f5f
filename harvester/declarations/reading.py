"""Reading declarations: from TOML files, and from the plain values that recordings and the corpus hold."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ValidationError

from corpus.vocabulary.errors import SourceError
from harvester.declarations.common import SourceDeclaration
from harvester.declarations.drupal import DrupalDeclaration
from harvester.declarations.govuk import GovukDeclaration
from harvester.declarations.listing import ListingDeclaration
from harvester.declarations.oaipmh import OaipmhDeclaration
from harvester.declarations.openalex import OpenalexDeclaration
from harvester.declarations.sitemap import SitemapDeclaration
from harvester.declarations.upload import UploadDeclaration
from harvester.declarations.wordpress import WordpressDeclaration

KINDS: dict[str, type[SourceDeclaration]] = {
    "drupal": DrupalDeclaration,
    "govuk": GovukDeclaration,
    "listing": ListingDeclaration,
    "sitemap": SitemapDeclaration,
    "oaipmh": OaipmhDeclaration,
    "openalex": OpenalexDeclaration,
    "upload": UploadDeclaration,
    "wordpress": WordpressDeclaration,
}


def shipped_declarations() -> tuple[SourceDeclaration, ...]:
    """Return the declarations that come with the package, by slug."""
    folder = files("harvester") / "sources"
    found = (_load(entry, name=entry.name) for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted(found, key=lambda declaration: declaration.slug))


def load_declaration(path: Path) -> SourceDeclaration:
    """Read a declaration.

    Raises
    ------
    SourceError
        When the file cannot be read, or a key is missing, unknown or wrong; the text names file and key.
    """
    return _load(path, name=str(path))


def parse_declaration(plain: Mapping[str, object], *, name: str) -> SourceDeclaration:
    """Read a declaration from plain values, as a recording holds it.

    Raises
    ------
    SourceError
        When a key is missing, unknown or wrong; the text names ``name`` and key.
    """
    kind = plain.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise SourceError(f"{name}: kind: must be one of {', '.join(sorted(KINDS))}, not {kind!r}.")
    try:
        # as JSON, since there an array may be a tuple in strict mode too
        return KINDS[kind].model_validate_json(json.dumps(plain, default=str))
    except ValidationError as error:
        problems = error.errors()
        places = {problem["loc"][:-1] for problem in problems if problem["loc"]}
        lines = (
            f"{name}: {_key(problem['loc'])}{problem['msg'].removeprefix('Value error, ')}."
            for problem in problems
            # a list whose only items are wrong is not "too short" as well
            if not (problem["type"] == "too_short" and problem["loc"] in places)
        )
        raise SourceError("\n".join(lines)) from error


def declaration_as_plain(declaration: SourceDeclaration) -> dict[str, object]:
    """Return a declaration as plain JSON values, to be kept and read again."""
    return declaration.model_dump(mode="json")


def _load(source: Traversable | Path, *, name: str) -> SourceDeclaration:
    try:
        plain = tomllib.loads(source.read_text(encoding="utf-8-sig"))  # some editors begin with a mark
    except OSError as error:
        raise SourceError(f"{name} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{name} is not TOML: {error}.") from error
    return parse_declaration(plain, name=name)


def _key(location: Iterable[int | str]) -> str:
    key = ".".join(map(str, location))
    return f"{key}: " if key else ""
