"""A file that comes to belong to another entry is still listed: neither its old document nor its old record goes."""

import asyncio
from types import SimpleNamespace

from harvester.declarations import parse_declaration
from harvester.spiders.wordpress_holdings import Holdings
from harvester.spiders.wordpress_records import Records

SITE = "https://charity.example"
FILE = f"{SITE}/wp-content/uploads/a.pdf"
DECLARATION = parse_declaration(
    {
        "slug": "charity", "name": "Charity", "organisation": "Charity", "kind": "wordpress",
        "hosts": ["charity.example"], "licence": "none", "entry": {"site": SITE},
    },
    name="charity",
)  # fmt: skip


def post(number, *, links=FILE):
    content = f"<a href='{links}'>The report (PDF)</a>" if links else ""
    return {
        "id": number,
        "link": f"{SITE}/{number}/",
        "title": {"rendered": "P"},
        "content": {"rendered": content},
    }, ()


def library(*, parent=0):
    return {
        "id": 99,
        "source_url": FILE,
        "title": {"rendered": "A"},
        "mime_type": "application/pdf",
        "post": parent,
    }, ()


def test_an_entry_goes_on_listing_a_file_that_an_earlier_entry_has_come_to_link():
    holdings = Holdings(DECLARATION)
    batch = holdings.take_in([post(5), post(10)], [library()])

    record = asyncio.run(
        Records(SimpleNamespace(declaration=DECLARATION), holdings).of_entry(batch.entries[1])
    )

    (double,) = record.documents
    assert (double.key, double.url, double.title, double.is_double) == (FILE, FILE, "A", True)
    assert double.reason == "kept with another record: wordpress:5"
    assert record.each_once == []


def test_a_file_is_a_record_of_its_own_or_one_that_an_entry_has():
    alone = Holdings(DECLARATION).take_in([post(5, links="")], [library()])
    added = Holdings(DECLARATION).take_in([post(5, links="")], [library(parent=5)])

    assert [[file.id for file in files] for files in (alone.files, alone.owned)] == [[99], []]
    assert [[file.id for file in files] for files in (added.files, added.owned)] == [[], [99]]
