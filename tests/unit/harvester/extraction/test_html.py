import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import BlockKind, SectionRole
from harvester.extraction.fingerprint import fingerprint_of
from harvester.extraction.storage import from_json, to_json
from harvester.extraction.web import extract_html
from harvester.extraction.web.shallow import shallow
from tests.unit.harvester.extraction.test_language import DECLARATION

PAGE = """<!doctype html><html><head><title>Site &amp; page</title><style>p { color: red }</style></head>
<body><h1>Housing <em>after</em> care</h1><p>Young people
move.</p><script>if (1 < 2) { alert("no") }</script>
<ul><li>One<li>Two</ul><table><tr><th>Area<td>12</tr></table>Tail<br>end</body></html>"""
SENTENCES = [
    "Most young people who leave care at eighteen move into a home of their own within a year.",
    "Personal advisers met them every week, and the meetings mattered more than the money did.",
    "In the second year nine in ten of them were still in touch with the scheme and its staff.",
]


def blocks_of(html, **others):
    text = extract_html(html, **others)
    return [(block.kind.value, text.text_of(block)) for block in text.blocks]


def site(content):
    """Return a page of a site: menus, banners and notices around the content."""
    menu = "".join(
        f"<li><a href='/{name}'>{name}</a></li>" for name in ("Home", "About us", "Donate", "Jobs")
    )
    return f"""<!doctype html><html><head><title>Leaving well | A charity</title><link rel="stylesheet" href="a.css"></head>
    <body><div class="banner"><a href="/">A charity</a></div><nav><ul>{menu}</ul></nav>{content}
    <aside><h2>Latest news</h2><ul><li><a href="/n/1">Our runners came home</a></li></ul></aside>
    <footer><p>Registered charity 000000</p><form><label>Sign up for our newsletter</label></form></footer></body></html>"""


def test_blocks_are_what_their_elements_say():
    assert blocks_of(PAGE) == [
        ("heading", "Housing after care"),
        ("paragraph", "Young people move."),
        ("list_item", "One"),
        ("list_item", "Two"),
        ("table", "Area 12"),
        ("paragraph", "Tail\nend"),
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
        ("<title>Leaving Well | A charity</title><h1>Leaving well</h1>", None, ("Leaving well", "metadata")),
        (
            "<title>Moving On evaluation | A charity</title><h1>Moving On: evaluation of a project</h1>",
            None,
            ("Moving On: evaluation of a project", "metadata"),
        ),
        ("<p>No title", None, (None, None)),
    ],
)
def test_the_title_is_given_declared_or_printed(html, given_title, expected):
    text = extract_html(html, title=given_title)

    assert (text.title, text.title_from) == expected


def test_the_heading_that_is_the_title_is_marked():
    assert blocks_of("<title>T | Site</title><h1>T</h1><h1>Other</h1>") == [
        ("title", "T"),
        ("heading", "Other"),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<p>£5 – café".encode(),
        "\ufeff<p>£5 – café".encode(),
        "<p>£5 – café".encode("utf-16"),
        "<meta charset='windows-1252'><p>£5 – café".encode("cp1252"),
        "<meta charset='iso-8859-1'><p>£5 – café".encode("cp1252"),
        "<meta http-equiv=content-type content='text/html; charset=us-ascii'><p>£5 – café".encode("cp1252"),
        "<meta charset='utf-16'><p>£5 – café".encode(),
        "<meta charset='no-such-thing'><p>£5 – café".encode(),
        "<?xml version='1.0' encoding='utf-8'?><html><body><p>£5 – café</p></body></html>".encode(),
    ],
)
def test_bytes_are_decoded_as_they_declare(html):
    assert extract_html(html).pages[0].text == "£5 – café"


def test_unclosed_and_misnested_elements_lose_no_text():
    html = "<div><p>one<b>two</div>three</p></i>four"
    assert [text for _, text in blocks_of(html)] == ["onetwo", "threefour"]


def test_lists_nest_and_are_numbered():
    html = "<ol start=3><li>Three<ul><li>Within</li></ul>on<li><p>Four</p><p>more</p></ol>"
    text = extract_html(html)

    assert [(b.level, b.marker, b.goes_on, text.text_of(b)) for b in text.blocks] == [
        (1, "3.", False, "Three"),
        (2, "•", False, "Within"),
        (1, "3.", False, "on"),
        (1, "4.", False, "Four"),
        (1, "4.", True, "more"),
    ]


def test_levels_of_headings_are_counted_from_one():
    text = extract_html("<h1>Report</h1><h2>One</h2><h3>Within</h3><h2>Two</h2>", title="Report")
    assert [block.level for block in text.blocks] == [None, 1, 2, 1]


def test_notes_have_their_number_and_lose_the_way_back():
    html = """<p>Said.<sup><a href="#fn:1">[footnote 1]</a></sup></p><div class="footnotes"><ol>
    <li id="fn:1"><p>A source. <a href="#fnref:1">↩</a></p></li></ol></div>"""
    text = extract_html(html)

    assert [(b.kind, b.marker, text.text_of(b)) for b in text.blocks] == [
        (BlockKind.PARAGRAPH, None, "Said.[footnote 1]"),
        (BlockKind.FOOTNOTE, "1", "A source."),
    ]


def test_tables_are_cells_with_spans_and_their_caption():
    html = """<table><caption>Table 1: homes</caption><thead><tr><th rowspan=2>Area<th colspan=2>Homes</tr>
    <tr><th>2019<th>2020</thead><tr><td>North<td>1<td>2</table>"""
    text = extract_html(html)
    (table,) = text.tables
    said = text.pages[0].text

    assert said == "Table 1: homes\n\nArea Homes\n2019 2020\nNorth 1 2"
    assert [
        (c.row, c.column, c.row_span, c.column_span, said[c.start : c.end]) for c in table.cells
    ] == [
        (0, 0, 2, 1, "Area"), (0, 1, 1, 2, "Homes"), (1, 1, 1, 1, "2019"), (1, 2, 1, 1, "2020"),
        (2, 0, 1, 1, "North"), (2, 1, 1, 1, "1"), (2, 2, 1, 1, "2"),
    ]  # fmt: skip
    assert text.text_of(text.blocks[table.caption]) == "Table 1: homes"


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>Only<tr><td>one column</table>",
        "<table role=presentation><tr><td>Only<td>one column</table>",
        "<table><tr><td><ul><li>Only</ul><td>one column</table>",
    ],
)
def test_tables_that_lay_out_the_page_are_none(html):
    text = extract_html(html)

    assert not text.tables
    assert [text.text_of(block) for block in text.blocks] == ["Only", "one column"]


def test_what_surrounds_the_content_of_a_site_is_left_out():
    content = f"<main><h1>Leaving well</h1><p>{SENTENCES[0]}</p><h2>Findings</h2><p>{SENTENCES[1]}</p><p>{SENTENCES[2]}</p></main>"

    assert blocks_of(site(content)) == [
        ("title", "Leaving well"),
        ("paragraph", SENTENCES[0]),
        ("heading", "Findings"),
        ("paragraph", SENTENCES[1]),
        ("paragraph", SENTENCES[2]),
    ]


def test_references_that_are_links_are_kept_with_the_content_and_menus_are_not():
    references = "".join(
        f"<li><a href='https://example.org/{n}'>Author {n} (2019) A report.</a></li>" for n in range(4)
    )
    prose = "".join(f"<p>{sentence} {sentence}</p>" for sentence in SENTENCES)
    found = blocks_of(
        site(f"<article><h1>Leaving well</h1>{prose}<h2>References</h2><ul>{references}</ul></article>")
    )

    assert [text for kind, text in found if kind == "list_item"] == [
        f"Author {n} (2019) A report." for n in range(4)
    ]
    assert "Donate" not in str(found)


def test_a_short_page_of_a_site_is_its_declared_main_part():
    assert blocks_of(site("<main><h1>Leaving well</h1><p>Soon.</p></main>")) == [
        ("title", "Leaving well"),
        ("paragraph", "Soon."),
    ]


def test_what_nobody_sees_is_left_out():
    html = "<p hidden>a<p style='color: red; display: none'>b<p aria-hidden=true>c<template><p>d</template><noscript>e</noscript><p>seen"
    assert blocks_of(html) == [("paragraph", "seen")]


def test_what_the_head_declares_is_kept():
    html = "<head><title> A  title </title><meta name=author content='A. Person'><meta property='article:published_time' content=2019-03-01>"
    assert dict(extract_html(html).facts.declared) == {
        "title": "A title",
        "author": "A. Person",
        "article:published_time": "2019-03-01",
    }


def test_sections_date_authors_and_sentences_are_those_of_the_text():
    text = extract_html(
        f"<h1>Report</h1><p>By Ann Other and Bob Writer</p><p>14 March 2023</p><h2>Methods</h2><p>{' '.join(SENTENCES)}</p>"
    )

    assert [(section.title, section.role) for section in text.sections] == [("Methods", SectionRole.METHODS)]
    assert text.facts.dated == "2023-03-14"
    assert text.facts.authors == ("Ann Other", "Bob Writer")

    assert [text.text_of(span) for sentence in text.sentences for span in sentence.spans][-3:] == SENTENCES


PIECES = ["word ", "<p>", "</p>", "<table>", "<tr>", "<td colspan=3>", "<td rowspan=0>", "</table>", "<ul>", "<li>", "</ul>",
          "<h2>", "</h2>", "<br>", "<nav>", "</nav>", "<pre>\n a", "</pre>", "<caption>", "<link rel=stylesheet>", "<div>", "</div>"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_blocks_are_in_order_within_the_text_and_say_all_of_a_page_that_is_content_alone(pieces):
    text = extract_html("".join(pieces))
    page = text.pages[0].text

    ends = [(0, 0), *((block.start, block.end) for block in text.blocks)]
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(ends))
    for table in text.tables:
        block = text.blocks[table.block]
        assert all(block.start <= cell.start <= cell.end <= block.end for cell in table.cells)
    if not {"<nav>", "<link rel=stylesheet>"} & set(pieces):
        assert page.count("word") == pieces.count("word ")


@given(st.text(st.sampled_from("<>/p!-&;h1 \n\0\ud800'\"ascript=x"), max_size=80) | st.binary(max_size=60))
def test_any_input_gives_a_text_that_can_be_stored(html):
    text = extract_html(html)

    assert from_json(to_json(text)) == text


def test_language_and_fingerprint_are_told():
    body = f"<p>{DECLARATION['cy']}</p>"
    text = extract_html(f"<html><body>{body}</body></html>")
    assert text.facts.language == "cy"
    assert text.facts.fingerprint == fingerprint_of(DECLARATION["cy"])


@pytest.mark.parametrize("depth", [250, 300, 20_000])
def test_elements_nested_deeper_than_the_parser_follows_lose_no_text(depth):
    inner = (
        "<h2>What helped</h2><p>The &lt;care&gt; leavers</p><script>if (a < b) x();</script><p>of Leeds</p>"
    )
    text = extract_html(f"<body><p>Before</p>{'<div>' * depth}{inner}{'</div>' * depth}<p>After</p></body>")

    assert text.text.split() == [
        "Before",
        "What",
        "helped",
        "The",
        "<care>",
        "leavers",
        "of",
        "Leeds",
        "After",
    ]
    assert re.search(r"leavers\s*\n\s*of Leeds", text.text)
    assert "After" in [text.text_of(block) for block in text.blocks]


@given(st.lists(st.sampled_from([*PIECES, "<div>" * 300, "</div>" * 200]), max_size=30))
def test_a_page_written_with_less_depth_has_the_same_words(pieces):
    page = "".join(pieces)

    assert shallow(page).count("word") == page.count("word")
    assert from_json(to_json(extract_html(page))).text.count("word") <= page.count("word")


@pytest.mark.parametrize("declared", ["Word Document", "Untitled", "report_v2.docx", "Draft"])
def test_a_title_that_a_program_left_gives_way_to_a_printed_one(declared):
    text = extract_html(f"<title>{declared}</title><h1>Housing after care</h1><p>Most moved soon.</p>")

    assert (text.title, text.title_from) == ("Housing after care", "typography")
    assert [block.kind for block in text.blocks] == ["title", "paragraph"]
