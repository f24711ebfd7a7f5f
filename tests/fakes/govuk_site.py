"""What a pretended GOV.UK holds: content items, files, search entries, and what shall go wrong."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event
from typing import Any
from uuid import NAMESPACE_URL, uuid5

REAL_SITE = "https://www.gov.uk"
REAL_ASSETS = "https://assets.publishing.service.gov.uk"
DEPARTMENT = {
    "title": "Department for Education",
    "slug": "department-for-education",
    "base_path": "/government/organisations/department-for-education",
    "content_id": "ebd15ade-73b2-4eaf-b1c3-43034a42eb37",
}
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Asset:
    """A file on the assets host. ``status`` 301 and 302 need ``location``; ``parent`` is its landing page's path."""

    body: bytes = b""
    media_type: str = "application/pdf"
    status: int = 200
    location: str | None = None
    parent: str | None = None
    modified: datetime = NOON

    @property
    def etag(self) -> str:
        return f'"{int(self.modified.timestamp()):x}-{len(self.body):x}"'


@dataclass(frozen=True)
class Fault:
    """What goes wrong, once or more often, at a URL path: ``kind`` is truncate, close, status, garble."""

    kind: str
    times: int = 1
    status: int = 503
    retry_after: str | None = None
    body: str = "busy"


@dataclass
class Site:
    """Everything that is served. Addresses of the two real hosts in items are rewritten to the server's own."""

    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    assets: dict[str, Asset] = field(default_factory=dict)
    entries: list[dict[str, Any]] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    sub_paths: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    robots: str = "User-agent: *\nDisallow: /*/print$\nDisallow: /search/all*\n"
    delay: float = 0.0
    gate: Event | None = None  # nothing is answered before it opens
    gzip: bool = True
    cache: dict[str, Asset] | None = None
    before_search: Callable[[], None] | None = None
    hidden_from_results: int = 0

    def publish(
        self, item: Mapping[str, Any], *, listed: bool = True, organisation: str = DEPARTMENT["slug"]
    ) -> None:
        """Serve a content item and, unless told otherwise, let the search find it."""
        self.items[item["base_path"]] = dict(item)
        if listed:
            self.entries.append(entry_for(item, organisation=organisation))


def entry_for(item: Mapping[str, Any], *, organisation: str = DEPARTMENT["slug"]) -> dict[str, Any]:
    """Return what the search index says of a content item."""
    return {
        "title": item.get("title") or "untitled",
        "description": item.get("description") or "",
        "link": item["base_path"],
        "content_id": item.get("content_id"),
        "content_store_document_type": item["document_type"],
        "format": item["schema_name"],
        "public_timestamp": item.get("public_updated_at") or item.get("first_published_at"),
        "first_published_at": item.get("first_published_at"),
        "updated_at": item.get("updated_at"),
        "organisations": [organisation],
        "is_withdrawn": bool(item.get("withdrawn_notice")),
    }


def content_id(name: str) -> str:
    """Return a lasting identity for a made-up thing."""
    return str(uuid5(NAMESPACE_URL, f"specimen:{name}"))


def publication(slug: str, **said: Any) -> dict[str, Any]:
    """Return a made-up publication that is valid against the real schema.

    ``title, description, document_type, published, organisation, withdrawn, attachments, body`` may be given.
    """
    path = f"/government/publications/{slug}"
    published = f"{said.get('published', '2019-05-17')}T09:30:00.000+00:00"
    title = said.get("title", f"Specimen: {slug}")
    organisation = said.get("organisation", DEPARTMENT)
    return {
        "base_path": path,
        "content_id": content_id(path),
        "document_type": said.get("document_type", "research"),
        "schema_name": "publication",
        "title": title,
        "description": said.get("description", f"A specimen called {slug}."),
        "locale": said.get("locale", "en"),
        "phase": "live",
        "first_published_at": published,
        "public_updated_at": said.get("updated", published),
        "updated_at": "2020-01-10T12:35:07.396Z",
        "publishing_app": "whitehall",
        "rendering_app": "frontend",
        "analytics_identifier": None,
        "publishing_request_id": None,
        "withdrawn_notice": said.get("withdrawn", {}),
        "links": {
            "organisations": [_linked(organisation)],
            "primary_publishing_organisation": [_linked(organisation)],
            "available_translations": [],
        },
        "details": {
            "body": said.get("body", '<div class="govspeak"><p>A specimen.</p></div>'),
            "change_history": [{"public_timestamp": published, "note": "First published."}],
            "first_public_at": published,
            "emphasised_organisations": [organisation["content_id"]],
            "political": False,
            "government": {"title": "Specimen government", "slug": "specimen-government", "current": False},
            "attachments": said.get("attachments", []),
            "featured_attachments": [attachment["id"] for attachment in said.get("attachments", [])],
        },
    }


def html_publication(parent: Mapping[str, Any], slug: str, *, title: str, body: str) -> dict[str, Any]:
    """Return a made-up HTML attachment's own content item."""
    path = f"{parent['base_path']}/{slug}"
    return {
        "base_path": path,
        "content_id": content_id(path),
        "document_type": "html_publication",
        "schema_name": "html_publication",
        "title": title,
        "description": None,
        "locale": "en",
        "phase": "live",
        "first_published_at": parent["first_published_at"],
        "public_updated_at": parent["public_updated_at"],
        "updated_at": parent["updated_at"],
        "publishing_app": "whitehall",
        "rendering_app": "frontend",
        "analytics_identifier": None,
        "publishing_request_id": None,
        "withdrawn_notice": {},
        "links": {
            "parent": [_linked({**parent, "slug": ""}, document_type="research", schema_name="publication")],
            "organisations": parent["links"]["organisations"],
        },
        "details": {
            "body": f'<div class="govspeak">{body}</div>',
            "public_timestamp": parent["public_updated_at"],
            "first_published_version": True,
            "political": False,
        },
    }


def gone(path: str, *, explanation: str | None, alternative: str = "") -> dict[str, Any]:
    """Return a gone item; without explanation the server answers 410."""
    return {
        "base_path": path,
        "content_id": content_id(path),
        "document_type": "gone",
        "schema_name": "gone",
        "title": None,
        "description": None,
        "locale": "en",
        "publishing_app": "whitehall",
        "public_updated_at": "2016-09-26T09:50:56.000+00:00",
        "updated_at": "2016-09-26T09:50:56.078Z",
        "details": {"explanation": explanation, "alternative_path": alternative},
        "links": {},
    }


def redirect(path: str, *, to: str) -> dict[str, Any]:
    """Return a redirect item."""
    return {
        "base_path": path,
        "content_id": content_id(path),
        "document_type": "redirect",
        "schema_name": "redirect",
        "title": None,
        "description": None,
        "locale": "en",
        "phase": "live",
        "publishing_app": "whitehall",
        "rendering_app": None,
        "analytics_identifier": None,
        "publishing_request_id": None,
        "first_published_at": "2017-10-20T09:21:02.000+00:00",
        "public_updated_at": "2017-10-20T09:21:02.000+00:00",
        "updated_at": "2017-12-13T15:11:33.804Z",
        "withdrawn_notice": {},
        "details": {},
        "links": {},
        "redirects": [{"path": path, "type": "exact", "destination": to}],
    }


def file_attachment(number: int, *, filename: str, title: str, size: int = 0, **said: Any) -> dict[str, Any]:
    """Return a file attachment whose file lies at ``/media/<24 hex digits>/<filename>`` on the assets host."""
    asset_id = f"{number:024x}"
    return {
        "attachment_type": "file",
        "id": str(number),
        "title": title,
        "url": f"{REAL_ASSETS}/media/{asset_id}/{filename}",
        "content_type": said.get("content_type", "application/pdf"),
        "file_size": size,
        "filename": filename,
        "number_of_pages": said.get("pages", 1),
        "accessible": False,
        "isbn": said.get("isbn", ""),
        "unique_reference": said.get("unique_reference", ""),
        "command_paper_number": "",
        "hoc_paper_number": "",
        "unnumbered_command_paper": False,
        "unnumbered_hoc_paper": False,
        "assets": [{"asset_manager_id": asset_id, "filename": filename}],
    }


def html_attachment(number: int, *, title: str, path: str) -> dict[str, Any]:
    """Return an HTML attachment: its URL is a path."""
    return {
        "attachment_type": "html",
        "id": str(number),
        "title": title,
        "url": path,
        "isbn": "",
        "unique_reference": "",
        "command_paper_number": "",
        "hoc_paper_number": "",
        "unnumbered_command_paper": False,
        "unnumbered_hoc_paper": False,
    }


def external_attachment(number: int, *, title: str, url: str) -> dict[str, Any]:
    """Return an attachment that lies elsewhere."""
    return {"attachment_type": "external", "id": str(number), "title": title, "url": url}


def described_organisation(organisation: Mapping[str, Any]) -> dict[str, Any]:
    """Return an organisation as the list of organisations describes it."""
    path = organisation["base_path"]
    return {
        "id": f"{REAL_SITE}/api/organisations/{organisation['slug']}",
        "title": organisation["title"],
        "format": "Ministerial department",
        "web_url": f"{REAL_SITE}{path}",
        "details": {
            "slug": organisation["slug"],
            "content_id": organisation["content_id"],
            "govuk_status": "live",
        },
        "parent_organisations": [],
        "child_organisations": [],
        "superseded_organisations": [],
        "superseding_organisations": [],
    }


def asset_path(attachment: Mapping[str, Any]) -> str:
    """Return where on the assets host an attachment's file lies."""
    return str(attachment["url"]).removeprefix(REAL_ASSETS)


def minimal_pdf(text: str) -> bytes:
    """Return a small PDF that says ``text`` (ASCII)."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("ascii")
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length " + str(len(stream)).encode() + b" >>\nstream\n" + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + table
    return out + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n" + str(start).encode() + b"\n%%EOF\n"


def _linked(thing: Mapping[str, Any], *, document_type: str = "organisation", **said: Any) -> dict[str, Any]:
    path = thing["base_path"]
    return {
        "content_id": thing["content_id"],
        "title": thing["title"],
        "locale": "en",
        "document_type": document_type,
        "schema_name": said.get("schema_name", "organisation"),
        "base_path": path,
        "api_path": f"/api/content{path}",
        "api_url": f"{REAL_SITE}/api/content{path}",
        "web_url": f"{REAL_SITE}{path}",
        "withdrawn": False,
        "links": {},
    }


def copy_of(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return a deep copy."""
    copied: dict[str, Any] = json.loads(json.dumps(item))
    return copied
