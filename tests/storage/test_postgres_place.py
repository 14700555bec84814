"""An address of Postgres says where a journal is, and never shows what it keeps secret."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.errors import UsageError
from orchestrator.storage.postgres_place import PATIENCE, SCHEMA, is_address, place_of

_FORM = "this is no address of Postgres, which has the form postgresql://USER@HOST:PORT/DATABASE"


@pytest.mark.parametrize(
    ("address", "for_libpq", "shown", "schema", "patience"),
    [
        ("postgresql://", "postgresql:///", "postgresql:///", SCHEMA, PATIENCE),
        ("postgres://ada@h/d", "postgresql://ada@h/d", "postgresql://ada@h/d", SCHEMA, PATIENCE),
        ("postgresql://ada:pw@h:1/d", "postgresql://ada:pw@h:1/d", "postgresql://ada@h:1/d", SCHEMA, PATIENCE),
        (
            "postgresql://h1:1,h2:2/d?target_session_attrs=read-write&password=pw&schema=s_1&patience=7.5",
            "postgresql://h1:1,h2:2/d?target_session_attrs=read-write&password=pw",
            "postgresql://h1:1,h2:2/d?target_session_attrs=read-write&schema=s_1&patience=7.5",
            "s_1",
            7.5,
        ),
        ("postgresql:///d?host=/run/pg", "postgresql:///d?host=/run/pg", "postgresql:///d?host=/run/pg", SCHEMA, PATIENCE),
        ("postgresql://[::1]:5/d", "postgresql://[::1]:5/d", "postgresql://[::1]:5/d", SCHEMA, PATIENCE),
    ],
)
def test_what_an_address_says(address: str, for_libpq: str, shown: str, schema: str, patience: float) -> None:
    """Parameters of ours are taken out, the rest goes to the library as it is, and what is shown leaves secrets out."""
    place = place_of(address)
    assert (place.address, str(place), place.schema, place.patience) == (for_libpq, shown, schema, patience)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("postgresql://ada:a/b@h/d", _FORM),
        ("postgresql://ada:a@b@h/d", _FORM),
        ("postgresql://ada:a#b@h/d", _FORM),
        ("postgresql://ada:a%zz@h/d", _FORM),
        ("postgresql://ada:a b@h/d", _FORM),
        ("postgresql:/h/d", _FORM),
        ("postgresql://h/d?passwort=a", "an address of Postgres has no parameter 'passwort'"),
        (
            "postgresql://h/d?schema=No",
            "schema='No' of the address is no name of small letters, digits and '_', at most 40 long",
        ),
        ("postgresql://h/d?patience=long", "patience='long' of the address is no number of seconds from 0 to 86400"),
        ("postgresql://h/d?patience=nan", "patience='nan' of the address is no number of seconds from 0 to 86400"),
    ],
)
def test_what_is_no_address(address: str, message: str) -> None:
    """What cannot be read is refused in words that repeat nothing of it but the name of a parameter of ours."""
    with pytest.raises(UsageError) as refused:
        place_of(address)
    assert refused.value.message == message


@given(st.text(min_size=3).filter(lambda text: "\0" not in text and text.isprintable()))
def test_no_password_is_shown(password: str) -> None:
    """Whatever a password is, neither the place's text nor its repr tells it apart from another."""
    written = quote(password, safe="")
    places = [place_of(f"postgresql://ada:{each}@h/d?sslpassword={each}") for each in (written, "other")]
    assert [str(place) for place in places] == ["postgresql://ada@h/d"] * 2
    assert repr(places[0]) == repr(places[1])
    assert written in places[0].address
    assert password not in places[0].clean(f"<{password}> <{written}>").replace("***", "")


def test_what_is_meant_as_an_address() -> None:
    """A path is never taken for an address."""
    assert [is_address(text) for text in ("postgres://x", "postgresql://x", "postgres.db", "./postgres://x")] == [
        True,
        True,
        False,
        False,
    ]
