"""Declared sources: those that ship and those that the installation adds."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from corpus.selectors.enabling import hindrances_of
from corpus.selectors.reviews import all_reviews, protocol_of
from corpus.selectors.sources import source_by_slug
from corpus.services.sources import ensure_source
from corpus.vocabulary.errors import SourceError
from greysift.jobs.declared import FOLDER, Declared, declared_in, nearest_first, read_declarations
from harvester.declarations import SourceDeclaration, UploadDeclaration, declaration_as_plain

if TYPE_CHECKING:
    from corpus.models import Source


def sources_dir() -> Path:
    """Return where the installation's own declarations lie."""
    return Path(settings.DATA_DIR) / FOLDER


def declarations() -> Mapping[str, SourceDeclaration]:
    """Return the declarations that can be read, by slug; the installation's own overrule shipped ones."""
    return declared_in(Path(settings.DATA_DIR))


def declared_now() -> Declared:
    """Return the declarations, and beside them what cannot be read."""
    return read_declarations(Path(settings.DATA_DIR))


def declaration_of(slug: str) -> SourceDeclaration:
    """Return one declaration.

    Raises
    ------
    SourceError
        When there is none, and the text names the nearest; or when its own file cannot be read, and the text says
        why.
    """
    declared = declared_now()
    if slug in declared.broken:
        raise SourceError(declared.broken[slug])
    if slug not in declared.by_slug:
        unread = "".join(f"\n{why}" for why in declared.broken.values())
        raise SourceError(
            f'no source "{slug}" is declared; {nearest_first(slug, declared.by_slug)}; '
            f"add others as {sources_dir()}/NAME.toml{unread}"
        )
    return declared.by_slug[slug]


def declare(declaration: SourceDeclaration) -> "Source":
    """Store a declared source, or bring the stored one up to its declaration."""
    return ensure_source(
        declaration.slug,
        name=declaration.name,
        organisation=declaration.organisation,
        kind=declaration.kind,
        declaration=declaration_as_plain(declaration),
        at=timezone.now(),
    )


def declare_sources() -> list[SourceDeclaration]:
    """Store every declared source; return the declarations by slug."""
    declared = [d for _, d in sorted(declarations().items())]
    for declaration in declared:
        declare(declaration)
    return declared


def why_not_crawled(declaration: SourceDeclaration, source: "Source") -> str | None:
    """Return the sentence that says what must happen before a source may be crawled; ``None`` when it may."""
    if isinstance(declaration, UploadDeclaration):
        return (
            f"{declaration.slug} is never crawled: search it by hand, export what you find, and hand the file over with "
            f'`greysift import FILE.csv --source {declaration.slug} --strategy "the query" --by NAME`'
        )
    if declaration.is_loopback:
        return None
    return "; ".join(hindrances_of(source, hosts=declaration.hosts)) or None


def is_on_this_machine(slug: str) -> bool:
    """Return whether a source is declared to run on this machine, and so needs nobody's word to be crawled."""
    declaration = declared_now().by_slug.get(slug)
    return declaration is not None and declaration.is_loopback


@dataclass(frozen=True, slots=True)
class SourcesInUse:
    """The sources that the installation's reviews name: those to crawl, and why the others are not crawled."""

    to_crawl: tuple[str, ...]
    passed_over: Mapping[str, str]


def sources_in_use() -> SourcesInUse:
    """Return the sources that the installation's reviews name, in their order.

    Raises
    ------
    SourceError
        When one of them is known to nobody, or none can be crawled; the text says why.
    """
    found = declared_now()
    declared, broken = found.by_slug, found.broken
    named = dict.fromkeys(slug for review in all_reviews() for slug in protocol_of(review).sources)
    unknown = [slug for slug in named if slug not in {**declared, **broken} and source_by_slug(slug) is None]
    if unknown:
        raise SourceError(
            f"a protocol names under sources.use what nobody has declared: {', '.join(unknown)}; "
            f"declared are: {', '.join(sorted(declared))}"
        )
    known = [declared[slug] for slug in named if slug in declared]
    passed_over = {
        declaration.slug: why
        for declaration in known
        if (why := why_not_crawled(declaration, declare(declaration))) is not None
    }
    passed_over |= {slug: broken[slug] for slug in named if slug in broken}
    to_crawl = tuple(declaration.slug for declaration in known if declaration.slug not in passed_over)
    if not to_crawl:
        reasons = "; ".join(passed_over.values()) or ", ".join(named) or "none at all"
        raise SourceError(f"the reviews name no source that can be crawled now ({reasons})")
    return SourcesInUse(to_crawl, passed_over)


def reviews_using(slug: str) -> list[str]:
    """Return the reviews whose protocols name a source: only their queues show its records."""
    return [review.slug for review in all_reviews() if slug in protocol_of(review).sources]
