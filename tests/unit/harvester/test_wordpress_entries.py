"""What WordPress says, in the harvester's terms; and to which record each file belongs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.spiders.base import Fetched, storable
from harvester.spiders.wordpress_entries import read_entry, read_file, same_file
from harvester.spiders.wordpress_owners import Owners
from harvester.spiders.wordpress_rest import RestRoot, announced_root, is_index, types_of

SITE = "https://charity.example"
UPLOADS = f"{SITE}/wp-content/uploads/2020/01"


def entry(number, *, content="", **more):
    said = {"id": number, "link": f"{SITE}/e{number}/", "content": {"rendered": content}, **more}
    return read_entry(said, site=SITE, captures=())


def library_file(number, name, *, parent=0):
    said = {"id": number, "source_url": f"{UPLOADS}/{name}", "post": parent, "mime_type": "application/pdf"}
    return read_file(said, site=SITE, captures=())


def test_an_entry_is_read_without_its_markup():
    said = {
        "id": 7,
        "type": "publication",
        "slug": "steps",
        "link": f"{SITE}/publications/steps/",
        "date": "2019-03-04T10:00:00",
        "title": {"rendered": "Steps &amp; <em>leaps</em>"},
        "excerpt": {
            "rendered": "<p>What helps care&nbsp;leavers.</p><a class='more-link' href='/x'>Read on</a>"
        },
        "content": {"rendered": "", "protected": True},
        "categories": [3],
    }

    read = read_entry(said, site=SITE, captures=("c",))

    assert (read.id, read.title, read.published, read.kind) == (
        7,
        "Steps & leaps",
        "2019-03-04",
        "publication",
    )
    assert read.summary == "What helps care leavers."
    assert read.said["protected"] is True
    assert read.said["categories"] == [3]
    assert "content" not in read.said


def test_documents_are_found_in_text_frames_and_added_fields():
    content = """<p><a href="/wp-content/uploads/2020/01/a.pdf#page=2">Report</a> <a href="/about/">About us</a>
        <a href="/get/12">Download (PDF)</a> <iframe src="//charity.example/b.pdf"></iframe></p>
        <object data="/c.docx"></object><img src="/d.png"><a href="">nothing</a>"""
    fields = {
        "report": {"file": f"{SITE}/e.pdf", "size": 3},
        "more": ["/f.odt", "plain words", "<a href='/a2.pdf'>x</a>"],
    }

    read = entry(1, content=content, acf=fields, meta={"again": f"{SITE}/e.pdf"})

    assert [link.url.removeprefix(SITE) for link in read.links] == [
        "/wp-content/uploads/2020/01/a.pdf", "/get/12", "/b.pdf", "/c.docx", "/e.pdf", "/f.odt", "/a2.pdf",
    ]  # fmt: skip


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just("<a href='/x.pdf'>y</a>"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.fixed_dictionaries(
        {"id": st.integers(1, 9)},
        optional=dict.fromkeys(
            (
                "type",
                "slug",
                "link",
                "date",
                "title",
                "excerpt",
                "content",
                "acf",
                "meta",
                "post",
                "source_url",
            ),
            JSON,
        ),
    )
)
def test_whatever_a_plugin_makes_of_the_fields_they_are_read(said):
    said = storable(said)

    read = read_entry(said, site=SITE, captures=())
    read_file(said, site=SITE, captures=())

    assert read.id == said["id"]
    assert read.title


def test_two_ways_to_write_an_address_are_one_file():
    assert same_file("http://www.charity.example/a%20b.pdf?utm_source=x") == same_file(
        "https://charity.example/a b.pdf"
    )
    assert same_file(f"{SITE}/a.pdf?v=1") != same_file(f"{SITE}/a.pdf?v=2")


def test_a_file_belongs_to_the_entry_it_was_added_to_else_to_the_first_that_links_it():
    owners = Owners()
    link = (
        f"<a href='{UPLOADS}/added.pdf'>x</a> <a href='{UPLOADS}/linked.pdf'>x</a> <a href='/other.pdf'>x</a>"
    )

    owners.add(
        [entry(9, content=link), entry(5, content=link), entry(11)],
        [
            library_file(20, "added.pdf", parent=11),
            library_file(21, "linked.pdf"),
            library_file(22, "alone.pdf", parent=99),
        ],
    )

    assert owners.owner_of(f"{UPLOADS}/added.pdf") == 11
    assert owners.owner_of(f"{UPLOADS}/linked.pdf") == 5
    assert owners.owner_of(f"{SITE}/other.pdf") == 5
    assert owners.owner_of(f"{UPLOADS}/alone.pdf") is None
    assert owners.file_at(f"{UPLOADS}/linked.pdf").id == 21


def test_what_belongs_to_one_record_is_not_given_to_another_that_comes_later():
    owners = Owners()
    owners.add([entry(9, content="<a href='/a.pdf'>x</a>")], [alone := library_file(20, "alone.pdf")])
    owners.keep_apart(alone)

    owners.add([entry(3, content=f"<a href='/a.pdf'>x</a> <a href='{alone.url}'>x</a>")], [])

    assert owners.owner_of(f"{SITE}/a.pdf") == 9
    assert owners.owner_of(alone.url) == 20


def test_addresses_of_the_interface_with_and_without_pretty_links():
    assert (
        RestRoot(f"{SITE}/wp-json/").route("wp/v2/posts", page=2, mime="a/b")
        == f"{SITE}/wp-json/wp/v2/posts?page=2&mime=a/b"
    )
    assert (
        RestRoot(f"{SITE}/?rest_route=/").route("wp/v2/posts", page=2)
        == f"{SITE}/?rest_route=/wp/v2/posts&page=2"
    )


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (f'<{SITE}/wp-json/>; rel="https://api.w.org/"', f"{SITE}/wp-json/"),
        (
            f'<{SITE}/a>; rel="next", <{SITE}/?rest_route=/>; rel="https://api.w.org/", <x>; rel=y',
            f"{SITE}/?rest_route=/",
        ),
        (f'<{SITE}/a>; rel="next"', None),
        ("", None),
    ],
)
def test_the_interface_is_found_where_a_page_announces_it(header, found):
    assert announced_root(Fetched(SITE, 200, "", {"link": header}, b"", None, ())) == found


def test_furniture_is_no_type_of_entry():
    said = {
        "post": {"rest_base": "posts", "taxonomies": ["category"]},
        "publication": {"rest_base": "publications", "rest_namespace": "charity/v1"},
        "attachment": {"rest_base": "media"},
        "nav_menu_item": {"rest_base": "menu-items"},
        "wp_block": {"rest_base": "blocks"},
        "wp_font_face": {"rest_base": "font-families/(?P<id>[0-9]+)/font-faces"},
        "odd": {"rest_base": False},
        "odder": None,
    }

    types = types_of(said)

    assert {base: kind.route for base, kind in types.items()} == {
        "posts": "wp/v2/posts",
        "publications": "charity/v1/publications",
    }
    assert types["posts"].taxonomies == {"category"}
    assert types_of([]) is None
    assert is_index({"namespaces": ["wp/v2"]})
    assert not is_index({"namespaces": ["oembed/1.0"]})
    assert not is_index({"code": "rest_disabled"})
