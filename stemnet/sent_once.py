"""Forms that are sent twice and make one thing."""

from uuid import UUID, uuid5


def uid_of(form: UUID, *said: object) -> UUID:
    """Return the uid of what was said in a form, which has the uid ``form``.

    The same form with the same words makes the same thing again; one that somebody went back to, to say
    something else, makes another thing. Nobody makes the uid of something that exists, which stands in its
    address, by sending it as a form's.
    """
    return uuid5(form, "\0".join(map(str, said)))
