"""Identities that fit their column."""

import hashlib

from corpus.services.foreign import storable_text


def fitting(key: str) -> str:
    """Keep identities that fit; longer ones (URLs) become their hash."""
    key = storable_text(key)
    return key if len(key) <= 500 else f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"
