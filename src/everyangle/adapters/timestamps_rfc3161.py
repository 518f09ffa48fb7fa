"""Asking a timestamping authority over HTTP (RFC 3161, section 3.4). Keeps nothing and judges no certificate.

Only the digest of what is stamped leaves this machine.
"""

from __future__ import annotations

import urllib.error
import urllib.request

from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from everyangle.core.errors import BadInputError, RefusedError, StorageError
from everyangle.record.timestamps import read_response

_LIMIT = 1 << 20
_SCHEMES = ("http://", "https://")


class HttpAuthority:
    """A timestamping authority at a URL.

    Args:
        url: http or https (the token is signed, so http is common and good enough).
        timeout_s: seconds to wait for the network.
    """

    def __init__(self, url: str, timeout_s: float = 30.0) -> None:
        if not url.startswith(_SCHEMES):
            raise BadInputError("authority-malformed", f"{url!r} is no http or https address.")
        self._url = url
        self._timeout_s = timeout_s

    @property
    def url(self) -> str:
        """Where it is asked."""
        return self._url

    def stamp(self, message: bytes) -> bytes:
        """Return the raw response about the SHA-256 of a message."""
        query = (
            TimestampRequestBuilder()
            .data(message)
            .hash_algorithm(HashAlgorithm.SHA256)
            .cert_request(cert_request=True)
            .nonce(nonce=True)
            .build()
        )
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked above
            self._url,
            query.as_bytes(),
            {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"},
        )
        try:
            with urllib.request.urlopen(request, timeout=self._timeout_s) as answer:  # noqa: S310 - as above
                response: bytes = answer.read(_LIMIT + 1)
        except (OSError, ValueError) as error:
            raise StorageError(
                "authority-unreachable",
                f"The timestamping authority at {self._url} did not answer: {error}.",
                holds="The case is unchanged.",
                todo="Try again later, or another authority.",
            ) from error
        self._check(message, query.nonce, response)
        return response

    def _check(self, message: bytes, nonce: int | None, response: bytes) -> None:
        if len(response) > _LIMIT:
            raise self._refusal("its answer is larger than 1 MiB")
        try:
            token = read_response(response)
        except BadInputError as error:
            raise self._refusal(error.what) from error
        if not token.is_about(message):
            raise self._refusal("its answer is about something else")
        if token.nonce != nonce:
            raise self._refusal("its answer is to another question")

    def _refusal(self, why: str) -> RefusedError:
        return RefusedError(
            "stamp-refused",
            f"The timestamping authority at {self._url} gave no timestamp: {why}",
            holds="The case is unchanged.",
            todo="Try another authority.",
        )
