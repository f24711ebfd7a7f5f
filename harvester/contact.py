"""Whom a site's keepers may write to: told with every request, so it must be of use, and fit into a header."""

import re

from corpus.vocabulary.errors import SourceError

_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII | re.IGNORECASE)
_PAGE = re.compile(r"https?://[a-z0-9\[][^\s()]*", re.IGNORECASE)


def checked_contact(contact: str | None, *, slug: str) -> str | None:
    """Return a contact as it is told, ``None`` when none is given.

    Raises
    ------
    SourceError
        When nobody could be reached by it.
    """
    contact = (contact or "").strip()
    if not contact:
        return None
    start = f"{slug}: the contact {contact!r} (GREYSIFT_CONTACT, or politeness.contact)"
    if not contact.isprintable():
        raise SourceError(f"{start} must be one line of plain text.")
    if not contact.isascii():
        raise SourceError(f"{start} must be plain ASCII: write the name of a host in its xn-- form.")
    if not (_MAIL.search(contact) or _PAGE.search(contact)):
        raise SourceError(
            f"{start} must hold an e-mail address or the http(s) address of a page, by which the source's keepers "
            "can reach you."
        )
    return contact


def contact_of(given: str | None, declared: str | None, *, slug: str) -> str | None:
    """Return who is told to servers: whoever harvests, else the one that is declared."""
    return checked_contact(given, slug=slug) or checked_contact(declared, slug=slug)
