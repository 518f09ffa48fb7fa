"""A self-made certificate, for trying things out on one's own network. No phone trusts it unless it is told to."""

from __future__ import annotations

import ipaddress
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from everyangle.adapters.durable import Disk, make_folder, storage_errors, write_file

_DAYS = 90


def lab_certificate(folder: Path, host: str) -> tuple[Path, Path]:
    """Return paths of a certificate and its key, in PEM; made anew where there is none for this host, or an old one.

    Args:
        folder: where they are kept, for this user's eyes only.
        host: a name or an address; it, this machine's name and ``localhost`` stand in the certificate.

    Raises:
        StorageError: where they cannot be kept.
    """
    certificate, key = folder / f"{host.replace(':', '_')}.crt", folder / f"{host.replace(':', '_')}.key"
    disk = Disk()
    with storage_errors(f"Keeping a certificate in {folder}"):
        if not (certificate.exists() and key.exists() and _fresh(certificate)):
            make_folder(disk, folder, 0o700)
            for path, data in zip((key, certificate), _made(host), strict=True):
                write_file(disk, path, data, path.with_suffix(".new"), 0o600)
    return certificate, key


def _fresh(certificate: Path) -> bool:
    ends = x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc
    return ends > datetime.now(UTC) + timedelta(days=1)


def _made(host: str) -> tuple[bytes, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Every Angle, for trying out")])
    now = datetime.now(UTC)
    names: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    names += [one for one in map(_general, sorted({host, socket.gethostname()})) if _is_reachable(one, names)]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=_DAYS))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private, certificate.public_bytes(Encoding.PEM)


def _is_reachable(name: x509.GeneralName, known: list[x509.GeneralName]) -> bool:
    """Tell whether a name adds something: no address that means all addresses."""
    return name not in known and not (isinstance(name, x509.IPAddress) and name.value == ipaddress.ip_address(0))


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
