"""What a document was read under, what of that held its reading back, and whether other settings may give more."""

from collections.abc import Mapping

from corpus.vocabulary.documents import ExtractedText, ExtractionLimits, Lack

NOT_INSTALLED = "not installed"
RECOGNITION = "recognition"
"""Name of the setting that says what recognises pages from their pictures, or ``NOT_INSTALLED``."""
RECOGNISED_PAGES = "recognised_pages"
_FOR_ALL = ("seconds", "memory_bytes", "pages")
_RECOGNISING = (RECOGNISED_PAGES, "recognition_seconds", RECOGNITION)


def told(limits: ExtractionLimits) -> dict[str, str]:
    """Return limits by name, as a text's settings have them."""
    return {
        "seconds": f"{limits.seconds:g}",
        "memory_bytes": str(limits.memory_bytes),
        "pages": str(limits.pages),
        RECOGNISED_PAGES: str(limits.recognised_pages),
        "recognition_seconds": f"{limits.recognition_seconds:g}",
    }


def held_back(text: ExtractedText) -> dict[str, str]:
    """Return those of a text's settings with which more might have been read, or better."""
    lacks = {page.lack for page in text.pages}
    names: tuple[str, ...] = ()
    if lacks & {Lack.PICTURE, Lack.CODES}:
        names = _RECOGNISING
    elif any(page.confidence is not None for page in text.pages):
        names = (RECOGNITION,)
    if Lack.COSTLY in lacks:
        names += ("seconds", "memory_bytes")
    return {name: text.settings[name] for name in names if name in text.settings}


def refused_under(limits: ExtractionLimits) -> dict[str, str]:
    """Return the limits without which a document of which nothing was read might have been."""
    return {name: value for name, value in told(limits).items() if name in _FOR_ALL}


def may_gain(then: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether what was held back may be read better under other settings: more of a limit, another recogniser."""
    return any(_is_more(name, was, now[name]) for name, was in then.items() if name in now)


def _is_more(name: str, was: str, now: str) -> bool:
    if name == RECOGNITION:
        return now not in {was, NOT_INSTALLED}
    return float(now) > float(was)
