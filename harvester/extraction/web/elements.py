"""What the elements of a web page are to a reader."""

import re

from lxml.etree import _Element as Element

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
    "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
"""Elements that begin on a line of their own."""

_SILENT = frozenset({
    "base", "button", "canvas", "datalist", "head", "iframe", "input", "link", "math", "meta", "noscript", "object",
    "script", "select", "style", "svg", "template", "textarea", "title",
})  # fmt: skip
_AROUND = frozenset({"nav", "header", "footer", "aside", "form"})
_AROUND_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "complementary", "search", "menu", "dialog",
})  # fmt: skip
# The names under which the common systems put what readers wrote.
_COMMENTS = frozenset({
    "comments", "comments-area", "comment-list", "comment-respond", "respond", "wp-block-comments", "disqus_thread",
})  # fmt: skip
_HIDDEN_STYLE = re.compile(r"(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)", re.IGNORECASE)


def tag_of(element: Element) -> str:
    """Return an element's name; empty for comments and instructions."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def is_silent(element: Element) -> bool:
    """Whether nobody sees what the element holds, or it is what readers wrote beneath."""
    return (
        not isinstance(element.tag, str)
        or tag_of(element) in _SILENT
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
        or not _COMMENTS.isdisjoint([element.get("id") or "", *(element.get("class") or "").split()])
    )


def is_around(element: Element) -> bool:
    """Whether the element says of itself that it stands around the content: menus, banners, forms, asides."""
    return tag_of(element) in _AROUND or (element.get("role") or "").lower() in _AROUND_ROLES


def heading_level(tag: str) -> int | None:
    """Return 1 to 6 for a heading's name."""
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else None
