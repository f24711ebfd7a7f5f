"""Small labelled sets of our own making, and search facets from the seed review's printed examples."""

from classifier.records import LabelledRecord
from corpus.vocabulary.protocols import SearchFacet

FACETS = (
    SearchFacet("population", "Care leavers", ("care leaver", "ageing out of care", "foster youth alumni")),
    SearchFacet(
        "innovation", "Innovation", ("innovation", "organisational change", "intervention", "collabor*")
    ),
)

_WANTED = (
    "evaluation of a mentoring scheme for care leavers",
    "pilot of supported lodgings",
    "peer support trial",
)
_UNWANTED = (
    "council minutes on roads",
    "adoption statistics",
    "job advert for a carer",
    "news of a charity ball",
)


def record(
    number: int, *, label: int | None, group: str | None = None, summary: str | None = ""
) -> LabelledRecord:
    """One record whose words tell its label, most of the time."""
    words = _WANTED if label == 1 else _UNWANTED
    topic = words[number % len(words)]
    return LabelledRecord(
        id=f"r{number:03d}",
        title=f"{topic} number {number}",
        publisher=None if number % 3 else "A Trust",
        summary=f"Report {number} about {topic}, an innovation." if summary == "" else summary,
        label=label,
        group=group or f"g{number:03d}",
    )


def records(*, included: int = 12, excluded: int = 28, unclear: int = 3) -> tuple[LabelledRecord, ...]:
    """Make a set; the second of every five shares the group of the first."""
    labels = [1] * included + [0] * excluded + [None] * unclear
    return tuple(
        record(i, label=label, group=f"g{i - 1:03d}" if i % 5 == 1 else None)
        for i, label in enumerate(labels)
    )
