"""Make the training set that ships from the labeller's file: what may be shown, and no more.

python -m classifier.shipped_set LABELLED.jsonl models/eligibility/training-set.jsonl
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

SHIPPED_KEYS = (
    "id",
    "title",
    "publisher",
    "year",
    "url",
    "summary",
    "eligible",
    "eligible_any_year",
    "exclusion_reason",
    "domains",
    "duplicate_of",
    "group",
)

# Hosts that hand out copies of other people's documents. The names are matched from the left of the
# registered name, since these services live under many endings (.net, .us, .site, .mx).
_MIRROR_NAMES = frozenset(
    {
        "1library",
        "cupdf",
        "docest",
        "docplayer",
        "docsbay",
        "docslib",
        "documents.pub",
        "dokumen",
        "fdocuments",
        "fliphtml5",
        "healthdocbox",
        "issuu",
        "lawsdocbox",
        "moam",
        "paperzz",
        "pdfslide",
        "slideshare",
        "springerlink.bibliotecabuap.elogim",  # one library's login in front of a publisher
        "vdocument",
        "vdocuments",
    }
)


def is_mirror(url: str) -> bool:
    """Tell whether a URL lies with a service that shares other people's documents."""
    labels = (urlsplit(url).hostname or "").rstrip(".").split(".")
    return any(
        ".".join(labels[start:end]) in _MIRROR_NAMES
        for start in range(len(labels))
        for end in range(start + 1, len(labels) + 1)
    )


def shipped_rows(rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Cut rows to what ships.

    URLs of mirrors become ``None``. Groups become ``g001``, ``g002`` … in order of appearance, and
    ``duplicate_of`` the id of the record it points at: neither holds a URL.
    """
    opaque: dict[str, str] = {}
    for row in rows:
        opaque.setdefault(str(row["group"]), f"g{len(opaque) + 1:03d}")
    ids = {str(row["url"]): row["id"] for row in rows}
    shipped = []
    for row in rows:
        changed = dict(row)
        changed["group"] = opaque[str(row["group"])]
        changed["url"] = None if row["url"] is None or is_mirror(str(row["url"])) else row["url"]
        changed["duplicate_of"] = None if row["duplicate_of"] is None else ids[str(row["duplicate_of"])]
        shipped.append({key: changed[key] for key in SHIPPED_KEYS})
    return shipped


def main(arguments: Sequence[str]) -> None:
    """Read the labeller's file, write the set that ships."""
    source, target = (Path(argument) for argument in arguments)
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").split("\n") if line]
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in shipped_rows(rows)]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
