"""A real OAI-PMH repository, the library ``oai_repo``, over the same entries as the pretended one."""

from datetime import UTC, datetime
from typing import Any

import oai_repo
from lxml import etree

from tests.fakes.oai_server import Item, OaiServer, RepositoryHandler

_DC, _OAI_DC = "http://purl.org/dc/elements/1.1/", "http://www.openarchives.org/OAI/2.0/oai_dc/"


class RealOaiServer(OaiServer):
    """Serves entries through the library; what is asked of it is judged by the library alone."""

    @staticmethod
    def handler() -> type[RepositoryHandler]:
        return _RealHandler


class _RealHandler(RepositoryHandler):
    def repository(self, arguments: list[tuple[str, str]]) -> None:
        with self.fake.lock:
            self.fake.asked.append(dict(arguments))
        answer = oai_repo.OAIRepository(_Data(self.fake)).process(dict(arguments))
        self.send(200, bytes(answer), "text/xml; charset=utf-8")


class _Data(oai_repo.DataInterface):
    def __init__(self, server: OaiServer) -> None:
        self.server, self.limit = server, server.page
        self.items = {item.identifier: item for item in server.items}

    def get_identify(self) -> oai_repo.Identify:
        return oai_repo.Identify(
            repository_name="Real",
            base_url=f"http://{self.server.host}/cgi/oai2",
            admin_email=["keeper@example.org"],
            earliest_datestamp=min(item.datestamp for item in self.server.items),
            deleted_record="persistent",
            granularity="YYYY-MM-DDThh:mm:ssZ",
        )

    def is_valid_identifier(self, identifier: str) -> bool:
        return identifier in self.items

    def get_metadata_formats(self, identifier: str | None = None) -> list[oai_repo.MetadataFormat]:
        schema = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
        return [oai_repo.MetadataFormat("oai_dc", schema, _OAI_DC)]

    def get_record_header(self, identifier: str) -> oai_repo.RecordHeader:
        item = self.items[identifier]
        status = "deleted" if item.is_deleted else None
        return oai_repo.RecordHeader(identifier, item.datestamp, list(item.sets), status)

    def get_record_metadata(self, identifier: str, metadataprefix: str) -> Any:
        item = self.items[identifier]
        if item.is_deleted:
            return None
        root = etree.Element(f"{{{_OAI_DC}}}dc", nsmap={"oai_dc": _OAI_DC, "dc": _DC})
        for name, text in item.said:
            etree.SubElement(root, f"{{{_DC}}}{name}").text = text.replace("HOST", self.server.host)
        return root

    def get_record_abouts(self, identifier: str) -> list[Any]:
        return []

    def list_set_specs(self, identifier: str | None = None, cursor: int = 0) -> tuple[Any, ...]:
        return ["reports"], 1, None

    def get_set(self, setspec: str) -> oai_repo.Set:
        return oai_repo.Set(setspec, setspec, [])

    def list_identifiers(
        self,
        metadataprefix: str,
        filter_from: datetime | None = None,
        filter_until: datetime | None = None,
        filter_set: str | None = None,
        cursor: int = 0,
    ) -> tuple[Any, ...]:
        page = cursor // self.limit
        if self.server.on_page is not None:
            self.server.on_page(self.server, page)
        listed = [
            item
            for item in sorted(self.server.items, key=lambda item: (item.datestamp, item.number))
            if _is_within(item, filter_from, filter_until) and (filter_set is None or filter_set in item.sets)
        ]
        part = [item.identifier for item in listed[cursor : cursor + self.limit]]
        return part, len(listed), None


def _is_within(item: Item, first: datetime | None, last: datetime | None) -> bool:
    moment = datetime.fromisoformat(item.datestamp).astimezone(UTC)
    return (first is None or moment >= first) and (last is None or moment <= last)
