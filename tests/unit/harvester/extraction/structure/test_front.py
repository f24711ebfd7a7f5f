"""Authors, dates and roles by their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.documents import SectionRole
from harvester.extraction.structure import role_of
from harvester.extraction.structure.authors import find_authors
from harvester.extraction.structure.dates import find_date
from tests.unit.harvester.extraction.structure.typeset import Row, heading, page, read, text

TITLE = "Homes after care"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["By Jo Smith and Dr Sam Brown"], ("Jo Smith", "Sam Brown")),
        (["Authors: Jo Smith, Sam Brown & Kim de Vries"], ("Jo Smith", "Sam Brown", "Kim de Vries")),
        (["Prepared by", "R. L. Reid, V. S. White", "National Laboratory"], ("R. L. Reid", "V. S. White")),
        ([TITLE, "J. Smith1,*, S. Brown2 and K. Jones"], ("J. Smith", "S. Brown", "K. Jones")),
        (
            [
                TITLE,
                "Y. T. Yan (闫耀庭)1,?, C. Henkel1, 2, A.",
                "Brunthaler3, and K. Jones",
                "1 University of Bonn",
            ],
            ("Y. T. Yan", "C. Henkel", "A. Brunthaler", "K. Jones"),
        ),
        ([TITLE, "Jo Smitha)*, Kim Brownb) and Lee Ford"], ("Jo Smith", "Kim Brown", "Lee Ford")),
        ([TITLE, "J. Smith", "K. Brown", "National Laboratory"], ("J. Smith", "K. Brown")),
        (
            ["By Jo F. Smith, Kim L. Brown,", "and Lee R. Ford", "May 2019"],
            ("Jo F. Smith", "Kim L. Brown", "Lee R. Ford"),
        ),
        ([TITLE, "Jo Smith 1", "1Department of Physics, University of Bonn"], ("Jo Smith",)),
        ([TITLE, "Unallowed Costs", "All Funds"], ()),
        ([TITLE, "Leeds Homes 1", "In this report"], ()),
        ([TITLE, "Jo Smith"], ()),
        ([TITLE, "Blackpool Borough Council"], ()),
        ([TITLE, "Housing Policy, Social Care and Education"], ()),
        (["Prepared by", "Department of Education"], ()),
        ([], ()),
        (
            [TITLE, "Jane Smith a,b, John Doe b and Ana de la Ruiz a,*"],
            ("Jane Smith", "John Doe", "Ana de la Ruiz"),
        ),
        ([TITLE, "J. Smith a, S. Brown b", "a University of York"], ("J. Smith", "S. Brown")),
        ([TITLE, "Jane Smith a", "a University of York"], ("Jane Smith",)),
        ([TITLE, "Jane Smith a,b", "a University of York"], ("Jane Smith",)),
        ([TITLE, "Jane Smith a", "and what she found"], ()),
    ],
)
def test_authors(lines, names):
    assert find_authors(lines, title=TITLE, declared=None) == names


def test_single_name_below_the_title_counts_where_the_document_declares_it():
    assert find_authors([TITLE, "Jo Smith"], title=TITLE, declared="smith, jo") == ("Jo Smith",)


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["Inspection dates: 2 to 9 July 2014", "Report published: 8 September 2014"], "2014-09-08"),
        (["17 to 21 June 2024"], None),
        (["May 7, 2000"], "2000-05-07"),
        (["August 2001"], "2001-08"),
        (["Spring 2014"], "2014"),
        (["Version of 2019-03-31"], "2019-03-31"),
        (["© Homes for All 2020. All rights reserved"], "2020"),
        (["Of those who left care after 3 May 2009 most had a home of their own within the year"], None),
        (["Previous inspection: 3 May 2009"], None),
        (["35 May 2009"], "2009-05"),
        ([], None),
    ],
)
def test_dates(lines, date):
    assert find_date(lines) == date


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Executive Summary", SectionRole.EXECUTIVE_SUMMARY),
        ("Exec summary", SectionRole.EXECUTIVE_SUMMARY),
        ("HIGHLIGHTS", SectionRole.EXECUTIVE_SUMMARY),
        ("In conclusion", SectionRole.CONCLUSIONS),
        ("1. Background and context", SectionRole.INTRODUCTION),
        ("Aims and method(ology)", SectionRole.METHODS),
        ("Data and methods", SectionRole.METHODS),
        ("What we did", SectionRole.METHODS),
        ("3 Key findings", SectionRole.FINDINGS),
        ("What young people told us", SectionRole.FINDINGS),
        ("RESULTS AND DISCUSSION", SectionRole.FINDINGS),
        ("Conclusions and outlook", SectionRole.CONCLUSIONS),
        ("Conclusions and recommendations", SectionRole.RECOMMENDATIONS),
        ("Recommendations: housing", SectionRole.RECOMMENDATIONS),
        ("What does the local authority need to improve?", SectionRole.RECOMMENDATIONS),
        ("What needs to improve in this area of practice?", SectionRole.RECOMMENDATIONS),
        ("Areas for improvement", SectionRole.RECOMMENDATIONS),
        ("Inspection findings – the board", SectionRole.FINDINGS),
        ("Experimental setup", None),
        ("Experimental design", SectionRole.METHODS),
        ("Bibliography", SectionRole.REFERENCES),
        ("Annex B – The letter", SectionRole.APPENDICES),
        ("Appendices", SectionRole.APPENDICES),
        ("Sources of income", None),
        ("Introducing a new partner at home", None),
        ("Housing", None),
        ("", None),
    ],
)
def test_roles(words, role):
    assert role_of(words) is role


@given(st.text())
def test_any_words_may_be_asked_for(words):
    assert role_of(words) in {None, *SectionRole}
    assert find_authors([TITLE, words], title=TITLE, declared=words) is not None
    assert find_date([words]) is None or len(find_date([words])) in {4, 7, 10}


def test_a_document_has_its_authors_and_date():
    document = read(
        page(Row(TITLE, size=24.0), Row("J. Smith and S. Brown", above=20.0), Row("May 2021", above=20.0)),
        page(heading("Homes"), text()),
    )
    assert (document.facts.authors, document.facts.dated) == (("J. Smith", "S. Brown"), "2021-05")
