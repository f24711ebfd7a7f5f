"""What a text tells by itself, wherever it is from: its language, and a fingerprint."""

from dataclasses import replace

from corpus.vocabulary.documents import ExtractedText
from harvester.extraction.fingerprint import fingerprint_of
from harvester.extraction.language import language_of


def tell(text: ExtractedText) -> ExtractedText:
    """Add language and fingerprint, of the running text where it is known."""
    body = text.running_text or text.text
    facts = replace(text.facts, language=language_of(body), fingerprint=fingerprint_of(body))
    return replace(text, facts=facts)
