# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The secret of a booking: made from the form that asked for it, known again by its digest."""

from __future__ import annotations

import secrets
from typing import Final

from django.utils.crypto import salted_hmac

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters that nobody takes for each other (Crockford's base 32)."""

LOOKALIKES: Final = str.maketrans("OIL", "011")

LENGTH: Final = 12
"""Characters: 60 bits."""

GROUP: Final = 4

LONGEST: Final = 64
"""Characters that are looked at."""


def new_wish() -> str:
    """Return what makes a wish to book one of its own; it stands in the form."""
    return secrets.token_urlsafe(16)


def code_of(wish: str) -> str:
    """Return the code that a wish gets: always the same, and nobody can work it out who does not have this site's key."""
    digest = salted_hmac("drehkreuz_web.sharing.code", wish[:LONGEST], algorithm="sha256").digest()
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def digest_of(code: str) -> str:
    """Return what is stored of a code; case, hyphens, blanks and lookalikes do not matter."""
    bare = "".join(letter for letter in code[:LONGEST].upper().translate(LOOKALIKES) if letter in ALPHABET)
    return salted_hmac("drehkreuz_web.sharing.digest", bare, algorithm="sha256").hexdigest()
