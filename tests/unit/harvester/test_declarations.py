import pytest

from corpus.protocol import parse_protocol, shipped_protocol
from corpus.vocabulary.errors import SourceError
from harvester.declarations import (
    declaration_as_plain,
    load_declaration,
    parse_declaration,
    shipped_declarations,
)
from tests.docs.declarations_reference import example_of
from tests.shared_material import REPOSITORY

GOOD = """
slug = "here"
name = "A server here"
organisation = "Nobody"
kind = "govuk"
hosts = ["127.0.0.1:8000"]
licence = "none"

[entry]
search = "http://127.0.0.1:8000/api/search.json"
content = "http://127.0.0.1:8000/api/content"
site = "http://127.0.0.1:8000"
assets = "http://127.0.0.1:8000"

[filters]
organisations = ["department-for-education"]
document_types = ["research"]
media_types = ["application/pdf"]

[politeness]
delay_seconds = 0.0
"""
ELSEWHERE = GOOD.replace("127.0.0.1:8000", "www.example.invalid")


@pytest.fixture
def load(tmp_path):
    def load_text(text):
        path = tmp_path / "source.toml"
        path.write_text(text)
        return load_declaration(path)

    return load_text


def test_the_department_ships():
    (department,) = [d for d in shipped_declarations() if d.slug == "department-for-education"]

    assert department.hosts == ("www.gov.uk", "assets.publishing.service.gov.uk")
    assert department.politeness.delay_seconds >= 1
    assert department.politeness.contact is None
    assert not department.is_loopback
    assert department.unverified


def test_a_declaration_is_read(load):
    declaration = load(GOOD)

    assert declaration.is_loopback
    assert declaration.filters.terms is None
    assert declaration.strategy()["document_types"] == ["research"]


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('slug = "here"', 'slug = "Not A Slug"', "slug"),
        ('kind = "govuk"', 'kind = "carrier-pigeon"', "kind"),
        ('licence = "none"', 'license = "none"', "licence"),
        ('licence = "none"', 'licence = "none"\nsurprise = 1', "surprise"),
        (
            'content = "http://127.0.0.1:8000/api/content"',
            'content = "http://elsewhere.invalid/x"',
            "entry.content",
        ),
        ('site = "http://127.0.0.1:8000"', 'site = "ftp://127.0.0.1:8000"', "entry.site"),
        ('["research"]', "[]", "filters.document_types"),
        ("delay_seconds = 0.0", "delay_seconds = -1.0", "politeness.delay_seconds"),
        ("delay_seconds = 0.0", 'delay_seconds = "soon"', "politeness.delay_seconds"),
        ('hosts = ["127.0.0.1:8000"]', 'hosts = ["127.0.0.1:8000", "www.gov.uk"]', "hosts"),
        ('hosts = ["127.0.0.1:8000"]', 'hosts = ["127.0.0.1:8000", "10.0.0.1"]', "hosts"),
        ("[filters]", f'[filters]\nterms = "{"x" * 513}"', "filters.terms"),
    ],
)
def test_a_wrong_declaration_names_file_and_key(load, was, becomes, told):
    assert was in GOOD

    with pytest.raises(SourceError, match=rf"source\.toml: {told}"):
        load(GOOD.replace(was, becomes))


def test_only_this_machine_may_be_asked_without_pause(load):
    with pytest.raises(SourceError, match=r"politeness\.delay_seconds"):
        load(ELSEWHERE)


def test_only_this_machine_may_be_asked_over_several_connections(load):
    several = "delay_seconds = 1.0\nconnections = 2"

    assert load(GOOD.replace("delay_seconds = 0.0", several)).politeness.connections == 2
    with pytest.raises(SourceError, match=r"politeness\.connections"):
        load(ELSEWHERE.replace("delay_seconds = 0.0", several))


def test_a_declaration_kept_as_plain_values_is_read_again(load):
    declaration = load(GOOD)

    assert parse_declaration(declaration_as_plain(declaration), name="recording") == declaration


def test_a_declaration_without_a_known_kind_names_the_kinds():
    with pytest.raises(SourceError, match=r"here: kind: must be one of .*govuk"):
        parse_declaration({"slug": "here"}, name="here")


def test_what_is_no_toml_or_not_there_is_said(load, tmp_path):
    with pytest.raises(SourceError, match="not TOML"):
        load("slug = ")
    with pytest.raises(SourceError, match="cannot be read"):
        load_declaration(tmp_path / "none.toml")


WORDPRESS = """
slug = "site"
name = "A charity's site"
organisation = "A charity"
kind = "wordpress"
hosts = ["www.charity.example"]
licence = "not stated"

[entry]
site = "https://www.charity.example"
"""


def test_a_wordpress_site_needs_no_filters(load):
    declaration = load(WORDPRESS)

    assert not declaration.filters.are_narrow
    assert "application/pdf" in declaration.filters.media_types
    assert declaration.filters.want("https://www.charity.example/anything/")
    assert parse_declaration(declaration_as_plain(declaration), name="again") == declaration


def test_paths_of_a_wordpress_site_are_chosen_by_patterns(load):
    paths = 'include = ["/reports/*", "/briefings/*"]\nexclude = ["/*/welsh/*"]'

    declaration = load(f"{WORDPRESS}\n[filters]\n{paths}\nafter = 2015-01-31")

    assert declaration.filters.are_narrow
    assert [
        path
        for path in ("/reports/a/", "/briefings/b/c/", "/news/d/", "/reports/welsh/e/")
        if declaration.filters.want(f"https://www.charity.example{path}")
    ] == ["/reports/a/", "/briefings/b/c/"]


@pytest.mark.parametrize(
    ("filters", "key"),
    [
        ('include = ["reports/*"]', "filters.include.0"),
        ("types = []", "filters.types"),
        ('types = ["wp/v2/posts"]', "filters.types.0"),
        ('after = "last year"', "filters.after"),
        ('tems = "x"', "filters.tems"),
    ],
)
def test_a_mistake_in_a_wordpress_filter_is_named_by_its_key(load, filters, key):
    with pytest.raises(SourceError, match=rf"{key}: "):
        load(f"{WORDPRESS}\n[filters]\n{filters}")


REVIEWED = {
    "department-for-education": "govuk",
    "ofsted": "govuk",
    "care-leavers-association": "wordpress",
    "kings-trust": "sitemap",
    "foundations": "wordpress",
    "what-works-csc": "wordpress",
    "joseph-rowntree-foundation": "sitemap",
    "nspcc": "sitemap",
    "nspcc-learning": "sitemap",
    "childrens-society": "sitemap",
    "barnardos": "sitemap",
    "innovation-unit": "sitemap",
    "basw": "sitemap",
    "gmcvo": "sitemap",
    "learning-and-work-institute": "wordpress",
    "catch22": "wordpress",
    "white-rose": "oaipmh",
    "openalex": "openalex",
    "google-scholar": "upload",
}


def test_a_declaration_ships_for_every_place_that_the_review_searched():
    assert {d.slug: d.kind for d in shipped_declarations()} == REVIEWED


@pytest.mark.parametrize("declaration", shipped_declarations(), ids=lambda d: d.slug)
def test_what_ships_is_polite_and_says_what_nobody_has_verified(declaration):
    assert declaration.unverified
    assert declaration.licence
    assert declaration.politeness.delay_seconds >= 1
    assert declaration.politeness.connections == 1
    assert not declaration.is_loopback
    assert declaration.schemes == {"https"}
    assert declaration.politeness.contact is None  # whoever harvests says so


def test_the_file_of_a_declaration_is_named_after_it():
    folder = REPOSITORY / "harvester" / "sources"

    for path in folder.glob("*.toml"):
        assert load_declaration(path).slug == path.stem


def test_the_reviews_protocol_uses_only_what_is_declared():
    used = parse_protocol(shipped_protocol("care-leavers"), name="care-leavers").sources

    assert set(used) <= REVIEWED.keys()
    assert len(used) == 11


@pytest.mark.parametrize(
    ("kind", "was", "becomes", "told"),
    [
        ("sitemap", '"*.pdf"', '"reports"', r"filters\.include\.1: "),
        ("sitemap", 'site = "https://www', 'sitemap = "https://www', r"entry\.site: "),
        (
            "sitemap",
            'site = "https://www.h',
            'site = "https://other.h',
            r"entry\.site: its host is not among hosts",
        ),
        ("sitemap", '".downloads"', '".downloads["', r"page\.documents: '\.downloads\[' is no CSS selector"),
        ("listing", '"article.result"', '"article::text"', r"list\.item: .* is no CSS selector"),
        ("listing", 'item = "article.result"', "", r"list\.item: "),
        (
            "listing",
            'next = "a[rel=next]"',
            'next = "a"\npages = "?page={page}"',
            "list: next, pages: only one",
        ),
        ("listing", '"of ([0-9,]+)"', '"of [0-9]+"', r"list\.total_pattern: .* must have one group"),
        ("drupal", '"report", "briefing"', "", r"filters\.bundles: "),
        ("drupal", '"field_date"', '"field date"', r"api\.published: "),
        ("drupal", 'pages = "?page={page}"', 'pages = "?page=1"', r"list\.pages: "),
    ],
)
def test_a_wrong_key_of_a_kind_is_named_with_its_file(load, kind, was, becomes, told):
    good = example_of(kind).read_text()
    assert was in good
    assert load(good).kind == kind

    with pytest.raises(SourceError, match=rf"source\.toml: {told}"):
        load(good.replace(was, becomes))


def test_lists_of_a_drupal_site_want_rules(load):
    good = example_of("drupal").read_text()
    without, _, _ = good.partition("[list]")

    with pytest.raises(SourceError, match=r"source\.toml: list: say how entry\.lists are read"):
        load(without)


def test_a_mark_before_the_first_letter_is_passed_over(tmp_path):
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8-sig")

    assert load_declaration(tmp_path / "a.toml").slug


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("https://www.charity.example/", 'write "www.charity.example"'),
        ("WWW.Charity.example", 'write "www.charity.example"'),
        ("www.bücher.example", 'write "www.xn--bcher-kva.example"'),
        ("www charity", 'as "www.example.org"'),
    ],
)
def test_a_host_that_is_written_otherwise_is_said_as_it_must_be(load, host, said):
    with pytest.raises(SourceError) as error:
        load(WORDPRESS.replace('hosts = ["www.charity.example"]', f'hosts = ["{host}"]'))

    (line,) = str(error.value).splitlines()
    assert "hosts.0: " in line
    assert said in line
    assert "pattern" not in line
