"""A review protocol as plain values: what the file says after it has been checked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EligibilityCriterion:
    """One rule for inclusion; ``code`` is its lasting name."""

    code: str
    label: str
    include: str
    exclude: str | None


@dataclass(frozen=True, slots=True)
class ExclusionReason:
    """Why a record is excluded. Order counts: the first that applies is given. ``key`` is its digit.

    ``trains`` is false for reasons that the text of a record does not show (a date): a ranker taught with
    them would learn noise.
    """

    code: str
    label: str
    key: str
    trains: bool = True


@dataclass(frozen=True, slots=True)
class SearchFacet:
    """One concept of the search, with the terms that stand for it."""

    code: str
    label: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """A topic that reports are sorted into."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class ScreeningRules:
    """How many people judge a record, whether they see each other, who settles a conflict."""

    reviewers_per_record: int
    blind: bool
    conflicts: str
    score_visibility: str


@dataclass(frozen=True, slots=True)
class Protocol:
    """Everything a review has promised to do."""

    slug: str
    title: str
    criteria: tuple[EligibilityCriterion, ...]
    facets: tuple[SearchFacet, ...]
    domains: tuple[Domain, ...]
    reasons: tuple[ExclusionReason, ...]
    sources: tuple[str, ...]
    date_from: str
    date_to: str
    screening: ScreeningRules
