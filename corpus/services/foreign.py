"""Foreign words made fit for any database: what one of them would refuse is replaced, never dropped in silence."""

import math
import re
from collections.abc import Mapping

# PostgreSQL keeps no U+0000, UTF-8 no half of a surrogate pair; JSON answers and PDF texts hold both.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def storable_text(text: str) -> str:
    """Return the text with U+FFFD for each character that cannot be stored."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def storable_text_or_none(text: str | None) -> str | None:
    """Return :func:`storable_text` of a text that may be absent."""
    return None if text is None else storable_text(text)


def storable_json(value: object) -> object:
    """Return a value as plain JSON types; what JSON cannot say (dates, NaN) becomes its text."""
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, Mapping):
        return {storable_text(str(key)): storable_json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [storable_json(part) for part in value]
    return storable_text(str(value))
