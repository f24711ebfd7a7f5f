"""Real reports: their headings, roles, dates, told from type alone."""

from corpus.vocabulary.documents import SectionRole
from harvester.extraction import extract_document
from tests.shared_material import SHARED, needs_shared

pytestmark = needs_shared
REPORTS = SHARED / "data/reports"


def said(name):
    text = extract_document(next(REPORTS.glob(name)))
    return text, {section.title: section for section in text.sections}


def test_inspection_report():
    text, sections = said("uk-ofsted-80432-*.pdf")
    assert sections["What does the area partnership need to do better?"].role is SectionRole.RECOMMENDATIONS
    assert sections["Information about this inspection"].role is SectionRole.METHODS
    assert sections["Inspection outcome"].level == 1
    assert text.title == "Area SEND inspection of Bolton Local Area Partnership"


def test_paper_with_numbered_headings():
    text, sections = said("us-govdocs-226387.pdf")
    assert [section.role for section in sections.values()] == [
        SectionRole.EXECUTIVE_SUMMARY,
        SectionRole.INTRODUCTION,
        SectionRole.METHODS,
        SectionRole.FINDINGS,
        SectionRole.CONCLUSIONS,
        SectionRole.REFERENCES,
    ]
    assert len(text.facts.authors) == 4
