"""What `greysift extract` says of documents that had been read before."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

import typer

from corpus.vocabulary.anchors import Anchoring
from greysift.cli.output import say
from greysift.jobs.again import ALL, try_again
from greysift.jobs.extract import Again

Kind = TypeVar("Kind")

_AGAIN = {
    Again.TEXT: "{} with other text",
    Again.STRUCTURE: "{} with the same text and other structure or places",
    Again.SAME: "{} with the same result",
    Again.GAINED: "{} that could not be read before",
    Again.KEPT: "{} that cannot be read any more and keep their earlier text",
    Again.STILL_NOT: "{} that can be read no better than before",
}
_CARRIED = {
    Anchoring.EXACT: "{} letter for letter",
    Anchoring.MENDED: "{} with a letter mended",
    Anchoring.LOST: "{} not found: they are shown on the earlier text, and a person must look",
}


def make_due(again: str) -> None:
    """Make due what is to be read again, and say where that is nothing."""
    try:
        made_due = try_again(again)
    except LookupError as error:
        raise typer.BadParameter(str(error), param_hint="--again") from error
    if made_due:
        return
    if again == ALL:
        say("Nothing to try again: nothing was set aside or lacks recognition.", to_stderr=True)
    else:
        say(f"{again} was due already, or keeps its text because somebody works with it.", to_stderr=True)


def told_again(again: Mapping[Again, int], carried: Mapping[Anchoring, int]) -> Iterator[str]:
    """Yield a sentence for what was read again and one for the places carried over, where there are any."""
    if total := sum(again.values()):
        yield f"Of these {total} had been tried by an earlier version or under other settings: {_listed(_AGAIN, again)}."
    if total := sum(carried.values()):
        yield f"{total} places on earlier texts were looked for in the new ones: {_listed(_CARRIED, carried)}."


def _listed(words: Mapping[Kind, str], counts: Mapping[Kind, int]) -> str:
    return "; ".join(said.format(counts[kind]) for kind, said in words.items() if counts[kind])
