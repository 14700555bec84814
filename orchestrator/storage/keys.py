"""Who vouches for a session? The Ed25519 key that signs the heads of its chain."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from pathlib import Path

import platformdirs
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from filelock import FileLock

from orchestrator.errors import Unwritable, UsageError
from orchestrator.messages.value import Digest

__all__ = ["ENVIRONMENT", "SigningKey", "check_signature", "is_public_key", "load_key"]

ENVIRONMENT = "HANDFAST_KEY"
"""The environment variable that may hold the private half, as 64 hexadecimal digits."""

_SEED = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)
_PUBLIC = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SIGNATURE = re.compile(r"[0-9a-f]{128}", re.ASCII)


class SigningKey:
    """Sign heads. The private half is never shown: not by `repr`, not in an error."""

    __slots__ = ("_private", "public")

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public: str = self._private.public_key().public_bytes_raw().hex()

    def __repr__(self) -> str:
        return f"SigningKey(public={self.public!r})"

    def sign(self, digest: Digest) -> str:
        """Return the signature of a head's digest in hexadecimal."""
        return self._private.sign(_message(digest)).hex()


def load_key(folder: Path | None = None) -> SigningKey:
    """Return the key of `HANDFAST_KEY`, else of the user's configuration folder, where it is made on first use."""
    given = os.environ.get(ENVIRONMENT)
    if given is not None:
        return _key_of(given, ENVIRONMENT, "give the 64 hexadecimal digits of a private key, or unset it")
    path = (folder or platformdirs.user_config_path("handfast")) / "key"
    try:
        text = path.read_text("ascii", errors="replace") if path.exists() else _make(path)
    except OSError as error:
        raise Unwritable(
            f"the signing key {str(path)!r} cannot be read or made: {error.strerror or error}",
            hint=f"mend its folder, or give a key in {ENVIRONMENT}",
        ) from error
    return _key_of(text, f"the signing key {str(path)!r}", "restore the file from a copy, or remove it to get a new key")


def is_public_key(text: str) -> bool:
    """Return whether the text is written as a public half: 64 hexadecimal digits in lower case."""
    return _PUBLIC.fullmatch(text) is not None


def check_signature(public: str, digest: Digest, signature: str) -> bool:
    """Return whether the signature is of this digest by the holder of this key, in the one way of writing it."""
    if not is_public_key(public) or _SIGNATURE.fullmatch(signature) is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), _message(digest))
    except (InvalidSignature, ValueError):
        return False
    return True


def _message(digest: Digest) -> bytes:
    # The prefix keeps a signature made here from counting as one of anything else.
    return b"handfast head\0" + digest.encode("ascii", "backslashreplace")


def _key_of(text: str, where: str, hint: str) -> SigningKey:
    seed = text.strip()
    if _SEED.fullmatch(seed) is None:
        raise UsageError(f"{where} is not a private key of 64 hexadecimal digits", hint=hint)
    return SigningKey(bytes.fromhex(seed))


def _make(path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FileLock(path.with_name("key.lock")):
        if path.exists():
            return path.read_text("ascii", errors="replace")
        text = secrets.token_bytes(32).hex()
        # mkstemp makes the file readable for its owner only; replacing shows it to others whole or not at all.
        handle, name = tempfile.mkstemp(prefix="key-", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        return text
