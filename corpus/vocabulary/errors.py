"""Errors that a user can mend; everything else that is raised is a bug and keeps its traceback."""

from datetime import datetime


class GreysiftError(Exception):
    """Something a person can put right; its text says what and how."""


class ProtocolError(GreysiftError):
    """A protocol file says something that cannot be true; the text names key and line."""


class SourceError(GreysiftError):
    """A source is unknown, not enabled, or answered in a way its kind does not allow."""


class ScheduleError(GreysiftError):
    """A schedule cannot be read, or there is none."""


class ExtractionError(GreysiftError):
    """A document could not be turned into text; the text is the recorded reason."""


class PolicyError(GreysiftError):
    """This may not be done in this state, or not by this person."""


class ArtefactError(GreysiftError):
    """A trained model is missing, damaged, or holds a type that is not trusted."""


class WorkspaceError(GreysiftError):
    """There is no workspace here, or it is not the one that was meant."""


class BusyError(GreysiftError):
    """Another live process holds the lease on this work."""


class TurnsError(GreysiftError):
    """Whose turn it is at a host cannot be kept, so that nobody may be asked; the text says why."""


class HandOverError(GreysiftError):
    """A file that was handed over cannot be taken in; the text says why and what would do."""


class NotNowError(GreysiftError):
    """Not now, but later: nothing is lost, and the same command after ``until`` goes on where this one stopped.

    ``why`` is the reason by itself.
    """

    def __init__(self, text: str, *, until: datetime, why: str = "") -> None:
        super().__init__(text)
        self.until, self.why = until, why
