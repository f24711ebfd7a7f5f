"""Which language a text is in, told from the words that every sentence needs.

A language's thirty or so commonest words, articles, prepositions, pronouns, make up a third of any prose in it, and few of
them are words of another. That is enough to tell whole documents apart, weighs nothing and takes no time to load, which a
process for every document would pay each time. Scripts that one language has to itself are told by their letters.
"""

import re
import unicodedata
from collections import Counter
from functools import cache

UNKNOWN = "und"
"""There is enough text, and its language is none of those known here, or cannot be told: ISO 639-2's code for that."""

FEWEST_WORDS = 40  # two or three sentences; captions and names alone say nothing
# Prose has a third of its words in the list of its language, tables and references a few in a hundred; then the language
# must be far ahead of the next one.
_ENOUGH = 0.08
_LITTLE = 0.02
_FAR_AHEAD = 2.0
_FEWEST_DIFFERENT = 3  # a form repeats "am" and "no" at every line and is in no language for that
_MOST_LOOKED_AT = 5_000  # words; further ones would change nothing
_MOSTLY = 0.5
_WORD = re.compile(r"[^\W\d_]{2,}")  # letters alone are labels as often as words

_COMMON = {
    "en": "the of and to in a is that for it was on are as with be by this have from or had not but which they were an their at we",
    "cy": "y yr yn a ac i o ar bod mae wedi eu ei ni gan am gyda hyn fel oedd sydd ein neu er bydd wrth nad roedd gallu dros yng",
    "ga": "an na agus ar i a is go le bhí tá sé do ag ó de nach sin mar atá seo ina bhfuil chun faoi gur siad don leis ach",
    "gd": "an na agus air ann a tha is gu le bha e do aig bho de chan sin mar seo nan nam far airson gun iad leis ach anns bhith",
    "fr": "de la le et les des en un une du dans est que pour qui par sur au pas plus avec ce sont il ne aux ou se cette ont",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach",
    "es": "de la que el en y a los del se las por un para con no una su al es lo como más o pero sus le ha este son",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao das foi à ou são pelo",
    "it": "di e il la che in a un per è del una i le con non si da della al come dei sono nel più alla anche ha gli delle",
    "ca": "de la i el que a en les els un per amb una del és no al es dels més com ha o aquest va són també però seva aquesta",
    "nl": "de van het een en in is dat op te met voor zijn die niet aan er om ook als bij door maar naar uit werd worden dit over wordt",
    "sv": "och i att en det som på är av för med den till inte om ett har de var från men så kan vi ska också eller efter när vid",
    "da": "og i at en det som på er af for med den til ikke om et har de var fra men så kan vi skal også eller efter når ved",
    "no": "og i at en det som på er av for med den til ikke om et har de var fra men så kan vi skal også eller etter når ved",
    "fi": "ja on ei että se oli ovat hän mutta kun myös tai sen joka mukaan kuin ole vuoden olla sekä voi jos niin tämä ollut jonka joita siitä näin kanssa",
    "pl": "i w na z do się nie że jest to o a od za po jak przez dla oraz są przy tym co ale było jego których który być ze są pod ich jej lub bez może tylko już tego tej także we być każdy wszystkie",
    "cs": "a v na se je že to s z o do k i ve jako za pro by od ale po jeho jsou které který tak být při nebo není na jsou jejich byla bylo byl bez nebo než také této všech každý mezi až již své mohou",
    "ro": "de și în a la cu pe că din o nu un este pentru care mai au fost sau prin ca se al ale sunt după dar lui acest fi",
    "hu": "a az és hogy nem is egy ez volt meg de csak már ha mint vagy el még lehet minden azt után által között pedig szerint kell ezt akkor amely",
    "et": "ja on ei et ta oli see kui ka aga siis ning mis oma või ma seda mida kes nii välja veel olid pole üle ole nende mitte kõik neile",
    "hr": "je se na da su za od kao što ili koji koje koja bi ne iz kako ali nije samo sve te uz prema bio biti može nakon bez sva",
    "lt": "ir kad iš su kaip tai bet už ar jis yra nuo tik buvo savo apie po jo dar jau prie arba šio gali pagal metų per jie turi be",
    "lv": "un ir ka no uz ar par kas bija kā lai bet arī tas pie vai nav tiek gan pēc viņš līdz gada šo to savu tikai būt jau bez",
    "sk": "na sa je že to so ako za ale by od pre po do si aj pri podľa alebo ktorý ktoré nie však môže jeho len bol boli sú bez",
    "sl": "in je na da se za so ki po pa kot ne tudi od iz ali pri bi bil kar še bilo ter zaradi lahko sta med ker bila kako brez",
    "bg": "на да за се от не са по че като до при към или но това след през които още беше който във със само една има може без под",
    "tr": "ve bir bu için ile da de olarak çok daha gibi olan ne kadar sonra en o ise değil olduğu var ama göre her tarafından bunu ya ancak mi üzere",
    "ru": "и в не на что с по как это из к он а для от за о но его то или же мы были был она все так при было",
    "uk": "і в на що з до не та у за як для це від про його по або але він є й із під які при ми було бути також",
    "ar": "في من على أن إلى عن التي ما هذا هذه لا الذي كان مع أو بين كل بعد قد ذلك وقد كما هو هي لم ولا عند حيث إن",
    "ur": "کے کی میں ہے اور سے کا کو اس کہ ہیں پر نے بھی ایک یہ کر جو تھا نہیں لیے وہ ان تو ہو گیا تک ہی کیا جا",
    "so": "iyo ee ka oo in ku waxaa ay la uu u si loo aad ah lagu waa ama kale haddii markii kuwa leh waxa dadka ayaa badan aan waxay ugu",
}
_SCRIPTS: tuple[tuple[str, str], ...] = (("ko", "HANGUL"), ("ja", "HIRAGANA"), ("ja", "KATAKANA"), ("zh", "CJK"), ("el", "GREEK"), ("he", "HEBREW"))  # fmt: skip
_SCRIPTS += (("th", "THAI"), ("bn", "BENGALI"), ("pa", "GURMUKHI"), ("gu", "GUJARATI"), ("ta", "TAMIL"), ("hi", "DEVANAGARI"))  # fmt: skip
# Kana stand among many Chinese characters: a tenth of them makes a text Japanese.
_KANA = 0.1
_LAST_OF_LATIN = "\u02ff"
_OF_OTHER_SCRIPTS = re.compile(f"[^\\x00-{_LAST_OF_LATIN}]")


def language_of(text: str) -> str | None:
    """Return a text's ISO 639-1 code, ``"und"`` where it cannot be told, ``None`` for too little text."""
    sample = unicodedata.normalize("NFC", text[: _MOST_LOOKED_AT * 10])
    if by_script := _by_script(sample):
        return by_script
    found: list[str] = _WORD.findall(sample)[:_MOST_LOOKED_AT]
    words = list(map(str.casefold, found))
    if len(words) < FEWEST_WORDS:
        return None
    counts = Counter(words)
    shares = {code: _share(counts, common) for code, common in _profiles().items()}
    (best, code), (next_best, _) = sorted(((share, code) for code, share in shares.items()), reverse=True)[:2]
    is_told = best >= _ENOUGH or (best >= _LITTLE and best >= _FAR_AHEAD * next_best)
    return code if is_told else UNKNOWN


def _share(counts: Counter[str], common: frozenset[str]) -> float:
    """Share of the words that are among a language's commonest; none where these are few, however often they occur."""
    met = [counts[word] for word in common if word in counts]
    return sum(met) / counts.total() if len(met) >= _FEWEST_DIFFERENT else 0.0


@cache
def _profiles() -> dict[str, frozenset[str]]:
    return {code: frozenset(_WORD.findall(words)) for code, words in _COMMON.items()}


def _by_script(text: str) -> str | None:
    """Tell a language by its letters, where most of them are of one script that says it."""
    if len(_OF_OTHER_SCRIPTS.findall(text)) < FEWEST_WORDS:
        return None
    every = {ch: times for ch, times in Counter(text).items() if ch.isalpha()}
    letters = Counter({ch: times for ch, times in every.items() if ch > _LAST_OF_LATIN})
    total = sum(every.values())
    if letters.total() < max(FEWEST_WORDS, _MOSTLY * total):
        return None
    scripts: Counter[str] = Counter()
    for ch, times in letters.items():
        name = unicodedata.name(ch, "")
        scripts.update({script: times for _, script in _SCRIPTS if name.startswith(script)})
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if kana >= _KANA * (kana + scripts["CJK"]) and kana + scripts["CJK"] >= _MOSTLY * total:
        return "ja"
    return next((code for code, script in _SCRIPTS if scripts[script] >= _MOSTLY * total), None)
