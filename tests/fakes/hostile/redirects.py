"""Redirects to where nobody may go, and redirects that make no sense."""

from tests.fakes.hostile.inputs import Input, redirect

_NOT_OURS = "redirected to a host that is not this source's: "
_NOWHERE = "redirected to no usable address: "


def _to(what: str, location: str, reason: str) -> Input:
    return Input(f"redirect to {what}", reason, redirect(location))


TARGETS = (
    _to("127.0.0.1, another port", "http://127.0.0.1:{canary}/", _NOT_OURS + "127.0.0.1:{canary}"),
    _to("localhost", "http://localhost:{canary}/", _NOT_OURS + "localhost:{canary}"),
    _to("[::1]", "http://[::1]:{canary}/", _NOT_OURS + "[::1]:{canary}"),
    _to("127.0.0.1 as one decimal number", "http://2130706433:{canary}/", _NOT_OURS + "2130706433:{canary}"),
    _to("127.0.0.1 in hexadecimal", "http://0x7f000001:{canary}/", _NOT_OURS + "0x7f000001:{canary}"),
    _to("127.0.0.1 in octal", "http://0177.0.0.01:{canary}/", _NOT_OURS + "0177.0.0.01:{canary}"),
    _to("127.0.0.1 in its short form", "http://127.1:{canary}/", _NOT_OURS + "127.1:{canary}"),
    _to("127.0.0.1 with a dot at its end", "http://127.0.0.1.:{canary}/", _NOT_OURS + "127.0.0.1.:{canary}"),
    _to(
        "127.0.0.1 with its digits quoted",
        "http://%31%32%37.0.0.1:{canary}/",
        _NOT_OURS + "%31%32%37.0.0.1:{canary}",
    ),
    _to("another address of this machine", "http://127.0.0.2:{port}/", _NOT_OURS + "127.0.0.2:{port}"),
    _to("0.0.0.0", "http://0.0.0.0:{canary}/", _NOT_OURS + "0.0.0.0:{canary}"),  # noqa: S104 - nothing is bound
    _to(
        "an IPv4 address mapped into IPv6",
        "http://[::ffff:127.0.0.1]:{canary}/",
        _NOT_OURS + "[::ffff:127.0.0.1]:{canary}",
    ),
    _to(
        "the metadata service of clouds",
        "http://169.254.169.254/latest/meta-data/",
        _NOT_OURS + "169.254.169.254",
    ),
    _to("a private network", "http://10.0.0.1/", _NOT_OURS + "10.0.0.1"),
    _to("an unknown host on the internet", "http://elsewhere.test/", _NOT_OURS + "elsewhere.test"),
    _to("//host without a scheme", "//127.0.0.1:{canary}/", _NOT_OURS + "127.0.0.1:{canary}"),
    _to(
        "our host as somebody's name",
        "http://127.0.0.1:{port}@127.0.0.1:{canary}/",
        _NOT_OURS + "127.0.0.1:{canary}",
    ),
    _to("a host after a backslash", "http://127.0.0.1:{port}\\@127.0.0.1:{canary}/", "not found"),
    _to(
        "ourselves with name and password",
        "http://me:secret@127.0.0.1:{port}/ok.pdf",
        _NOT_OURS + "127.0.0.1:{port}",
    ),
    _to("file:///etc/passwd", "file:///etc/passwd", _NOWHERE + "file"),
    _to("data:", "data:application/pdf,%25PDF-1.4", _NOWHERE + "data"),
    _to("ftp:", "ftp://127.0.0.1:{canary}/", _NOWHERE + "ftp"),
    _to("javascript:", "javascript:alert(1)", _NOWHERE + "it makes no sense"),
)

ODDITIES = (
    Input("redirect to itself", "too many redirects", redirect("{here}/redirect-to-itself")),
    Input("redirect in a circle", "too many redirects", redirect("{here}/circle")),
    Input("redirects without end", "too many redirects", redirect("{here}/further/1")),
    Input(
        "redirect without a Location", "unexpected answer: 302", redirect("").replace(b"Location: \r\n", b"")
    ),
    Input("redirect with an empty Location", "too many redirects", redirect("")),
    Input("redirect to half an IPv6 address", _NOWHERE + "it makes no sense", redirect("http://[::1")),
    Input("redirect to port 99999", _NOWHERE + "it makes no sense", redirect("http://127.0.0.1:99999/")),
    Input(
        "redirect to an address of 10,000 characters",
        _NOWHERE + "longer than 4096 bytes",
        redirect("{here}/" + "a" * 10_000),
    ),
    Input("redirect with control characters", "not found", redirect("{here}/ok.pdf\x01\x7f\x0b")),
    Input(
        "redirect with bytes that are no text",
        None,
        redirect("{here}/ok.pdf?\udcff\udcfe".encode("utf-8", "surrogateescape").decode("latin-1")),
    ),
    Input("redirect with a header smuggled in", "not found", redirect("{here}/ok.pdf%0d%0aX-Other:%20yes")),
)
