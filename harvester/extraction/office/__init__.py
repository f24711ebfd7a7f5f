"""Reports that come as files of a word processor: written as a web page, and read as one."""

from harvester.extraction.office.docx import read_docx
from harvester.extraction.office.odt import read_odt

__all__ = ["read_docx", "read_odt"]
