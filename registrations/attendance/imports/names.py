"""Names and addresses as meeting tools write them, and what a line is that is no person's."""

import re
from functools import lru_cache

from registrations.attendance.imports.lines import Kind
from registrations.attendance.imports.words import listed
from stemnet.one_line import one_line
from stemnet.plain_names import plain_name

LONGEST = 300  # letters of a name; longer ones are cut
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?: [A-Za-z0-9]+)*")  # as most names are
BRACKETS = re.compile(r"^(.*?)\s*[(（]([^()（）]*(?:\([^()]*\))?[^()（）]*)[)）]$")
PRONOUNS = re.compile(
    r"(?:she|he|they|her|him|them|hers|his|theirs|ze|xe|ella|él|elle|any)(?:\s*[/,]\s*\w+)+", re.I
)
AFTER_NAME = re.compile(r"[\s(（]*" + PRONOUNS.pattern + r"[)）]?$", re.I)
SUFFIXES = listed(
    """
    guest|external|unverified|invitado|invitada|externo|externa|sin verificar|no verificado|convidado
    |convidada|nao verificado|nao verificada|invite|invitee|externe|non verifie|gast|extern
    |nicht verifiziert|nicht uberpruft|ospite|esterno|non verificato|gosc|zewnetrzny|niezweryfikowany
    |niezweryfikowane|host|co host|me|organizer|organiser|presenter|ゲスト|外部|未確認|게스트|来宾
    |外部用户
    """
)
TELEPHONE = re.compile(r"\+?[\d*x][\d*x().\-\s]{5,}[\d*x]", re.I)
CALLER = re.compile(
    r"(?:call[- ]?in user|caller|phone user|telephone|dial[- ]?in|telefon\w*|llamada|appelant|chamador"
    r"|anrufer)[\s_#-]*\d*",
    re.I,
)
DEVICE = re.compile(
    r"(?:(?:my|the)\s+)?(?:\w+['’]?s?\s+)?(?:ipad|iphone|ipod|galaxy\b.*|sm-\w+|android\b.*|chromebook\b.*"
    r"|pixel \d\w*|macbook\b.*|laptop|tablet|desktop-\w+|huawei\b.*|moto\b.*|samsung\b.*|lenovo\b.*"
    r"|user|guest|zoom user|anonymous|anonymous user|unknown user)(?:\s*\(?[\d.]+\)?)?",
    re.I,
)
BOT = re.compile(
    r"\b(?:note\s?-?takers?|notes? ?bot|meeting notes?|ai notes?|recorder|recording|transcri\w+"
    r"|read\.?ai|read meeting|otter(?:pilot|\.ai)|fireflies|fathom|tl;?dv|avoma|sembly|supernormal|krisp"
    r"|grain|ai companion|ai assistant|meeting assistant|live ?stream\w*|\w*bot)\b",
    re.I,
)
SURELY_BOT = re.compile(
    r"\b(?:note\s?-?taker|meeting notes|read\.?ai|otter(?:pilot|\.ai)|fireflies\.?ai|ai companion)\b", re.I
)
ABBOT = re.compile(r"\b(?:abbot|talbot|cabot|elbot)\b", re.I)
ROOM = re.compile(
    r"\b(?:room|rm|classroom|conference|library|auditorium|cafeteria|lab|laboratory|office|gym|zoom rooms?)\b"
    r"|^(?:aula|sala|salon|salle|raum|zimmer)\b",
    re.I,
)
PLACE = re.compile(
    r"\b(?:school|schools|district|academy|college|university|team|department|center|escuela)\b", re.I
)
SEVERAL = re.compile(r"\s(?:&|and|\+|/)\s", re.I)
# Words without any of which a name of letters and digits is surely a person's.
SIGNS = listed(
    """
    call|caller|user|phone|telephone|dial|telefon|llamada|appelant|chamador|anrufer|ipad|iphone|ipod|galaxy|android
    |chromebook|pixel|macbook|laptop|tablet|huawei|moto|samsung|lenovo|guest|anonymous|note|notes|notetaker|meeting
    |recorder|recording|read|readai|otterpilot|fireflies|fathom|tldv|avoma|sembly|supernormal|krisp|grain|ai|live
    |room|rooms|rm|classroom|conference|library|auditorium|cafeteria|lab|laboratory|office|gym|aula|sala|salon|salle
    |raum|zimmer|school|schools|district|academy|college|university|team|department|center|escuela|and
    """
)
MADE_UP = re.compile(r"@(?:guest\.webex\.)?localhost$|\.localhost$|@guest\.|\.invalid$|@anonymous\b", re.I)
ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\"]{2,}|[^\s@]+@localhost")


def who(name: str, mail: str, *, has_original: bool) -> tuple[str, str, str, Kind]:
    """Return the name, the original name and the address of a row, and what it looks like."""
    address = clean_address(mail)
    if PLAIN.fullmatch(name) and len(name) < LONGEST and _has_no_sign(name):
        return name, "", address, Kind.PERSON
    shown, original = split_name(name, has_original=has_original)
    return shown, original, address, kind_of(shown, original, bool(address))


@lru_cache(maxsize=20_000)
def split_name(cell: str, *, has_original: bool = False) -> tuple[str, str]:
    """Return a name as written, and the one that stands in brackets behind it, where the tool writes one."""
    name = one_line(cell[:LONGEST])
    found = BRACKETS.match(name) if has_original and name.endswith((")", "）")) else None
    if not found or not found[1]:
        return name, ""
    inside = found[2].strip()
    is_name = (
        any(map(str.isalpha, inside))
        and not PRONOUNS.fullmatch(inside)
        and plain_name(inside) not in SUFFIXES
    )
    return (found[1].strip(), inside) if is_name else (name, "")


@lru_cache(maxsize=20_000)
def bare_name(name: str) -> str:
    """Return a name without pronouns and without what a tool writes in brackets, such as (Guest)."""
    if PLAIN.fullmatch(name):
        return name
    while found := BRACKETS.match(name):
        inside = found[2].strip()
        if not found[1] or not (plain_name(inside) in SUFFIXES or PRONOUNS.fullmatch(inside)):
            break
        name = found[1]
    return AFTER_NAME.sub("", name) or name


@lru_cache(maxsize=20_000)
def clean_address(cell: str) -> str:
    """Return an address in lower case; empty for what is none, or was made up by the tool."""
    if "@" not in cell or len(cell) > LONGEST:
        return ""
    address = cell.strip(" <>\"'").lower()
    if not ADDRESS.fullmatch(address):
        return ""
    # Asked first, for looking for the pattern is slow.
    is_odd = (
        "localhost" in address or "@guest." in address or ".invalid" in address or "@anonymous" in address
    )
    return "" if is_odd and MADE_UP.search(address) else address


@lru_cache(maxsize=20_000)
def kind_of(name: str, original: str, has_address: bool) -> Kind:
    """Return how a line looks: by the name that is shown, else by the one in brackets."""
    kind = _kind(bare_name(name), has_address)
    if original and kind in (Kind.DEVICE, Kind.TELEPHONE, Kind.NAMELESS):
        return _kind(bare_name(original), has_address)
    return kind


def _kind(name: str, has_address: bool) -> Kind:
    """Return what one name looks like; an address makes a person of all but what is surely none."""
    if _is_plain(name):
        return Kind.PERSON
    if TELEPHONE.fullmatch(name) or CALLER.fullmatch(name):
        return Kind.TELEPHONE
    if has_address:
        return Kind.BOT if SURELY_BOT.search(name) else Kind.PERSON
    if BOT.search(name) and not ABBOT.search(name):
        return Kind.BOT
    if not any(map(str.isalpha, name)):
        return Kind.NAMELESS
    if DEVICE.fullmatch(name):
        return Kind.DEVICE
    who = name.partition(" - ")[0]  # "Ann Lee - Lincoln School"
    is_room = ROOM.search(who) or PLACE.search(who) or SEVERAL.search(who)
    return Kind.ROOM if is_room else Kind.PERSON


def _is_plain(name: str) -> bool:
    """Say whether a name has letters and digits alone, and no word that tools, rooms and devices have."""
    return name[:1].isalpha() and "".join(name.split()).isalnum() and _has_no_sign(name)


def _has_no_sign(name: str) -> bool:
    """Say whether a name of letters and digits has no word that tools, rooms and devices have."""
    low = name.casefold()
    words = low.split()
    if not SIGNS.isdisjoint(words):
        return False
    if "bot" not in low and "transcri" not in low and "livestream" not in low:
        return True
    return not any(word.startswith(("transcri", "livestream")) or word.endswith("bot") for word in words)


@lru_cache(maxsize=20_000)
def key_name(name: str, original: str) -> str:
    """Return the name by which lines without an address are one person's: the original where it is a name."""
    chosen = original if original and _kind(bare_name(original), False) is Kind.PERSON else name
    return plain_name(bare_name(chosen))
