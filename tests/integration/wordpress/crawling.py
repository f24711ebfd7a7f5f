"""Crawls of the real WordPress, and what came of them."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from tests.fakes import crawl_process
from tests.fakes.crawl_process import Outcome
from tests.fakes.wordpress import HOME

PDFS = "files (application/pdf)"


def declaration(
    site: str = HOME, *, kind: str = "wordpress", filters: str = "", hosts: Iterable[str] = ()
) -> str:
    """Return a declaration of the site, asked without any pause."""
    host = urlsplit(site).netloc
    return f"""
slug = "local-wordpress"
name = "Grey Literature Trust on this machine"
organisation = "Grey Literature Trust"
kind = "{kind}"
hosts = {json.dumps([host, *hosts])}
licence = "none"

[entry]
site = "{site}"

[filters]
media_types = ["application/pdf"]
{filters}

[politeness]
delay_seconds = 0.0
connections = 4
"""


def crawl(folder: Path, toml: str, **order: Any) -> Outcome:
    """Crawl to the end."""
    order = {"run_uid": uuid4(), "warc_dir": folder / "warc", **order}
    return crawl_process.run(folder, declaration=toml, **order)


def documents(outcome: Outcome) -> list[dict[str, Any]]:
    """Return the documents of all records."""
    return [document for record in outcome.records.values() for document in record["documents"]]


def retrieved(outcome: Outcome) -> Counter[str]:
    """Return how often each address was retrieved as a document."""
    return Counter(document["url"] for document in documents(outcome) if document["status"] == "retrieved")


def kinds(outcome: Outcome) -> Counter[str]:
    """Return how many records there are of each kind."""
    return Counter(record["document_type"] for record in outcome.records.values())
