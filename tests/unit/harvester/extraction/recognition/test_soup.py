import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.extraction.recognition.soup import Oddness, oddness

ENGLISH = (
    "The inspectors found that most care leavers had a personal adviser, and that plans were reviewed at least "
    "every six months. Young people told us that they were listened to. In 2019 the council spent £4.2 million."
)
WRITING = {
    "English": ENGLISH,
    "German": "Die Prüfer stellten fest, dass die meisten Jugendlichen einen persönlichen Berater hatten und regelmäßig gehört wurden.",
    "Polish": "Większość młodych ludzi miała osobistego doradcę, a plany były sprawdzane co najmniej raz na sześć miesięcy.",
    "Welsh": "Roedd gan y rhan fwyaf o'r bobl ifanc gynghorydd personol, ac adolygwyd y cynlluniau bob chwe mis.",
    "Croatian": "Prst, krv, vrt, smrt i trg: većina mladih imala je osobnog savjetnika, a planovi su se redovito pregledavali.",
    "Hawaiian": "Ua loaʻa i ka hapa nui o ka poʻe ʻōpio he kākāʻōlelo pilikino, a ua nānā ʻia nā papahana i kēlā me kēia.",
    "Vietnamese": "Hầu hết thanh niên đều có một cố vấn riêng và các kế hoạch được xem xét ít nhất sáu tháng một lần.",
    "Greek": "Οι περισσότεροι νέοι είχαν προσωπικό σύμβουλο και τα σχέδια επανεξετάζονταν κάθε έξι μήνες.",
    "Russian": "У большинства молодых людей был личный консультант, и планы пересматривались каждые шесть месяцев.",
    "Arabic": "كان لمعظم الشباب مستشار شخصي، وتمت مراجعة الخطط كل ستة أشهر على الأقل.",
    "Hebrew": "לרוב הצעירים היה יועץ אישי, והתוכניות נבדקו לפחות פעם בחצי שנה.",
    "Hindi": "अधिकांश युवाओं के पास एक निजी सलाहकार था और योजनाओं की समीक्षा हर छह महीने में की जाती थी।",
    "Japanese": "ほとんどの若者には個人アドバイザーがいて、計画は少なくとも半年ごとに見直されました。",
    "Korean": "대부분의 청소년에게 개인 상담사가 있었고 계획은 적어도 6개월마다 검토되었다.",
    "Thai": "เยาวชนส่วนใหญ่มีที่ปรึกษาส่วนตัวและมีการทบทวนแผนอย่างน้อยทุกหกเดือน",
    "contents": "Introduction ........................ 3\nMethods . . . . . . . . . . . . . 12\nReferences ______________ 45",
    "figures": "2019 4.2 (3.1) 17%\n2020 4.8 (3.3) 18%\n2021 5.1 (3.9) 21%\n-0.3 1.7 2.2 12,400 £33",
    "units": "5 µm, 3 Ω, 4 ℃, Δx = 2 mm, the 1º and 2ª editions; αβ-proteins and the naïve façade of the œuvre",
}


@pytest.mark.parametrize("language", WRITING)
def test_writing_is_not_odd(language):
    assert oddness(WRITING[language]) is Oddness.NONE
    assert oddness(WRITING[language] * 20) is Oddness.NONE


def shifted(text, by):
    return "".join(chr(ord(ch) + by) if ch.isascii() and not ch.isspace() else ch for ch in text)


@pytest.mark.parametrize(
    "soup",
    [
        "".join(chr(0xE000 + ord(ch)) if not ch.isspace() else ch for ch in ENGLISH),  # private use
        "\ufffd" * 30 + ENGLISH[:40],  # undecoded
        ENGLISH.translate({ord(ch): "bcdfgk"[n % 6] for n, ch in enumerate("aeiouy")}),  # without vowels
        "̽ଋҨǥƹ ̽ୡȥဎഁ ୡࣧҨ ဌʾဎಱ ̽ೌ¢܆ ȥ¢¢ਮ Νͱʸ¢ ฏʤҨ ೌ¢܆ȥ ဎഁୡ ǥƹଋ ҨǥƹଋҨ ဌʾဎಱ",  # scripts mixed in every word
        "?@'-/ [{}] <>|~ $%&*+ =^_` :;!#/ ()@'? -/[{] }<>|~ $%&*+ =^`:; !#/()@ '?-/[",  # marks
    ],
)
def test_what_no_language_writes_is_plainly_odd(soup):
    assert oddness(soup) is Oddness.PLAIN


@pytest.mark.parametrize("by", [-29, -3, 3, 31])
def test_shifted_codes_are_odd(by):
    assert oddness(shifted(ENGLISH, by)) >= Oddness.SOME


def test_codes_and_names_glued_together_are_never_plainly_odd():
    assert oddness("getDocumentText setPageCount readBytes isOpen " * 20) is Oddness.SOME
    assert oddness(("DTHCNTR HSPTL PRCDR CD " + string.digits) * 5) is not Oddness.NONE  # names of variables


@given(st.text())
def test_any_text_is_told(text):
    assert oddness(text) in Oddness
