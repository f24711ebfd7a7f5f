"""The reference of declarations is what the models accept."""

import pytest

from harvester.declarations import load_declaration
from harvester.declarations.reading import KINDS
from harvester.run import _SPIDERS
from tests.docs.declarations_reference import PAGE, example_of, meanings, reference, undocumented


def test_every_key_of_every_kind_is_explained_where_it_is_defined():
    assert undocumented() == []


def test_the_page_is_fresh():
    assert PAGE.read_text() == reference(), "run `make docs-reference`"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_an_example_that_is_accepted(kind):
    declaration = load_declaration(example_of(kind))

    assert declaration.kind == kind
    assert f"## Kind `{kind}`" in PAGE.read_text()


def test_every_kind_that_is_crawled_has_a_spider():
    assert set(KINDS) - {"upload"} == set(_SPIDERS)


def test_meanings_are_read_from_docstrings_with_many_lines_and_shared_names():
    class Table(KINDS["sitemap"]):
        """Something.

        Attributes
        ----------
        one, two
            Both of
            these.

            And more.
        three
            That.
        """

    said = meanings(Table)

    assert (said["one"], said["two"], said["three"]) == (
        "Both of these. And more.",
        "Both of these. And more.",
        "That.",
    )
    assert said["slug"]
