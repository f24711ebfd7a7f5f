"""What whoever reads a text should know of how it came about, in sentences."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import mean

from corpus.vocabulary.documents import ExtractedText, Lack, Page
from harvester.extraction.language import UNKNOWN
from harvester.extraction.recognition.languages import code_of, package_of
from harvester.extraction.settings import NOT_INSTALLED, RECOGNISED_PAGES, RECOGNITION
from harvester.extraction.standing_in import FAILED
from harvester.extraction.structure.titling import agree
from harvester.extraction.words import readable_characters

LITTLE = 150  # characters of a web page or office file: less than two sentences, the shortest summary
_WHY = {
    Lack.PICTURE: "no text of its own but a picture",
    Lack.CODES: "letters whose codes stand for others",
    Lack.COSTLY: "what takes more memory or time to read than a document may",
}


def remarks(text: ExtractedText) -> Iterator[str]:
    """Yield what was recognised from pictures, and what should have been and was not."""
    recognised = [page for page in text.pages if page.confidence is not None]
    if recognised:
        sure = mean(page.confidence or 0.0 for page in recognised)
        yield (
            f"{pages_named(recognised)}: recognised from the picture by {recognised[0].engine}, "
            f"mean confidence {sure:.2f}."
        )
    if failed := text.settings.get(FAILED):
        yield f"The reader's {failed} failed: the text is there, its arrangement is not; please report the document."
    yield from filter(None, (_on_language(text), _on_little_text(text)))
    for lack, why in _WHY.items():
        lacking = [page for page in text.pages if page.lack is lack]
        if lacking:
            yield f"{pages_named(lacking)}: {why}; {_why_not(text, lack)}"


def remark_on(text: ExtractedText, page: Page) -> str | None:
    """Say the same of one page; ``None`` where its text is its own."""
    if page.confidence is not None:
        return f"Recognised from the picture by {page.engine}, confidence {page.confidence:.2f}: compare with the picture."
    if page.lack is not None:
        return f"This page has {_WHY[page.lack]}; {_why_not(text, page.lack)}"
    return _on_little_text(text)


def _on_language(text: ExtractedText) -> str | None:
    """Say of a text that it is in another language than English, and where it was recognised in the wrong one."""
    language = text.facts.language
    if language in {None, UNKNOWN, "en"}:
        return None
    code = code_of(language)
    by = text.settings.get(RECOGNITION, "").rpartition(", ")[2].split("+")
    if not any(page.confidence for page in text.pages) or code is None or code in by:
        return f"The text is in {language} (ISO 639-1), not in English."
    return (
        f"The text is in {language}, and was recognised as English: its accents and rarer letters may be wrong. "
        f"Install {package_of(code)} and read it again."
    )


def _on_little_text(text: ExtractedText) -> str | None:
    """Say that there is none where no page lacks any, or hardly any on a web page, where scripts may show more."""
    if not any(page.text or page.lack for page in text.pages):
        return "There is no text on any page, and none was found in pictures."
    has_paper = any(page.width for page in text.pages)
    if not has_paper and (count := readable_characters([text.running_text])) < LITTLE:
        return f"Hardly any running text ({count} characters): look whether a picture, a script or a linked file has it."
    return None


def title_remark(text: ExtractedText, known: str) -> str:
    """Say whether a document's own title is the one by which it is known: that of the page that offers it."""
    if text.title is None:
        return f"No title was found in the document; it is known as “{known}”."
    if agree(known, text.title):
        return f"The document's own title agrees: “{text.title}”."
    return f"The document calls itself “{text.title}”; it is known as “{known}”: look whether it is the right one."


def _why_not(text: ExtractedText, lack: Lack) -> str:
    if lack is Lack.COSTLY:
        return "it was left out, the other pages were read."
    most = text.settings.get(RECOGNISED_PAGES, "")
    if most == "0":
        return "recognition was switched off."
    if text.settings.get(RECOGNITION) == NOT_INSTALLED:
        return "recognition needs tesseract, which is not installed: see `greysift doctor`."
    return f"not recognised from the picture, or not within the limits ({most} pages, and a time for all of them)."


def pages_named(pages: Sequence[Page]) -> str:
    """Name pages in short: ``Pages 1, 3–9``."""
    runs = [
        [page.number for _, page in run]
        for _, run in groupby(enumerate(pages), key=lambda place: place[1].number - place[0])
    ]
    named = ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"Page{'s' if len(pages) > 1 else ''} {named}"
