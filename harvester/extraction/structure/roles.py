"""What a section is for, told by the words of its heading."""

import re
from collections.abc import Mapping

from corpus.vocabulary.documents import SectionRole
from harvester.extraction.structure.numbering import heading_depth, without_number

_LONGEST, _LONGEST_TEXT = 12, 120  # words, characters; longer headings say something of their own
_SAID: Mapping[SectionRole, tuple[str, ...]] = {
    SectionRole.APPENDICES: (
        r"(?:technical |statistical )?(?:appendix|appendices|annex|annexe|annexes)\b.*",
    ),
    SectionRole.REFERENCES: (
        r"(?:list of )?references?(?: cited| and notes| and further reading)?",
        r"(?:select |selected )?bibliography",
        r"works cited|literature cited|sources|end ?notes|notes and references|further reading",
    ),
    SectionRole.EXECUTIVE_SUMMARY: (
        r"(?:executive |exec\.? |management |plain english |lay |short |report )?summary(?: of (?:the|this) report)?",
        r"summary and (?:key )?(?:messages|recommendations|conclusions)",
        r"abstract|synopsis|overview|at a glance|in brief|headlines|(?:key )?highlights",
        r"(?:key|main) (?:messages|points|facts)|the report (?:in brief|at a glance)",
    ),
    SectionRole.METHODS: (
        r"(?:[\w ]{1,40} (?:and|&) )?(?:our |the )?(?:research |study |data )?(?:methods?|methodology|methodologies)",
        r"(?:methods?|methodology) (?:of|and|for) (?:the )?(?:study|analysis|research|solution|data|computations?|sample|limitations)",
        r"method ?\(ology\)",
        r"(?:aims|objectives) and method\(?(?:s|ology)?\)?",
        r"(?:our |the |research |study |evaluation |analytical )*approach(?: and method(?:s|ology))?",
        r"(?:research|study|evaluation) (?:design|questions)",
        r"experimental(?: (?:section|procedures?|design))",
        r"what we did|how we did .{1,40}|how (?:the|this) .{1,60} (?:was|were) (?:done|carried out|conducted)",
        r"(?:about|information about) (?:the|this) (?:study|research|evaluation|inspection|review|survey)(?: and .{1,30})?",
        r"data (?:collection|and methods?|sources)|inspection method(?:ology)?",
    ),
    SectionRole.RECOMMENDATIONS: (
        r"(?:[\w ,]{1,40} (?:and|&) )?(?:our |key |main |policy |priority |summary of )*recommendations?",
        r"recommendations? (?:and|for|to)\b.*|implications (?:and recommendations|for (?:policy|practice)\b.*)",
        r"what .{0,60}(?:needs? to|should|must|can) .{0,60}(?:better|improve|improved|change|happen|do)(?: next)?(?: (?:in|for|to|at|about)\b.*)?",
        r"(?:priority )?areas? for (?:improvement|action|development|priority action)",
        r"next steps|calls? to action|priorities for (?:action|change)|way forward|the way ahead",
        r"(?:our )?(?:recommended|priority) actions?|priority and immediate action",
    ),
    SectionRole.CONCLUSIONS: (
        r"(?:our |overall |summary and |discussion and |main |concluding )*conclusions?(?: and [\w ]{1,40})?",
        r"concluding (?:remarks|thoughts|comments)|closing (?:remarks|thoughts)|final (?:thoughts|remarks)",
        r"in conclusion|to conclude",
        r"discussion(?: and (?:conclusions?|implications))?",
    ),
    SectionRole.FINDINGS: (
        r"(?:our |key |main |research |detailed |summary of |overall |headline |the |emerging |principal |inspection |review )*findings?",
        r"findings? (?:and|from|of|by|on|in) .*",
        r"(?:key |main |the )*results(?: and [\w ]{1,40}| from .*| of .*)?",
        r"(?:what|how) (?:we|inspectors|the \w{1,12}) (?:found|learnt|learned|heard|saw|tells us|shows)(?: \w{1,5}\b.*)?",
        r"what [\w ]{1,40} told us",
    ),
    SectionRole.INTRODUCTION: (
        r"(?:general )?introduction(?: and [\w ]{1,40})?|introductory remarks|setting the scene",
        r"(?:policy |research |project )?(?:background|context)(?: (?:and|to|of)\b.*)?",
        r"(?:purpose|aims?|scope|foreword|preface)(?: (?:and|of)\b.{1,50})?|aims and objectives|objectives",
        r"why (?:this|we did).*|about (?:this|the) report",
    ),
}
_ROLES = [(role, re.compile("|".join(said), re.IGNORECASE)) for role, said in _SAID.items()]
# Front matter has no number: "7. Summary of findings" is a chapter on findings, "3.6 Summary" a chapter's end.
_UNNUMBERED_SUMMARY = re.compile(
    r"summary (?:of (?:the |our )?(?:key |main |overall )*findings|for (?:the )?[\w ]{1,40})", re.IGNORECASE
)
_DEEPER = 2
_FIRST_PART = re.compile(r"[:–—]")
_TRIMMED = " \t.:;,-–—*•|?!"


def role_of(heading: str) -> SectionRole | None:
    """Return what a heading's own words say that its section is for; ``None`` where they say nothing.

    The whole heading must say so, its number set aside: "Sources of income" is about income.
    Before a colon the first part may say it alone: "Recommendations: housing".
    """
    if len(heading) > _LONGEST_TEXT:
        return None
    words = without_number(heading).strip(_TRIMMED).replace("’", "'")
    if not words or len(words.split()) > _LONGEST:
        return None
    depth = heading_depth(heading)
    if depth is None and _UNNUMBERED_SUMMARY.fullmatch(words):
        return SectionRole.EXECUTIVE_SUMMARY
    first = _FIRST_PART.split(words, maxsplit=1)[0].strip(_TRIMMED)
    for part in dict.fromkeys((words, first)):
        for role, said in _ROLES:
            if said.fullmatch(part):
                is_chapters = role is SectionRole.EXECUTIVE_SUMMARY and (depth or 0) >= _DEEPER
                return None if is_chapters else role
    return None
