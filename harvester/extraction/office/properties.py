"""What an office file declares of itself: the properties of either family, by the names that both share."""

from lxml import etree

_NAMES = frozenset({
    "title", "subject", "creator", "initial-creator", "keyword", "keywords", "description", "language", "category",
    "created", "creation-date", "modified", "date", "lastModifiedBy", "generator", "revision",
})  # fmt: skip


def read_properties(xml: bytes | None) -> dict[str, str]:
    """Return properties of ``docProps/core.xml`` or ``meta.xml``; empty where they cannot be read."""
    if not xml:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(xml, parser=parser)
    found: dict[str, str] = {}
    for element in root.iter() if root is not None else ():
        if isinstance(element.tag, str) and (name := etree.QName(element).localname) in _NAMES:
            found.setdefault(name, (element.text or "").strip())
    return {name: value for name, value in found.items() if value}
