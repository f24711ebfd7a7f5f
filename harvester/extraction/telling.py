"""What a text tells by itself, wherever it is from: its language, a fingerprint, its sentences."""

from dataclasses import replace

from corpus.vocabulary.documents import ExtractedText
from harvester.extraction.fingerprint import fingerprint_of
from harvester.extraction.language import language_of
from harvester.extraction.sentences import with_sentences


def tell(text: ExtractedText) -> ExtractedText:
    """Add language and fingerprint, of the running text where it is known, and sentences."""
    body = text.running_text or text.text
    facts = replace(text.facts, language=language_of(body), fingerprint=fingerprint_of(body))
    return with_sentences(replace(text, facts=facts))
