"""What a declaration may say of a source's landing pages, where the usual guesses are wrong."""

from typing import Annotated

from cssselect import GenericTranslator, SelectorError
from pydantic import AfterValidator, Field, StringConstraints

from harvester.declarations.common import Strict


def _css(value: str) -> str:
    try:
        GenericTranslator().css_to_xpath(value)
    except SelectorError as error:
        raise ValueError(f"{value!r} is no CSS selector ({error})") from error
    return value


Css = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    AfterValidator(_css),
    Field(description="selector"),
]
"""A CSS selector. Where a link is wanted it may point at the link or at anything around it."""


class PageRules(Strict):
    """Where on a landing page things stand. What is left out is guessed from the page.

    Attributes
    ----------
    title, summary, published
        The first match's text; of a date also the ``datetime`` or ``content`` that it carries.
    documents
        The links in what this matches are the documents, all of them and no others.
    """

    title: Css | None = None
    summary: Css | None = None
    published: Css | None = None
    documents: Css | None = None
