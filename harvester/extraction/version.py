"""Who made an extracted text: stored with it, so that text of an older reader is known as such."""

EXTRACTOR = "greysift"
EXTRACTOR_VERSION = "55"  # raise whenever the same document would give another text, structure or facts
