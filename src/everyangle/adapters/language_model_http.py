"""A language model behind any server that speaks OpenAI's chat completions. No redirects, no keys in clear."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

from everyangle.core.errors import BadInputError, LimitError, RefusedError, StorageError

_LARGEST_ANSWER = 1 << 20
_CHUNK = 1 << 14
_HOLDS = "What was read without the model stands."
_NEAR = ("127.0.0.1", "::1", "localhost")


class HttpLanguageModel:
    """A model of a server, asked as ``POST URL/chat/completions``.

    Args:
        url: the server's base address, such as ``http://127.0.0.1:11434/v1``.
        name: of the model.
        key: sent as a bearer token where given.
        timeout_s: seconds that one whole answer may take.

    Raises:
        BadInputError: ``reader-malformed`` where the address is not http or https.
        RefusedError: ``reader-key-exposed`` where a key would go over the network unencrypted.
    """

    def __init__(self, url: str, name: str, key: str = "", timeout_s: float = 120.0) -> None:
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError as error:
            raise _malformed(url) from error
        if parts.scheme not in ("http", "https") or not host:
            raise _malformed(url)
        if key and parts.scheme == "http" and host not in _NEAR:
            raise RefusedError(
                "reader-key-exposed",
                f"The key would be sent to {host} unencrypted.",
                holds="Nothing was sent.",
                todo="Give an https address, or run the model on this machine.",
            )
        self.name = name
        self._url = url.rstrip("/") + "/chat/completions"
        self._key = key
        self._timeout_s = timeout_s
        self._opener = urllib.request.build_opener(_NoRedirects)

    def answer(self, instructions: str, text: str) -> str:
        """Return what the model answers, as :meth:`everyangle.ports.language_model.LanguageModel.answer` tells."""
        messages = [{"role": "system", "content": instructions}, {"role": "user", "content": text}]
        body = {"model": self.name, "messages": messages, "temperature": 0, "seed": 0, "stream": False}
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = urllib.request.Request(self._url, json.dumps(body).encode(), headers)  # noqa: S310 - checked above
        ends = time.monotonic() + self._timeout_s
        try:
            with self._opener.open(request, timeout=self._timeout_s) as response:
                data = self._whole(response, ends)
        except urllib.error.HTTPError as error:
            with error:
                raise BadInputError(
                    "model-refused", f"{self._url} answered with status {error.code}.", holds=_HOLDS
                ) from error
        except TimeoutError as error:
            raise self._too_slow() from error
        except (OSError, HTTPException, ValueError) as error:
            if isinstance(getattr(error, "reason", None), TimeoutError):
                raise self._too_slow() from error
            raise StorageError(
                "model-unreachable",
                f"{self._url} did not answer: {error}.",
                holds=_HOLDS,
                todo="See whether the server runs, and whether its address ends as it should (often /v1).",
            ) from error
        return self._content(data)

    def _whole(self, response: HTTPResponse, ends: float) -> bytes:
        data = bytearray()
        while chunk := response.read1(_CHUNK):
            data += chunk
            if len(data) > _LARGEST_ANSWER:
                raise LimitError("model-answer-too-large", f"{self._url} answered with more than 1 MiB.", holds=_HOLDS)
            if time.monotonic() > ends:
                raise self._too_slow()
        return bytes(data)

    def _content(self, data: bytes) -> str:
        try:
            fields: Any = json.loads(data)
            content = fields["choices"][0]["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
            raise self._malformed_answer() from error
        if not isinstance(content, str):
            raise self._malformed_answer()
        return content

    def _malformed_answer(self) -> BadInputError:
        return BadInputError(
            "model-answer-malformed", f"{self._url} answered with something that is no chat completion.", holds=_HOLDS
        )

    def _too_slow(self) -> LimitError:
        what = f"{self._url} took longer than {self._timeout_s:g} s for an answer."
        return LimitError("model-too-slow", what, holds=_HOLDS, todo="Give a faster model, or more time.")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Takes a redirect for a refusal: texts and keys go only where the user said."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


def _malformed(url: str) -> BadInputError:
    return BadInputError(
        "reader-malformed",
        f"{url!r} is no http or https address.",
        todo="Give the server's base address, such as http://127.0.0.1:11434/v1",
    )
