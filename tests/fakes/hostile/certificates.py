"""Certificates, in order and not, made anew for each use."""

import datetime
import ipaddress
import ssl
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_DAY = datetime.timedelta(days=1)


def make_certificates(folder: Path) -> dict[str, ssl.SSLContext]:
    """Write an authority's certificate as ``authority.pem``; return servers' contexts by what is wrong with them."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority made for a test")])
    now = datetime.datetime.now(datetime.UTC)
    authority = (
        x509.CertificateBuilder(
            name, name, key.public_key(), x509.random_serial_number(), now - _DAY, now + _DAY
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "authority.pem").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    here: x509.GeneralName = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))

    def context(
        called: str, name_on_it: x509.GeneralName, *, ends: datetime.datetime, is_own: bool = False
    ) -> ssl.SSLContext:
        own = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, called)])
        made = (
            x509.CertificateBuilder(
                subject if is_own else name,
                subject,
                own.public_key(),
                x509.random_serial_number(),
                now - 9 * _DAY,
                ends,
            )
            .add_extension(x509.SubjectAlternativeName([name_on_it]), critical=False)
            .sign(own if is_own else key, hashes.SHA256())
        )
        path = folder / f"{called}.pem"
        path.write_bytes(
            own.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + made.public_bytes(serialization.Encoding.PEM)
        )
        server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.load_cert_chain(path)
        return server

    return {
        "tls_good": context("good", here, ends=now + _DAY),
        "tls_selfsigned": context("selfsigned", here, ends=now + _DAY, is_own=True),
        "tls_expired": context("expired", here, ends=now - _DAY),
        "tls_wronghost": context("wronghost", x509.DNSName("other.test"), ends=now + _DAY),
    }
