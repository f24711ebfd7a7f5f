import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.extraction.fingerprint import fingerprint_of
from harvester.extraction.html import extract_html
from harvester.extraction.storage import from_json, to_json
from tests.unit.harvester.extraction.test_language import DECLARATION

PAGE = """<!doctype html><html><head><title>Site &amp; page</title><style>p { color: red }</style></head>
<body><h1>Housing <em>after</em> care</h1><p>Young people
move.</p><script>if (1 < 2) { alert("no") }</script>
<ul><li>One<li>Two</ul><table><tr><th>Area<td>12</tr></table>Tail<br>end</body></html>"""


def lines_of(html, **others):
    return extract_html(html, **others).pages[0].text.split("\n")


def test_each_block_is_a_line():
    assert lines_of(PAGE) == [
        "Housing after care",
        "Young people move.",
        "One",
        "Two",
        "Area 12",
        "Tail",
        "end",
    ]


def test_the_page_has_no_paper():
    (page,) = extract_html(PAGE).pages

    assert (page.number, page.width, page.height, page.words) == (1, 0.0, 0.0, ())


@pytest.mark.parametrize(
    ("html", "given_title", "expected"),
    [
        (PAGE, "The source's own", ("The source's own", "metadata")),
        (PAGE, None, ("Site & page", "metadata")),
        ("<h1>Housing <b>after</b> care</h1><h1>Other</h1>", None, ("Housing after care", "typography")),
        ("<p>No title", None, (None, None)),
    ],
)
def test_the_title_is_given_declared_or_printed(html, given_title, expected):
    text = extract_html(html, title=given_title)

    assert (text.title, text.title_from) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<p>£5 – café".encode(),
        "\ufeff<p>£5 – café".encode(),
        "<p>£5 – café".encode("utf-16"),
        "<meta charset='windows-1252'><p>£5 – café".encode("cp1252"),
        "<meta charset='no-such-thing'><p>£5 – café".encode(),
    ],
)
def test_bytes_are_decoded_as_they_declare(html):
    assert lines_of(html) == ["£5 – café"]


def test_unclosed_and_misnested_elements_lose_no_text():
    assert lines_of("<div><p>one<b>two</div>three</p></i>four") == ["onetwo", "three", "four"]


@given(st.text(st.sampled_from("<>/p!-&;h1 \n\0\ud800'\"ascript=x"), max_size=80) | st.binary(max_size=60))
def test_any_input_gives_a_text_that_can_be_stored(html):
    text = extract_html(html)

    assert from_json(to_json(text)) == text


def test_language_and_fingerprint_are_told():
    body = f"<p>{DECLARATION['cy']}</p>"
    text = extract_html(f"<html><body>{body}</body></html>")
    assert text.facts.language == "cy"
    assert text.facts.fingerprint == fingerprint_of(DECLARATION["cy"])
