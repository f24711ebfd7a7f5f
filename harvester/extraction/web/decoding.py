"""Bytes of a web page into characters."""

import codecs
import re

_DECLARED_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w-]{1,40})", re.IGNORECASE
)
_DECLARED_WITHIN = 1024
# Labels that stand for another encoding than their name says (WHATWG Encoding Standard, 4.2): pages that declare them use
# its further characters. A page whose declaration can be read as ASCII is not in UTF-16 (HTML Standard, 13.2.3.2).
_MEANT = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "utf-16": "utf-8",
    "utf-16-le": "utf-8", "utf-16-be": "utf-8",
}  # fmt: skip
# What a parser of XML characters refuses, and the declaration that it must not read once bytes are characters.
_REFUSED = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML_DECLARATION = re.compile(r"\A\ufeff?\s{0,99}<\?xml[^>]{0,200}\?>")


def decode(html: bytes | str) -> str:
    """Return the page's characters: by byte order mark, declared charset, else as UTF-8.

    What cannot be decoded becomes U+FFFD.
    """
    text = html if isinstance(html, str) else _decode(html)
    return _REFUSED.sub("\N{REPLACEMENT CHARACTER}", _XML_DECLARATION.sub("", text)).removeprefix("\ufeff")


def _decode(html: bytes) -> str:
    if html.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return html.decode("utf-16", "replace")
    declared = _DECLARED_CHARSET.search(html[:_DECLARED_WITHIN])
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8-sig"
        return html.decode(_MEANT.get(name, name), "replace")
    except LookupError:
        return html.decode("utf-8-sig", "replace")
