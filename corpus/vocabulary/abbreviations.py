"""English abbreviations: whether a full stop belongs to the word before it, told by that word and the next."""

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Before a name or a word that goes on: never at an end.
_TITLES = _words(
    """mr mrs ms mx dr prof rev hon rt st messrs gen col lt sgt capt cllr fr sr vs cf viz e.g i.e eg ie ca approx esp
    incl nb"""
)
# Before a number or a letter that counts.
_COUNTING = _words(
    """fig figs no nos p pp vol vols ch chap chs sec sect s ss art arts eq eqs tab ref refs para paras app annex ed eds
    n pt pts q qs reg regs sch cl jan feb mar apr jun jul aug sep sept oct nov dec ver"""
)
# At an end or not: the next word decides.
_EITHER = _words(
    """etc al inc ltd co corp plc llp dept govt assoc univ jr esq ave rd bros jan feb mar apr jun jul aug sep sept oct nov
    dec tue tues thu thurs fri est a.m p.m ph.d b.a m.a b.sc m.sc d.phil ed eds
    dist ref refs ext tel acad ann assn astron biol bull chem clin econ educ environ eng geophys hist int j lett mag med natl phys
    proc psychol publ q rep res rev sci soc stat technol univ"""
)
# Words that begin sentences far more often than they are names.
_STARTERS = _words(
    """a about after all although an and another are as at because before both but by did do does during each every few
    finally first for from further had has have he her here his how however i if in indeed is it its many more moreover
    most much my no nor not of on once one only or other our overall she should similarly since so some such than that the
    their then there therefore these they this those though through thus to two under unless until we were what when where
    whereas whether which while who why will with within without would yet you your"""
)
_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_]){1,5}")  # U.S, p.m, N.H.S
_COUNTED = re.compile(r"[A-Za-z]{0,2}\d|[IVXLCDM]{1,7}$|[A-Z]$")


def is_abbreviated(word: str, first: str, after: str, *, stop: bool) -> bool:
    """Whether the stop behind a word belongs to it, and the sentence goes on.

    ``first`` is the next character, ``after`` the next word, ``stop`` whether a stop stands behind that as well.
    """
    plain = word.casefold()
    if plain in _TITLES:
        return True
    if plain in _COUNTING and _COUNTED.match(after):
        return plain != "no" or after[:1].isdigit()
    is_short = (len(word) == 1 and word.isalpha()) or _DOTTED.fullmatch(word) is not None
    if is_short or plain in _EITHER:
        is_initial = stop and len(after) == 1
        return first == "(" or is_initial or after.casefold() not in _STARTERS
    return False
