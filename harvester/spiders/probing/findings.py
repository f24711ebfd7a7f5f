"""What a probe asks, and what it makes of the answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field

from harvester.reasons import NotRetrieved, with_detail
from harvester.spiders.base import Fetched

Facts = Mapping[str, object]
Reader = Callable[[Fetched], Facts | None]
"""Returns what an answer tells, ``None`` when it is not what was asked for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one question.

    Attributes
    ----------
    what
        The offer that was asked after.
    url
        Where.
    is_offered
        Whether the host has it.
    reason
        Why it has not, or why nobody knows.
    facts
        What the answer tells of it.
    captures
        The responses, by WARC record id.
    """

    what: str
    url: str
    is_offered: bool
    reason: str | None = None
    facts: Facts = field(default_factory=dict)
    captures: tuple[str, ...] = ()

    def as_plain(self) -> dict[str, object]:
        """Return it as plain JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Question:
    """One request of a probe. ``then`` gives further questions where the answer tells of more."""

    what: str
    url: str
    read: Reader
    then: Callable[[Facts], Iterable["Question"]] = lambda _: ()


@dataclass(frozen=True, slots=True)
class ProbeReport:
    """All findings of a probe, in the order asked, and the kind that they speak for; ``why`` is a sentence."""

    findings: tuple[Finding, ...]
    proposed_kind: str | None
    why: str

    def as_plain(self) -> dict[str, object]:
        """Return it as plain JSON values, to be kept."""
        return {
            "findings": [finding.as_plain() for finding in self.findings],
            "proposed_kind": self.proposed_kind,
            "why": self.why,
        }


REFUSALS = (str(NotRetrieved.ROBOTS), str(NotRetrieved.FORBIDDEN), with_detail(NotRetrieved.ANSWER, 401))


def was_refused(findings: Iterable[Finding]) -> bool:
    """Whether the site lets nobody see anything: all that was asked beside robots.txt is forbidden."""
    reasons = [finding.reason or "" for finding in findings if not finding.url.endswith("/robots.txt")]
    return bool(reasons) and all(reason.startswith(REFUSALS) for reason in reasons)


def offered(findings: Iterable[Finding], what: str) -> Finding | None:
    """Return the first finding of an offer that is there."""
    return next((finding for finding in findings if finding.what == what and finding.is_offered), None)
