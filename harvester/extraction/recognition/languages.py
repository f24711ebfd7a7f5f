"""The program's names for languages: ISO 639's codes of three letters, where texts are told by those of two."""

ENGLISH = "eng"
_CODES = {
    "ar": "ara", "bg": "bul", "bn": "ben", "ca": "cat", "cs": "ces", "cy": "cym", "da": "dan", "de": "deu", "el": "ell",
    "en": ENGLISH, "es": "spa", "et": "est", "fi": "fin", "fr": "fra", "ga": "gle", "gd": "gla", "gu": "guj", "he": "heb",
    "hi": "hin", "hr": "hrv", "hu": "hun", "it": "ita", "ja": "jpn", "ko": "kor", "lt": "lit", "lv": "lav", "nl": "nld",
    "no": "nor", "pa": "pan", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sv": "swe",
    "ta": "tam", "th": "tha", "tr": "tur", "uk": "ukr", "ur": "urd", "zh": "chi_sim",
}  # fmt: skip


def code_of(language: str | None) -> str | None:
    """Return the program's name for a language; ``None`` where it reads none such, or the language is not known."""
    return _CODES.get(language or "")


def package_of(code: str) -> str:
    """Return Debian's package that lets the program read a language."""
    return f"tesseract-ocr-{code.replace('_', '-')}"
