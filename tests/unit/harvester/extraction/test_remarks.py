import pytest

from corpus.vocabulary.documents import Block, BlockKind, ExtractedText, Lack, Page
from corpus.vocabulary.errors import ExtractionError
from harvester.extraction import extract_document
from harvester.extraction.remarks import remark_on, remarks

SENTENCE = "The care leavers of Leeds were asked what helped them most in their first year. "


def text(words, *, width=0.0, lack=None):
    page = Page(1, width, width, words, (), lack=lack)
    blocks = (Block(BlockKind.PARAGRAPH, 1, 0, len(words)),) if words else ()
    return ExtractedText(None, None, (page,), "greysift", "1", blocks=blocks)


def test_a_web_page_with_hardly_any_running_text_says_so():
    little = text("Download the report")

    assert list(remarks(little)) == [remark_on(little, little.pages[0])]
    assert "Hardly any running text (17 characters)" in next(remarks(little))
    assert list(remarks(text(SENTENCE * 3))) == []


def test_a_printed_page_may_be_short_and_may_not_be_silently_empty():
    assert list(remarks(text("Cover", width=500))) == []
    assert list(remarks(text("", width=500))) == [
        "There is no text on any page, and none was found in pictures."
    ]
    assert len(list(remarks(text("", width=500, lack=Lack.PICTURE)))) == 1


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<html><body><script src=a.js></script><noscript>On!</noscript></body></html>",
    ],
)
def test_a_web_page_without_text_has_a_reason(tmp_path, page):
    path = tmp_path / "page.html"
    path.write_text(page)

    with pytest.raises(ExtractionError, match="The page has no text: a script may show some"):
        extract_document(path)
