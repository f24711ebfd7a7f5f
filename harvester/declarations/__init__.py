"""What is declared of a source: where to ask, what to ask for, how politely. Facts in TOML, never code.

Each kind of source has a module of its own that says which keys its declarations have; ``reading`` reads them.
"""

from harvester.declarations.common import SourceDeclaration
from harvester.declarations.govuk import GovukDeclaration
from harvester.declarations.oaipmh import OaipmhDeclaration
from harvester.declarations.reading import (
    declaration_as_plain,
    load_declaration,
    parse_declaration,
    shipped_declarations,
)
from harvester.declarations.upload import UploadDeclaration
from harvester.declarations.wordpress import WordpressDeclaration

__all__ = [
    "GovukDeclaration",
    "OaipmhDeclaration",
    "SourceDeclaration",
    "UploadDeclaration",
    "WordpressDeclaration",
    "declaration_as_plain",
    "load_declaration",
    "parse_declaration",
    "shipped_declarations",
]
