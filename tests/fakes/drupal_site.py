"""A strict stand-in for Drupal's JSON:API, as drupal.org documents it and the core module's code does it.

No real Drupal is behind it: what modules and settings change is not here.
"""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import NAMESPACE_URL, uuid5

from tests.fakes.web_server import Answer

API = "application/vnd.api+json"
MOST = 50
_FAMILIES = ("filter", "sort", "page", "include", "fields", "resourceVersion")
_SORTABLE = {"drupal_internal__nid", "created", "changed", "title"}


def uuid(name: str) -> str:
    """Return a lasting identity for a made-up thing."""
    return str(uuid5(NAMESPACE_URL, name))


@dataclass
class Node:
    """A publication. ``files`` hang on it through media; one whose path is ``None`` is not shown to visitors."""

    nid: int
    title: str
    files: tuple[str | None, ...] = ()
    body: str = ""
    summary: str = ""
    bundle: str = "report"
    alias: str | None = None
    dated: str = "2019-05-17"
    is_shown: bool = True

    @property
    def path(self) -> str:
        return self.alias or f"/node/{self.nid}"


@dataclass
class DrupalSite:
    """The nodes, and what is odd about the site. ``hits`` counts pages of collections."""

    nodes: list[Node] = field(default_factory=list)
    is_open: bool = True
    counts: bool = False
    most: int = MOST
    on_page: Any = None
    status: int | None = None

    def answer(self, path: str) -> Answer | None:
        """Answer a request to the JSON:API, ``None`` for any other."""
        asked = urlsplit(path)
        if not asked.path.startswith("/jsonapi"):
            return None
        if self.status is not None:
            return self._error(self.status, "The site is in trouble.")
        if not self.is_open:
            return Answer("<p>Page not found</p>", status=404)
        if asked.path == "/jsonapi":
            return self._index()
        bundle = asked.path.removeprefix("/jsonapi/node/")
        if bundle not in {node.bundle for node in self.nodes}:
            return self._error(404, "No route found.")
        return self._collection(bundle, dict(parse_qsl(asked.query, keep_blank_values=True)))

    def _index(self) -> Answer:
        links = {"self": {"href": "HOST/jsonapi"}, "user--user": {"href": "HOST/jsonapi/user/user"}}
        links |= {f"node--{b}": {"href": f"HOST/jsonapi/node/{b}"} for b in {n.bundle for n in self.nodes}}
        return self._document({"data": [], "links": links})

    def _collection(self, bundle: str, query: dict[str, str]) -> Answer:
        for name in query:
            if name.partition("[")[0] not in _FAMILIES:
                return self._error(
                    400, f"The following query parameters violate the JSON:API spec: '{name}'."
                )
        if query.get("sort", "drupal_internal__nid").removeprefix("-") not in _SORTABLE:
            return self._error(400, f"Invalid nested filtering. The field `{query['sort']}` does not exist.")
        includes = [path for path in query.get("include", "").split(",") if path]
        if wrong := [path for path in includes if path != "field_document.field_media_file"]:
            return self._error(400, f"`{wrong[0]}` is not a valid relationship field name.")
        offset = int(query.get("page[offset]", 0))
        limit = min(int(query.get("page[limit]", MOST)), self.most)
        if self.on_page is not None:
            self.on_page(offset)
        nodes = sorted((n for n in self.nodes if n.bundle == bundle), key=lambda n: n.nid)
        chosen = nodes[offset : offset + limit]  # what a visitor may not see takes its place all the same
        url = f"HOST/jsonapi/node/{bundle}"
        links: dict[str, Any] = {"self": {"href": f"{url}?{urlencode(query)}"}}
        if len(nodes) > offset + limit:
            onward = query | {"page[offset]": str(offset + limit), "page[limit]": str(limit)}
            links["next"] = {"href": f"{url}?{urlencode(onward)}"}
        meta: dict[str, Any] = {"count": len(nodes)} if self.counts else {}
        if hidden := [node for node in chosen if not node.is_shown]:
            meta["omitted"] = {
                "detail": "Some resources have been omitted because of insufficient authorization.",
                "links": {"help": {"href": "https://www.drupal.org/docs"}}
                | {f"item--{n.nid}": {"href": f"{url}/{uuid(n.path)}"} for n in hidden},
            }
        shown = [node for node in chosen if node.is_shown]
        document = {"data": [self._node(node) for node in shown], "links": links}
        if includes:
            document["included"] = [part for node in shown for part in self._included(node)]
        return self._document(document | ({"meta": meta} if meta else {}))

    @staticmethod
    def _node(node: Node) -> dict[str, Any]:
        media = [
            {"type": "media--document", "id": uuid(f"media {node.nid} {n}")} for n in range(len(node.files))
        ]
        return {
            "type": f"node--{node.bundle}",
            "id": uuid(node.path),
            "links": {"self": {"href": f"HOST/jsonapi/node/{node.bundle}/{uuid(node.path)}"}},
            "attributes": {
                "drupal_internal__nid": node.nid,
                "langcode": "en",
                "status": True,
                "title": node.title,
                "created": f"{node.dated}T09:30:00+00:00",
                "changed": "2020-01-01T00:00:00+00:00",
                "path": {"alias": node.alias, "pid": 7 if node.alias else None, "langcode": "en"},
                "field_dated": "2001-02-03",
                "body": {
                    "value": node.body,
                    "format": "basic_html",
                    "processed": node.body,
                    "summary": node.summary,
                }
                if node.body
                else None,
            },
            "relationships": {"field_document": {"data": media}, "uid": {"data": None}},
        }

    @staticmethod
    def _included(node: Node) -> list[dict[str, Any]]:
        parts: list[dict[str, Any]] = []
        for n, path in enumerate(node.files):
            if path is None:
                continue
            file = {"type": "file--file", "id": uuid(f"file {path}")}
            parts += [
                {
                    "type": "media--document",
                    "id": uuid(f"media {node.nid} {n}"),
                    "attributes": {"name": f"Media {n}"},
                    "relationships": {"field_media_file": {"data": file}},
                },
                {
                    **file,
                    "attributes": {
                        "filename": path.rpartition("/")[2],
                        "uri": {"value": f"public:/{path}", "url": path},
                        "filemime": "application/pdf",
                        "filesize": 9,
                    },
                },
            ]
        return parts

    def _error(self, status: int, detail: str) -> Answer:
        error = {"title": "Error", "status": str(status), "detail": detail}
        return Answer(json.dumps({"jsonapi": {"version": "1.0"}, "errors": [error]}), API, status)

    @staticmethod
    def _document(document: dict[str, Any]) -> Answer:
        return Answer(json.dumps({"jsonapi": {"version": "1.0"}, **document}), API)
