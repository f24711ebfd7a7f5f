"""Sentences that pages say of votes and queues."""

from corpus.models import ScreeningDecision
from corpus.vocabulary.protocols import Protocol
from greysift.jobs.ranking import RankedQueue

HIDDEN = "never"


def reason_label(protocol: Protocol, code: str | None) -> str | None:
    """Return what the protocol calls an exclusion reason; its code when the protocol has dropped it since."""
    if code is None:
        return None
    return next((r.label for r in protocol.reasons if r.code == code), code)


def vote_sentence(decision: ScreeningDecision, *, protocol: Protocol, queue_length: int) -> str:
    """Say what was stored, for which record and, where the protocol allows, how the record was ranked."""
    reason = reason_label(protocol, decision.reason)
    choice = f"{decision.choice} ({reason})" if reason else str(decision.choice)
    sentence = f"Stored: {choice} – “{decision.candidate.record.title}”."
    if protocol.screening.score_visibility == HIDDEN or decision.rank is None or decision.score is None:
        return sentence
    model = f", model {decision.model_version}" if decision.model_version else ""
    return (
        f"{sentence} It stood at rank {decision.rank} of {queue_length}, score {decision.score:.3f}{model}."
    )


def order_sentence(queue: RankedQueue, *, protocol: Protocol) -> str:
    """Say what a queue's order is based on."""
    votes = f"{queue.labels} vote{'' if queue.labels == 1 else 's'}"
    basis = f"model {queue.model_version}" if queue.model_version else "the search terms of the protocol"
    learnt = f" and {votes}: your own, and outcomes that are settled" if queue.labels else ""
    blind = (
        " While screening is blind, nobody else's unsettled vote is used." if protocol.screening.blind else ""
    )
    known = (
        f" The model was made from {queue.out_of_fold} of these records: they are ranked out of fold, by models that"
        " had not seen them."
        if queue.out_of_fold
        else ""
    )
    return f"Ranked by {basis}{learnt}.{known}{blind}"
