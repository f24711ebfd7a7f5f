"""Small PDFs for tests, written by hand."""

import io
from pathlib import Path


def write_pdf(
    path: Path,
    *,
    pages: int = 1,
    content: bytes = b"",
    size: str = "0 0 300 400",
    extra: str = "",
    filters: str = "",
) -> Path:
    """Write a PDF by hand: ``pages`` pages that all show the same ``content``, Helvetica as /F1.

    ``size`` is the media box, ``extra`` goes into each page's dictionary, ``filters`` into the content's.
    """
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d /MediaBox [%s] >>" % (kids, pages, size.encode()),
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters.encode(), content),
        b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
        *[b"<< /Type /Page /Parent 2 0 R /Contents 3 0 R /Resources 4 0 R %s >>" % extra.encode()] * pages,
    ]
    file = io.BytesIO()
    file.write(b"%PDF-1.4\n")
    places = []
    for number, content_of_object in enumerate(objects, start=1):
        places.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, content_of_object))
    table = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    file.writelines(b"%010d 00000 n \n" % place for place in places)
    file.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    path.write_bytes(file.getvalue())
    return path


def show(text: bytes, *, times: int = 1) -> bytes:
    """Content that shows ``text`` in 12 points, each time a line lower."""
    return b"BT /F1 12 Tf 14 TL 20 360 Td " + b"(%s) Tj T* " % text * times + b"ET"
