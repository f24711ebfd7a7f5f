"""Names that lead where nobody may go, and hosts that are not who they say."""

from tests.fakes.hostile.inputs import PDF, Input, answer

_LEADS = "leads to an address that may not be reached: "

_ANSWERS: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    ("127.0.0.1", "loopback", ("127.0.0.1",), "127.0.0.1"),
    ("::1", "loopback6", ("::1",), "::1"),
    ("a public address and 127.0.0.1", "both", ("151.101.0.144", "127.0.0.1"), "127.0.0.1"),
    ("a public address and, by IPv6, ::1", "both6", ("151.101.0.144", "::1"), "::1"),
    ("a private network", "private", ("10.0.0.1",), "10.0.0.1"),
    ("the metadata service of clouds", "metadata", ("169.254.169.254",), "169.254.169.254"),
    ("0.0.0.0", "any", ("0.0.0.0",), "0.0.0.0"),  # noqa: S104 - nothing is bound
    ("127.0.0.1 mapped into IPv6", "mapped", ("::ffff:127.0.0.1",), "::ffff:127.0.0.1"),
    ("127.0.0.1 by NAT64", "nat64", ("64:ff9b::7f00:1",), "64:ff9b::7f00:1"),
    ("127.0.0.1 by 6to4", "sixtofour", ("2002:7f00:1::",), "2002:7f00:1::"),
    ("a link-local address", "linklocal", ("fe80::1",), "fe80::1"),
    ("an address of many (multicast)", "multicast", ("224.0.1.1",), "224.0.1.1"),
)

NAMES = {f"{name}.test": list(answers) for _, name, answers, _ in _ANSWERS}
"""What the pretended name server answers; it has never heard of any other name."""

DNS = (
    *(
        Input(
            f"a public source's name that leads to {what}",
            f"{_LEADS}{name}.test leads to {refused}",
            url=f"http://{name}.test:{{canary}}/a.pdf",
            is_alone=True,
            fails_run=True,
        )
        for what, name, _, refused in _ANSWERS
    ),
    Input(
        "a public source's name that leads nowhere",
        "no answer",
        url="http://nowhere.test:{canary}/a.pdf",
        is_alone=True,
        fails_run=True,
    ),
)


def _tls(what: str, reason: str | None, port: str) -> Input:
    url = f"https://127.0.0.1:{{{port}}}{{path}}"
    return Input(what, reason, answer(PDF), url=url, is_alone=True, fails_run=reason is not None)


_INSECURE = "no secure connection: "

TLS = (
    _tls("https with a certificate in order", None, "tls_good"),
    _tls(
        "https with a certificate that it signed itself",
        _INSECURE + "certificate verify failed",
        "tls_selfsigned",
    ),
    _tls("https with a certificate that has expired", _INSECURE + "certificate verify failed", "tls_expired"),
    _tls(
        "https with another host's certificate",
        _INSECURE + "the certificate is another host's",
        "tls_wronghost",
    ),
    _tls("https that speaks plain HTTP", _INSECURE + "wrong version number", "port"),
    _tls("https that never finishes its greeting", "no whole answer in time", "silent"),
)
