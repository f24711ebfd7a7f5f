"""Where sentences end, by typography and abbreviations."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.sentences import sentence_spans

# Each is written with a bar for the white space behind a sentence.
PARTED = [
    "Most moved twice.|They were 17.|None had help.",
    "Some providers, e.g. Ofsted ones, did.|Others (i.e. most) did not.",
    "Smith et al. (2014) asked them.|Jones et al. found none.|So said Brown et al.|The others agreed.",
    "See Fig. 2 and Figs. 3–4.|Compare Table No. 5 with App. B.|The answer was no.|A second survey followed.",
    "Dr. Okoro met Prof. J. K. Smith in St. Albans.|Mrs. Lee came too.",
    "It cost £3.5 million, or 4.25 per cent.|The next year it was 5.|Costs then fell.",
    "It began on 23 Sept. 2014 and ended in Dec.|The team then left.",
    "The U.S. Department agreed.|So did the U.K.|They signed at 5 p.m. on Monday, before 6 p.m.|The rest came later.",
    "Is it enough?|No!|“It is not,” she said.|“Why?” he asked.|“Because.”|Then they left.",
    "It helped (see p. 12).|(Some did not agree.)|It stayed.",
    "Few were adults.12|The next says why.|Most were “children.”13|They lived at home.[14]|Others did not.1,2|Why?",
    "A rate of 3.12 The dean set, and section 4.12 Aims of it, stay whole.",
    "See www.gov.uk/a.b and https://example.org/x.pdf for more.|Write to a.b@example.org.|Thank you.",
    "And then… nothing.|Some waited...|Nobody came.|She said: “We […] Often wait.”|So it was.",
    "The aims were: 1. To find homes.|2. To find work; 3. To stay in touch.",
    "1.2 Aims of the study.|2. We asked adults.|(a) Some answered.|iv. Others did not.",
    "Thomas, R. J., C. A. Barth and J. G. A. Hill wrote in J. Geophys. Res. Lett. 28.|So did I. A. Others.",
    "Sec. 101. Definitions of care.|AA. Other definitions.",
    "Plants (Joseph M.) Nuclear and (Robert E.) Steam ran.|(Some did not.)|They closed.",
    "Table 2. Results by region.",
    "Figure A.3. Results by region.|Source: survey.",
    "“We were happy.” – Foster carer",
    "It was run by Barnardos Ltd. Services and by Barnardos Ltd.|The budget rose.",
    "It was vs. The others, cf. Table 3, c. 1900, ca. 5, approx. 20.",
    "He has a Ph.D. in law.|She has an M.A. and a B.Sc.|They met.",
    "See Children Act 1989, s. 17, and Regs. 2010.",
    "It is 5 °C.|£5 was spent.|½ was left.",
]


def parted(text):
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize("marked", PARTED)
@pytest.mark.parametrize("blank", [" ", "\n"])
def test_sentences_end_where_they_end(marked, blank):
    wanted = marked.replace(" ", blank).split("|")
    assert parted(blank.join(wanted)) == wanted


@pytest.mark.parametrize(
    "lines",
    [
        ["Aims:", "• to find homes", "• to find work"],
        ["Homes were found.", "– Foster carer"],
        ["Findings ........ 4", "Methods . . . . . . 12", "Annex A …………… iv", "Index . . . . 8"],
    ],
)
def test_lines_that_begin_with_a_bullet_or_end_with_leaders_stand_alone(lines):
    assert parted("\n".join(lines)) == lines


@given(st.text() | st.text("aB1.?!…)]”\"' \n,–•*²", max_size=60))
def test_sentences_part_a_text_but_for_white_space(text):
    spans = sentence_spans(text)

    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


@given(st.lists(st.sampled_from(["Care helps.", "Who asks?", "Few do!", "He stayed in 2014."]), min_size=1))
def test_plain_sentences_are_found_whatever_stands_between(sentences):
    assert parted("\n ".join(sentences)) == sentences
