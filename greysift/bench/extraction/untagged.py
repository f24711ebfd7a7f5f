"""Copies of tagged PDFs that show the same pages and say nothing of their structure."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pikepdf

_OPENS = {"BMC", "BDC"}
_POINTS = {"MP", "DP"}
_LAYER = "/OC"  # optional content: it says what is shown, not what it means


def is_tagged(path: Path) -> bool:
    """Whether a document brings a structure tree; one that cannot be opened does not."""
    try:
        with pikepdf.open(path) as pdf:
            return "/StructTreeRoot" in pdf.Root
    except pikepdf.PdfError:
        return False


def write_untagged(path: Path, target: Path) -> None:
    """Write a copy without structure tree, ``/MarkInfo`` and marked content, in pages and forms alike.

    Layers (``/OC``) stay: without them hidden text would be shown.
    """
    with pikepdf.open(path) as pdf:
        for name in ("/StructTreeRoot", "/MarkInfo"):
            if name in pdf.Root:
                del pdf.Root[name]
        for page in pdf.pages:
            page.obj.Contents = pdf.make_stream(_without_marks(page))
            if "/StructParents" in page.obj:
                del page.obj["/StructParents"]
        for form in pdf.objects:
            if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form":
                form.write(_without_marks(form))
                if "/StructParents" in form:
                    del form["/StructParents"]
        pdf.save(target)


def _without_marks(content: Any) -> bytes:  # noqa: ANN401 - a page or a form
    return pikepdf.unparse_content_stream(list(_kept(pikepdf.parse_content_stream(content))))


def _kept(instructions: Iterable[Any]) -> Iterable[Any]:
    is_kept: list[bool] = []  # of the marks that are open
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator in _OPENS:
            is_kept.append(str(instruction.operands[0]) == _LAYER)
            if not is_kept[-1]:
                continue
        elif operator == "EMC":
            if not (is_kept and is_kept.pop()):
                continue
        elif operator in _POINTS:
            continue
        yield instruction
