"""The key is made once, kept from others, and signs heads and nothing else."""

from __future__ import annotations

import os
import pickle
import stat
import subprocess
import sys
import threading
import traceback
from pathlib import Path

import platformdirs
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.errors import Unwritable, UsageError
from orchestrator.messages.digest import sha256
from orchestrator.messages.value import Digest
from orchestrator.storage.keys import ENVIRONMENT, SigningKey, check_signature, is_public_key, load_key

SEED = bytes(range(32))
KEY = SigningKey(SEED)
HEAD = sha256(b"head")
SIGNATURE = KEY.sign(HEAD)

RACING = """
import sys
from pathlib import Path
from orchestrator.storage.keys import load_key
print(load_key(Path(sys.argv[1])).public)
"""


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)


def test_signature_is_the_same_everywhere() -> None:
    """A key, a head and the words before it give one signature, in every version of handfast."""
    assert KEY.public == "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
    assert HEAD == "9f2e6d33a3717ee826353a404ba4618d1aeeb6879ad7936bce8ed5f46814924d"
    assert SIGNATURE[:64] == "a05229cb7329f01ed5c49fc4e0a8b151bb2fd5f797708d0b0762886e618dcbe0"
    assert SIGNATURE[64:] == "32a5c3805ee0b41aaa65bdacac0185373c1cf48596d486765e6f555869fb740e"
    assert check_signature(KEY.public, HEAD, SIGNATURE)


def test_a_signature_is_of_a_head_only() -> None:
    """A signature does not count as one over the bare digest."""
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(KEY.public))
    public.verify(bytes.fromhex(SIGNATURE), b"handfast head\0" + HEAD.encode())
    with pytest.raises(InvalidSignature):
        public.verify(bytes.fromhex(SIGNATURE), HEAD.encode())


@given(place=st.integers(0, 127), letter=st.sampled_from("0123456789abcdefABCDEF \n\0é"))
def test_any_other_signature(place: int, letter: str) -> None:
    """A signature with any other letter in it is none."""
    other = SIGNATURE[:place] + letter + SIGNATURE[place + 1 :]
    assert check_signature(KEY.public, HEAD, other) == (other == SIGNATURE)


@given(place=st.integers(0, 63), letter=st.sampled_from("0123456789abcdefABCDEF \n\0é"))
def test_any_other_digest_or_key(place: int, letter: str) -> None:
    """A signature is of one digest and by one key."""
    digest = Digest(HEAD[:place] + letter + HEAD[place + 1 :])
    public = KEY.public[:place] + letter + KEY.public[place + 1 :]
    assert check_signature(KEY.public, digest, SIGNATURE) == (digest == HEAD)
    assert check_signature(public, HEAD, SIGNATURE) == (public == KEY.public)


@pytest.mark.parametrize(
    "signature", ["", SIGNATURE[:-2], SIGNATURE + "00", SIGNATURE.upper(), f" {SIGNATURE}", f"{SIGNATURE}\n"]
)
def test_a_signature_is_written_in_one_way(signature: str) -> None:
    """Another way of writing the same signature is none."""
    assert not check_signature(KEY.public, HEAD, signature)


@pytest.mark.parametrize(
    ("text", "good"),
    [(KEY.public, True), (KEY.public.upper(), False), (KEY.public[:-1], False), (f"{KEY.public}\n", False), ("", False)],
)
def test_public_keys(text: str, good: bool) -> None:  # noqa: FBT001 - a column of the table
    """A public half is written with 64 digits in lower case."""
    assert is_public_key(text) is good


def test_a_key_is_made_on_first_use(tmp_path: Path) -> None:
    """The first use makes a key that only its owner can read, and every later use finds it."""
    folder = tmp_path / "config" / "handfast"
    key = load_key(folder)
    assert load_key(folder).public == key.public
    assert sorted(file.name for file in folder.iterdir() if file.suffix != ".lock") == ["key"]
    text = (folder / "key").read_text("ascii")
    assert SigningKey(bytes.fromhex(text)).public == key.public
    if os.name == "posix":
        assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing else is said, the key stands in the user's configuration folder."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = platformdirs.user_config_path("handfast")
    if tmp_path not in folder.parents:
        pytest.skip("this system asks nobody for the configuration folder")
    assert load_key().public == load_key(folder).public


def test_two_keys_differ(tmp_path: Path) -> None:
    """Each user gets another key."""
    assert load_key(tmp_path / "a").public != load_key(tmp_path / "b").public


def test_a_key_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key in the environment is used, and none is stored."""
    monkeypatch.setenv(ENVIRONMENT, SEED.hex())
    assert load_key(tmp_path).public == KEY.public
    monkeypatch.setenv(ENVIRONMENT, f" {SEED.hex().upper()}\n")
    assert load_key(tmp_path).public == KEY.public
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "value", ["", "  ", "secret-words", SEED.hex()[:-1], f"{SEED.hex()}0", SEED.hex().replace("0", "g"), "é" * 64]
)
def test_a_wrong_key_of_the_environment(value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A wrong value is refused in words that do not contain it, and no other key is used instead."""
    monkeypatch.setenv(ENVIRONMENT, value)
    with pytest.raises(UsageError) as raised:
        load_key(tmp_path)
    assert raised.value.message == "HANDFAST_KEY is not a private key of 64 hexadecimal digits"
    assert raised.value.hint == "give the 64 hexadecimal digits of a private key, or unset it"
    assert not value.strip() or value.strip() not in "".join(traceback.format_exception(raised.value))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "x", SEED.hex()[:40], "\xff\xfe"])
def test_a_damaged_key(text: str, tmp_path: Path) -> None:
    """A damaged key is told of and left as it is; another one would make old records look forged."""
    path = tmp_path / "key"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError) as raised:
        load_key(tmp_path)
    assert raised.value.message == f"the signing key {str(path)!r} is not a private key of 64 hexadecimal digits"
    assert path.read_bytes() == text.encode("latin-1")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """Where no key can be stored, the reason is told."""
    (tmp_path / "file").write_text("")
    with pytest.raises(Unwritable) as raised:
        load_key(tmp_path / "file" / "handfast")
    assert raised.value.message.startswith(
        f"the signing key {str(tmp_path / 'file' / 'handfast' / 'key')!r} cannot be read or made: "
    )
    assert raised.value.hint == "mend its folder, or give a key in HANDFAST_KEY"


def test_a_key_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that does not reach the disk leaves nothing behind."""

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Unwritable) as raised:
        load_key(tmp_path)
    assert raised.value.message.endswith("cannot be read or made: No space left on device")
    assert [file.name for file in tmp_path.iterdir() if file.suffix != ".lock"] == []


def test_the_private_half_is_not_shown() -> None:
    """A key shows its public half and cannot be sent elsewhere."""
    assert repr(KEY) == f"SigningKey(public='{KEY.public}')"
    assert f"{KEY}" == repr(KEY)
    with pytest.raises(TypeError):
        pickle.dumps(KEY)


def test_threads_that_race_for_the_first_use(tmp_path: Path) -> None:
    """All who use the key first at the same time get the same one."""
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(load_key(tmp_path).public)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [load_key(tmp_path).public] * 8


@pytest.mark.slow
def test_processes_that_race_for_the_first_use(tmp_path: Path) -> None:
    """Processes that use the key first at the same time get the same one."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    racing = [
        subprocess.Popen([sys.executable, "-c", RACING, tmp_path], stdout=subprocess.PIPE, text=True, env=environment)
        for _ in range(4)
    ]
    assert [process.communicate()[0].strip() for process in racing] == [load_key(tmp_path).public] * 4
