"""Keys for the seal of documents, made for a test."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "for-a-test"
NAME = "SouthCoast STEM Network"


@cache
def an_rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def a_certificate(
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, *, begins: datetime, ends: datetime, name: str = NAME
) -> x509.Certificate:
    names = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(*[True, True, *[False] * 7])
    made = x509.CertificateBuilder().subject_name(names).issuer_name(names).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(begins).not_valid_after(ends)
    return made.add_extension(usage, critical=True).sign(key, SHA256())


def a_seal_file(folder: Path, *, begins: datetime, days: int = 3650, name: str = NAME, key=None) -> str:
    """Write a key with its certificate, and return the path of the file."""
    key = key or an_rsa_key()
    certificate = a_certificate(key, begins=begins, ends=begins + timedelta(days=days), name=name)
    locked = BestAvailableEncryption(PASSWORD.encode())
    path = folder / f"{certificate.serial_number:x}.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, None, locked))
    return str(path)
