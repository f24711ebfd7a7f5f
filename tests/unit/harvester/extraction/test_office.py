"""Word processor files: made here part by part, so that each says one thing."""

import zipfile

import odfdo
import pytest

from corpus.vocabulary.documents import BlockKind, ExtractionLimits
from corpus.vocabulary.errors import ExtractionError
from harvester.extraction import extract_document
from harvester.extraction.kinds import read_file

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = f"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/></Types>"""
RELS = f"""<Relationships xmlns="{RELATIONS}">
<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>"""
DOCUMENT_RELS = f"""<Relationships xmlns="{RELATIONS}">
<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="n" Type="{OFFICE}/numbering" Target="numbering.xml"/></Relationships>"""
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>The charity</dc:creator></cp:coreProperties>"""
STYLES = ("Title", "heading 1", "heading 2", "caption")


def paragraph(text, *, style=None, level=None):
    said = f'<w:pStyle w:val="{style.replace(" ", "")}"/>' if style else ""
    if level is not None:
        said += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{said}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def word_file(folder, *content, **parts):
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        for name in STYLES
    )
    path = folder / "report.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/_rels/document.xml.rels", DOCUMENT_RELS)
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{''.join(content)}</w:body></w:document>"
        )
        archive.writestr("word/styles.xml", f"<w:styles {W}>{styles}</w:styles>")
        archive.writestr("word/numbering.xml", NUMBERING)
        archive.writestr("docProps/core.xml", CORE)
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


REPORT = (
    paragraph("Leaving well", style="Title"),
    paragraph("Findings", style="heading 1"),
    paragraph("Most moved within a year."),
    paragraph("Homes", level=0),
    paragraph("Shared ones", level=1),
    paragraph("Table 1: areas", style="caption"),
    "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + paragraph("Area") + "</w:tc></w:tr>"
    "<w:tr><w:tc>" + paragraph("North") + "</w:tc><w:tc>" + paragraph("12") + "</w:tc></w:tr></w:tbl>",
)
EXPECTED = [
    ("title", None, "Leaving well"),
    ("heading", 1, "Findings"),
    ("paragraph", None, "Most moved within a year."),
    ("list_item", 1, "Homes"),
    ("list_item", 2, "Shared ones"),
    ("caption", None, "Table 1: areas"),
    ("table", None, "Area\nNorth 12"),
]


def told(text):
    return [(block.kind.value, block.level, text.text_of(block)) for block in text.blocks]


def test_a_word_file_is_read_in_a_child_process(tmp_path):
    text = extract_document(word_file(tmp_path, *REPORT))

    assert told(text) == EXPECTED
    assert (text.title, text.facts.declared["creator"]) == ("Leaving well", "The charity")
    assert text.tables[0].caption == 5
    assert text.tables[0].cells[0].column_span == 2
    assert text.pages[0].engine == "mammoth"
    assert text.sentences


def grid(*rows):
    """Return a table; its cells are paragraphs or what else they hold."""
    cells = ["".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def cells_of(text):
    page = text.pages[0].text
    return [[(c.row, c.column, page[c.start : c.end]) for c in table.cells] for table in text.tables]


A, B, C, D = (paragraph(word) for word in ("Area", "Homes", "North", "Twelve"))
INNER = grid((paragraph("boys"), paragraph("7")), (paragraph("girls"), paragraph("5")))


def test_a_table_in_a_cell_is_text_of_the_cell(tmp_path):
    text = read_file(
        word_file(tmp_path, grid((A, B), (C, D + INNER + paragraph("")))), limits=ExtractionLimits()
    ).text

    assert cells_of(text) == [
        [(0, 0, "Area"), (0, 1, "Homes"), (1, 0, "North"), (1, 1, "Twelve boys 7 girls 5")]
    ]


def test_a_table_in_a_box_stays_a_table(tmp_path):
    text = read_file(
        word_file(tmp_path, grid((A + INNER,), (paragraph("Source"),))), limits=ExtractionLimits()
    ).text

    assert cells_of(text) == [[(0, 0, "boys"), (0, 1, "7"), (1, 0, "girls"), (1, 1, "5")]]


def open_document(folder):
    document = odfdo.Document("text")
    body = document.body
    body.clear()
    body.append(odfdo.Paragraph("Leaving well", style="Title"))
    body.append(odfdo.Header(1, "Findings"))
    body.append(odfdo.Paragraph("Most moved within   a year."))
    item = odfdo.ListItem("Homes")
    item.append(odfdo.List(["Shared ones"]))
    homes = odfdo.List()
    homes.append(item)
    body.append(homes)
    body.append(odfdo.Paragraph("Table 1: areas", style="Caption"))
    table = odfdo.Table("Areas", width=2, height=2)
    table.set_values([["Area", ""], ["North", "12"]])
    table.set_span((0, 0, 1, 0))
    body.append(table)
    document.meta.creator = "The charity"
    path = folder / "report.odt"
    document.save(path)
    return path


def test_an_open_document_is_read_in_a_child_process(tmp_path):
    text = extract_document(open_document(tmp_path))

    assert told(text) == EXPECTED
    assert (text.title, text.facts.declared["creator"]) == ("Leaving well", "The charity")
    assert text.tables[0].caption == 5
    assert text.tables[0].cells[0].column_span == 2
    assert text.pages[0].engine == "odfdo"


CONTENT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">
<office:body><office:text><text:p>Most moved<text:note><text:note-citation>i</text:note-citation><text:note-body>
<text:p>Within a year.</text:p></text:note-body></text:note> in spring.</text:p><text:p>See <draw:frame><draw:text-box>
<text:p>What to do</text:p></draw:text-box></draw:frame></text:p></office:text></office:body></office:document-content>"""
MANIFEST = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry
manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/></manifest:manifest>"""


def test_a_table_in_a_cell_of_an_open_document_is_text_of_the_cell(tmp_path):
    outer, inner = odfdo.Table("Homes", width=2, height=2), odfdo.Table("By sex", width=2, height=1)
    outer.set_values([["Area", "Homes"], ["North", None]])
    inner.set_values([["boys", "girls"]])
    outer.get_elements("descendant::table:table-cell")[-1].append(inner)
    document = odfdo.Document("text")
    document.body.append(outer)
    document.save(tmp_path / "report.odt")

    assert cells_of(read_file(tmp_path / "report.odt", limits=ExtractionLimits()).text) == [
        [(0, 0, "Area"), (0, 1, "Homes"), (1, 0, "North"), (1, 1, "boys girls")]
    ]


def test_an_open_document_of_the_least_parts_keeps_notes_and_boxes(tmp_path):
    path = tmp_path / "least.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", CONTENT)
        archive.writestr("META-INF/manifest.xml", MANIFEST)

    text = extract_document(path)

    assert told(text) == [
        ("paragraph", None, "Most moved[1] in spring."),
        ("paragraph", None, "See"),
        ("paragraph", None, "What to do"),
        ("footnote", None, "Within a year."),
    ]
    assert text.blocks[3].marker == "1"


def test_numbered_lists_of_open_documents_are_numbered(tmp_path):
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.List(["First", "Second"], style="Steps"))
    style = odfdo.Element.from_tag(
        '<text:list-style style:name="Steps"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>'
    )
    document.insert_style(style, automatic=True)
    document.save(tmp_path / "steps.odt")

    text = extract_document(tmp_path / "steps.odt")

    assert [(b.kind, b.marker) for b in text.blocks] == [
        (BlockKind.LIST_ITEM, "1."),
        (BlockKind.LIST_ITEM, "2."),
    ]


def cut(path):
    path.write_bytes(path.read_bytes()[:-200])
    return path


def other_text(path):
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<w:document>not closed")
    return path


def without_text(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/other.xml", "word/document.xml")
    return path


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (cut, "damaged: its archive cannot be opened"),
        (other_text, "damaged: its text cannot be read"),
        (without_text, "no document of this kind: it has no word/document.xml"),
    ],
)
def test_a_spoilt_word_file_has_its_reason(tmp_path, spoil, reason):
    with pytest.raises(ExtractionError, match=reason):
        extract_document(spoil(word_file(tmp_path, *REPORT)))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = word_file(tmp_path, **{"word/media/a.bin": b"\0" * (513 * 1024**2)})

    with pytest.raises(ExtractionError, match="unpacks to more than 512 MiB"):
        extract_document(path)


def test_entities_of_a_bomb_do_not_grow(tmp_path):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 50 if n else "x" * 50}">' for n in range(9))
    bomb = f"<!DOCTYPE w [{entities}]><w:document {W}><w:body>{paragraph('&e8;')}</w:body></w:document>"
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/document.xml", bomb)

    with pytest.raises(ExtractionError, match=r"damaged|memory|longer"):
        extract_document(path, limits=ExtractionLimits(seconds=20))


@pytest.mark.parametrize(
    ("name", "beginning", "reason"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document"),
        ("a.rtf", b"{\\rtf1 text}", "a rich text document"),
        ("a.zip", b"PK\x03\x04 and more", "an archive"),
    ],
)
def test_other_kinds_are_named(tmp_path, name, beginning, reason):
    path = tmp_path / name
    path.write_bytes(beginning + b" " * 100)

    with pytest.raises(ExtractionError, match=f"This is {reason}, which cannot be read here: save it as PDF"):
        read_file(path, limits=ExtractionLimits())


def test_a_web_page_is_known_by_its_bytes_by_its_name_or_by_what_is_said(tmp_path):
    for name, html, said in [
        ("page.pdf", "<!doctype html><p>Text", None),
        ("page.html", "Text <p>", None),
        ("page", "Text <p>", "text/html"),
    ]:
        (tmp_path / name).write_text(html)
        read = read_file(tmp_path / name, limits=ExtractionLimits(), media_type=said)
        assert read.text.pages[0].text == "Text"
        assert read.engines == ("trafilatura",)
