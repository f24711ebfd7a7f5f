"""Exports of Publish or Perish: every encoding, quoting and age of them."""

import csv
import io

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from corpus.exchange.publish_or_perish import NotAnExportError, read_export
from corpus.vocabulary.errors import HandOverError

FULL = [
    "Cites",
    "Authors",
    "Title",
    "Year",
    "Source",
    "Publisher",
    "ArticleURL",
    "CitesURL",
    "GSRank",
    "QueryDate",
    "Type",
    "DOI",
    "ISSN",
    "CitationURL",
    "Volume",
    "Issue",
    "StartPage",
    "EndPage",
    "ECC",
    "CitesPerYear",
    "CitesPerAuthor",
    "AuthorCount",
    "Age",
    "Abstract",
    "FullTextURL",
    "RelatedURL",
]
ENDS = [FULL.index(name) + 1 for name in ("Type", "ECC", "Age", "Abstract", "RelatedURL")]
ROW = {
    "Cites": "12",
    "Authors": "A Baker, C Dean",
    "Title": "Leaving care, “ready” or not",
    "Year": "2019",
    "Source": "Journal of Pretence",
    "Publisher": "Pretended Press",
    "ArticleURL": "https://journal.example.invalid/1",
    "GSRank": "3",
    "QueryDate": "2026-02-03 11:22:33",
    "Type": "PDF",
}


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def table(rows, *, header=FULL, encoding="utf-8", **style):
    text = io.StringIO()
    writer = csv.writer(text, **style)
    writer.writerow(header)
    writer.writerows([[row.get(name, "") for name in header] for row in rows])
    return text.getvalue().encode(encoding)


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=30)
titles = cells.filter(lambda text: text.strip())


@given(
    rows=st.lists(st.tuples(titles, cells, cells), min_size=1, max_size=6),
    end=st.sampled_from(ENDS),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    line_end=st.sampled_from(["\r\n", "\n"]),
    delimiter=st.sampled_from([",", ";", "\t"]),
)
@settings(deadline=None)
def test_every_row_comes_back_as_it_was_written(rows, end, encoding, quoting, line_end, delimiter):
    said = [{"Title": title, "Authors": authors, "Source": source} for title, authors, source in rows]

    export = read_export(
        table(
            said,
            header=FULL[:end],
            encoding=encoding,
            quoting=quoting,
            lineterminator=line_end,
            delimiter=delimiter,
        )
    )

    assert not export.bad_rows
    assert [row.record.title for row in export.rows] == [row["Title"].strip() for row in said]
    assert [row.record.said.get("Authors", "") for row in export.rows] == [
        row["Authors"].strip() for row in said
    ]


@given(data=st.binary(max_size=400))
def test_no_bytes_at_all_break_the_reader(data):
    with pytest.raises(HandOverError):
        read_export(data)


@given(title=st.text(st.sampled_from("Café “naïve” – £5 ½ ’"), min_size=1).filter(str.strip))
@example(title="Café “naïve” – £5 ½ ’")
def test_an_old_code_page_is_read(title):
    assume(title.isascii() or not is_utf8(title.encode("cp1252")))  # a few bytes may be either

    (row,) = read_export(table([{**ROW, "Title": title}], encoding="cp1252")).rows

    assert row.record.title == title.strip()


def test_columns_are_taken_by_name_in_any_order():
    (row,) = read_export(table([ROW], header=sorted(FULL))).rows

    record = row.record
    assert (record.title, record.published, record.url) == (ROW["Title"], "2019", ROW["ArticleURL"])
    assert (record.key, record.document_type, record.publisher) == (
        ROW["ArticleURL"],
        "PDF",
        "Pretended Press",
    )


def test_what_changes_daily_is_not_what_the_record_says():
    later = {**ROW, "Cites": "99", "GSRank": "1", "QueryDate": "2026-05-01 09:00:00"}

    (first,), (second,) = (read_export(table([row])).rows for row in (ROW, later))

    assert first.record == second.record
    assert read_export(table([ROW, later])).searched_on == ("2026-02-03", "2026-05-01")


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"DOI": "https://doi.org/10.1234/ABC"}, "doi:10.1234/abc"),
        ({"DOI": "none"}, ROW["ArticleURL"]),
        ({"ArticleURL": ""}, None),
    ],
)
def test_a_work_is_known_by_doi_then_address_then_print(said, key):
    (row,) = read_export(table([{**ROW, **said}])).rows

    assert row.record.key == key or (key is None and row.record.key.startswith("printed:"))


def test_bad_rows_are_named_with_the_line_on_which_they_begin():
    lines = [
        ",".join(FULL[:12]),
        '1,"A\nB",First,2019,,,,,,,,',
        "2,A,,2019,,,,,,,,",
        "",
        "3,A,Too short",
        "4,A,Last,in print,,,,,,,,",
    ]

    export = read_export("\n".join(lines).encode())

    assert [(bad.line, bad.reason) for bad in export.bad_rows] == [
        (4, "has no title"),
        (6, "has 3 columns where the header has 12"),
    ]
    assert [(row.line, row.record.title, row.record.published) for row in export.rows] == [
        (2, "First", "2019"),
        (7, "Last", None),
    ]


@pytest.mark.parametrize("header", ["Authors,Title,Year", "Title,DOI,Cites,GSRank", ""])
def test_other_tables_are_refused_with_what_they_lack(header):
    with pytest.raises(NotAnExportError, match="Publish or Perish"):
        read_export(f"{header}\na,b,c".encode())


def test_a_row_with_a_cell_too_long_for_any_table_is_named_with_its_line_and_why():
    long = {**ROW, "Title": "T" * (csv.field_size_limit() + 1)}

    export = read_export(table([ROW, long, {**ROW, "ArticleURL": ""}]))

    assert [row.line for row in export.rows] == [2, 4]
    assert [bad.line for bad in export.bad_rows] == [3]
    assert "field larger than field limit" in export.bad_rows[0].reason
