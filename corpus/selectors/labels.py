"""Votes as a ranker reads them: 1 include, 0 exclude, None where nothing is to be learnt."""

from collections import defaultdict

from corpus.models import Person, Review
from corpus.policies import outcome_of
from corpus.selectors.screening import standing_decisions
from corpus.vocabulary.decisions import Choice, Outcome, Stage
from corpus.vocabulary.protocols import Protocol

LabelLog = list[tuple[int, int | None]]


def label_log(review: Review, *, stage: Stage, protocol: Protocol, reviewer: Person | None) -> LabelLog:
    """Return (candidate, label) pairs that a ranker may learn from, in the order of the deciding votes.

    Parameters
    ----------
    reviewer
        Whose own votes count besides what is settled; ``None`` takes what is settled only.

    Notes
    -----
    Another reviewer's vote counts only once it is part of a settled outcome. An exclusion for a reason that
    does not train (a date), an unsure vote and a conflict give no label.
    """
    silent = {r.code for r in protocol.reasons if not r.trains}
    votes: dict[int, list[tuple[int, int, Choice, str | None]]] = defaultdict(list)
    rows = standing_decisions(review, stage=stage).values_list(
        "candidate_id", "pk", "reviewer_id", "choice", "reason"
    )
    for candidate_id, pk, reviewer_id, choice, reason in rows:
        votes[candidate_id].append((pk, reviewer_id, Choice(str(choice)), reason))
    log: list[tuple[int, int, int | None]] = []
    for candidate_id, cast in votes.items():
        outcome = outcome_of([choice for _, _, choice, _ in cast], rules=protocol.screening)
        own = [vote for vote in cast if reviewer is not None and vote[1] == reviewer.pk]
        if own:
            pk, _, choice, reason = own[-1]
            log.append((pk, candidate_id, _label(choice, [reason], silent)))
        elif outcome in {Outcome.INCLUDED, Outcome.EXCLUDED}:
            choice = cast[-1][2]
            log.append((cast[-1][0], candidate_id, _label(choice, [reason for *_, reason in cast], silent)))
    return [(candidate_id, label) for _, candidate_id, label in sorted(log)]


def _label(choice: Choice, reasons: list[str | None], silent: set[str]) -> int | None:
    if choice is Choice.INCLUDE:
        return 1
    if choice is Choice.UNSURE or silent.intersection(r for r in reasons if r):
        return None
    return 0
