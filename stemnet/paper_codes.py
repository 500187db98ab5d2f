"""Codes that are printed and typed: 80 bits of chance, in letters nobody mistakes (docs/rules.md 12.2)."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: no I, L, O, U
LENGTH = 16
LOOK_ALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def new_paper_code() -> str:
    """Return a new code; a table with a unique column takes each only once."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normal_code(typed: str) -> str:
    """Return ``typed`` as codes are stored, whatever its case, spaces, dashes or look-alikes."""
    letters = "".join(sign for sign in typed.upper() if sign.isalnum())
    return letters.translate(LOOK_ALIKES)[: LENGTH + 1]


def is_paper_code(code: str) -> bool:
    """Return whether ``code``, in its normal form, could be one."""
    return len(code) == LENGTH and set(code) <= set(ALPHABET)


def in_fours(code: str) -> str:
    """Return a code as people read it: "7K4M-2Q9A-…"."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
