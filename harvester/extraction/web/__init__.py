"""Publications that are web pages, and whatever else can be written as one."""

from harvester.extraction.web.page import extract_html

__all__ = ["extract_html"]
