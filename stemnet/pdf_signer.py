"""pyHanko's signer for one key and many documents.

Two things are done once instead of for each document, where they take longer than typesetting it: reading the
key, and building the signature's frame. Of the frame only the digest of the document and the signature of it
change, both of a fixed length.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from asn1crypto import algos, cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

DIGEST = "sha256"
PATTERN = bytes(range(200, 232))  # a digest of no document, found again in the frame
ROOM = 3072  # bytes for the signature besides the certificates that it carries
OFF_THE_PAGE = (-1, -1, -1, -1)  # of no size and outside the page: PDF/A asks for no look, PDF/UA for no tag


@dataclass(frozen=True)
class Frame:
    """The signature of a document with the digest `PATTERN`, and what of it is signed (RFC 5652, 5.4)."""

    whole: bytes
    attributes: bytes
    signature: bytes

    @classmethod
    def of(cls, made: cms.ContentInfo) -> "Frame":
        """Return the frame of a signature that pyHanko made."""
        signer = made["content"]["signer_infos"][0]
        attributes = signer["signed_attrs"].untag().dump()
        return cls(made.dump(), attributes, signer["signature"].native)

    def filled(self, digest: bytes, key: RSAPrivateKey) -> cms.ContentInfo:
        """Return the same signature of a document with another digest."""
        signature = key.sign(self.attributes.replace(PATTERN, digest), PKCS1v15(), SHA256())
        return cms.ContentInfo.load(self.whole.replace(PATTERN, digest).replace(self.signature, signature))


class SealSigner(signers.Signer):
    """Signs PDFs with one RSA key, as PAdES baseline B."""

    def __init__(
        self, key: RSAPrivateKey, certificate: x509.Certificate, others: Iterable[x509.Certificate]
    ) -> None:
        own, *between = (
            asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in (certificate, *others)
        )
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple([own, *between])
        super().__init__(
            signing_cert=own,
            cert_registry=store,
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": f"{DIGEST}_rsa"}),
        )
        self._key = key
        self._frame: Frame | None = None
        self._room = ROOM + sum(len(one.dump()) for one in (own, *between))

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Return the signature of ``data``."""
        return self._key.sign(data, PKCS1v15(), SHA256())

    async def async_sign(
        self, data_digest: bytes, digest_algorithm: str, *args: Any, **kwargs: Any
    ) -> cms.ContentInfo:
        """Return the signature of a document of this digest, in the frame of the first one."""
        if self._frame is None:
            self._frame = Frame.of(await super().async_sign(PATTERN, digest_algorithm, *args, **kwargs))
        return self._frame.filled(data_digest, self._key)

    def sealed(self, pdf: bytes, *, reason: str) -> bytes:
        """Return ``pdf`` with one signature added; not a byte of what was there changes."""
        sealed = BytesIO()
        signer = signers.PdfSigner(
            signers.PdfSignatureMetadata(
                field_name="Seal", md_algorithm=DIGEST, subfilter=fields.SigSeedSubFilter.PADES, reason=reason
            ),
            self,
            new_field_spec=fields.SigFieldSpec("Seal", box=OFF_THE_PAGE, readable_field_name=reason),
        )
        signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=sealed, bytes_reserved=2 * self._room)
        return sealed.getvalue()
