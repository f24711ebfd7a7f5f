"""What a source lists and this search does not read: it is there, and that is all that is said of it."""

from corpus.vocabulary.harvest import MENTIONED, FoundRecord


def mention(key: str, *, url: str | None = None) -> FoundRecord:
    """Return the word that a record is listed; it makes none that is not known, and is none that the search returned."""
    return FoundRecord(
        key=key,
        url=url,
        title="",
        summary=None,
        publisher=None,
        published=None,
        document_type=None,
        is_unread=True,
        unread_parts=tuple(MENTIONED),
    )
