"""The tables. One ORM class per idea; writes go through services, reads through selectors."""

from corpus.models.audit_event import AuditEvent
from corpus.models.capability import Capability
from corpus.models.capture import Capture
from corpus.models.extracted_text import ExtractedText
from corpus.models.host_turn import HostTurn
from corpus.models.lease import Lease
from corpus.models.person import Person
from corpus.models.prediction import Prediction, Suggestion, Verdict
from corpus.models.reanchoring import Reanchoring
from corpus.models.record import Record, RecordRevision
from corpus.models.report import Report, ReportCapture, ReportSighting, Study
from corpus.models.review import Candidate, Membership, ProtocolVersion, Review, SearchUse
from corpus.models.schedule import Schedule
from corpus.models.screening_decision import ScreeningDecision
from corpus.models.search_run import SearchRun, Sighting
from corpus.models.source import Source, TermsConfirmation
from corpus.models.trained_model import ModelPromotion, TrainedModel

__all__ = [
    "AuditEvent",
    "Candidate",
    "Capability",
    "Capture",
    "ExtractedText",
    "HostTurn",
    "Lease",
    "Membership",
    "ModelPromotion",
    "Person",
    "Prediction",
    "ProtocolVersion",
    "Reanchoring",
    "Record",
    "RecordRevision",
    "Report",
    "ReportCapture",
    "ReportSighting",
    "Review",
    "Schedule",
    "ScreeningDecision",
    "SearchRun",
    "SearchUse",
    "Sighting",
    "Source",
    "Study",
    "Suggestion",
    "TermsConfirmation",
    "TrainedModel",
    "Verdict",
]
