"""Screening words: stages, choices, what several decisions amount to, who may take part."""

from enum import StrEnum


class Stage(StrEnum):
    """Where in the review a decision is made."""

    TITLE_ABSTRACT = "title_abstract"
    FULL_TEXT = "full_text"


class Choice(StrEnum):
    """One reviewer's answer to one record at one stage."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    UNSURE = "unsure"


class Outcome(StrEnum):
    """What the decisions on one candidate, at one stage, amount to."""

    INCOMPLETE = "incomplete"  # fewer independent decisions than the protocol asks for
    INCLUDED = "included"
    EXCLUDED = "excluded"
    CONFLICT = "conflict"


class Role(StrEnum):
    """What a person is to one review."""

    OWNER = "owner"
    REVIEWER = "reviewer"
    ADJUDICATOR = "adjudicator"
    OBSERVER = "observer"


class VerdictChoice(StrEnum):
    """A person's answer to a suggestion, or an addition of their own."""

    ACCEPT = "accept"
    EDIT = "edit"
    REFUSE = "refuse"
    ADD = "add"


class SuggestionKind(StrEnum):
    """What the machine may propose."""

    DOMAIN = "domain"
    BARRIER = "barrier"
    FACILITATOR = "facilitator"
    CONSTRUCT = "construct"
    MEASURE = "measure"
    FIELD = "field"
