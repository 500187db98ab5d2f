"""Invented visits written as each meeting tool writes its reports, in several languages.

A visit is (name, address, joined, left) on the clock of the file. What the words and signs are taken from is
said in docs/importing.md.
"""

from datetime import timedelta

ZOOM = {
    "en": "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest",
    "es, older": "Nombre (nombre original),E-mail del usuario,Hora para unirse,Hora para salir,"
    "Duración (minutos),Invitado",
    "es, newer": "Nombre (nombre original),Correo electrónico,Hora de entrada,Hora de salida,"
    "Duración (minutos),Invitado,Respuesta al descargo de responsabilidad relativa a la grabación,"
    "En sala de espera",
    "pt": "Nome (nome original),E-mail,Ingressar na hora,Hora de saída,Duração (minutos),Convidado,"
    "Resposta,Na sala de espera",
    "de": "Name (ursprünglicher Name),E-Mail,Beitrittszeit,Austrittszeit,Dauer (Minuten),Gast",
    "fr": "Nom (nom original),E-mail,Heure de connexion,Heure de départ,Durée (minutes),Invité,Réponse,"
    "Dans la salle d’attente",
    "nobody's": "Aa (bb aa),Cc,Dd ee,Ff ee,Gg (hh),Ii,Jj kk,Ll mm",
}
OLD_PREAMBLE = "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,"
TEAMS = {
    "en": (
        "1. Summary|2. Participants|3. In-Meeting Activities",
        "Name|First Join|Last Leave|In-Meeting Duration|Email|Participant ID (UPN)|Role",
        "Name|Join Time|Leave Time|Duration|Email|Role",
    ),
    "pl": (
        "1. Podsumowanie|2. Uczestnicy|3. Działania podczas spotkania",
        "Imię i nazwisko|Pierwsze dołączenie|Ostatnie wyjście|Czas udziału w spotkaniu|Adres e-mail"
        "|Identyfikator uczestnika (UPN)|Rola",
        "Imię i nazwisko|Godzina dołączenia|Godzina opuszczenia|Czas trwania|Adres e-mail|Rola",
    ),
    "ja": (
        "1. 要約|2. 参加者|3. 会議中のアクティビティ",
        "名前|初めての参加|最終退出|会議の長さ|メール|参加者 ID (UPN)|役割",
        "名前|参加時刻|退出時刻|期間|メール|役割",
    ),
    "pt": (
        "1. Resumo|2. Participantes|3. Atividades da Reunião",
        "Nome|Primeira Entrada|Última Saída|Duração da Reunião|Email|ID do participante (UPN)|Função",
        "Nome|Horário de Entrada|Horário de Saída|Duração|Email|Função",
    ),
    "nobody's": ("1. Aa|2. Bb|3. Cc dd", "Ee|Ff gg|Hh ii|Jj|Kk|Ll mm|Nn", "Ee|Ff oo|Hh oo|Jj|Kk|Nn"),
}
ACTIONS = {
    "en": "Full Name|User Action|Timestamp|Joined before|Joined|Left",
    "pt": "Nome Completo|Atividade|Carimbo de data/hora|Entrou antes|Ingressou|Saiu",
    "fr": "Nom complet|Action de l’utilisateur|Horodatage|A rejoint avant|A rejoint|A quitté",
    "es": "Nombre completo|Acción del usuario|Marca de tiempo|Se unió antes|Se unió|Salió",
    "de": "Vollständiger Name|Benutzeraktion|Zeitstempel|Zuvor beigetreten|Beigetreten|Verlassen",
    "nobody's": "Aa bb|Cc dd|Ee ff|Gg hh|Gg|Ii",
}


def us(moment):
    return f"{moment.month}/{moment.day}/{moment:%y}, {moment.hour % 12 or 12}:{moment:%M:%S %p}"


def padded_us(moment):
    return f"{moment:%m/%d/%Y %I:%M:%S %p}"


def british(moment):
    return f"{moment:%d/%m/%y, %H:%M:%S}"


def spanish(moment):
    half = "a. m." if moment.hour < 12 else "p. m."
    return f"{moment:%d/%m/%Y} {moment:%I:%M:%S}\u00a0{half}"


def japanese(moment):
    return f"{moment.year}/{moment.month}/{moment.day} {moment.hour}:{moment:%M:%S}"


def german(moment):
    return f"{moment:%d.%m.%Y, %H:%M:%S}"


def narrow(moment):
    return us(moment).replace(" AM", "\u202fAM").replace(" PM", "\u202fPM")


def vietnamese(moment):
    return f"{moment:%H:%M:%S} {moment:%d/%m/%Y}"


MOMENTS = [us, padded_us, british, spanish, japanese, german, narrow, vietnamese]


def span(start, end, *, units=("h", "m", "s")):
    """Return how long a visit lasts as Teams says it: parts that are zero are left out."""
    minutes, seconds = divmod(int((end - start).total_seconds()), 60)
    parts = zip((minutes // 60, minutes % 60, seconds), units, strict=True)
    return " ".join(f"{number}{unit}" for number, unit in parts if number) or f"0{units[2]}"


def up(start, end):
    """Return the minutes of a visit, rounded up."""
    return -(-int((end - start).total_seconds()) // 60)


def zoom(visits, *, language="en", moment=padded_us, sign=",", preamble="new", end="\n"):
    header = ZOOM[language].split(",")
    lines = []
    if preamble == "new":
        lines = [["Topic", "ID", "Host", "Duration (minutes)", "Start time", "End time", "Participants"]]
        lines += [["Meeting 3", "00000000003", "Host 01 (host01@example.org)", "90", "x", "y", "5"], []]
    elif preamble == "old":
        lines = [
            [
                "Meeting ID",
                "Topic",
                "Start Time",
                "End Time",
                "User Email",
                "Duration (Minutes)",
                "Participants",
                "",
            ]
        ]
        first = visits[0][2] if visits else None
        opened = [moment(first), moment(first + timedelta(hours=4))] if first else ["", ""]
        lines += [["00000000003", "Meeting 3", *opened, "host01@example.org", "90", "5", ""], []]
    lines.append(header)
    for name, address, start, end_at in visits:
        row = [name, address, moment(start), moment(end_at), str(up(start, end_at)), "No", "OK", "No"]
        lines.append(row[: len(header)])
    return ("\ufeff" + end.join(sign.join(quoted(cell, sign) for cell in line) for line in lines)).encode()


def quoted(cell, sign):
    return '"{}"'.format(cell.replace('"', '""')) if sign in cell or '"' in cell else cell


def teams(visits, *, language="en", moment=us, encoding="utf-16", rooms=False, padded=False):
    heads, people, header = TEAMS[language]
    heads, header = heads.split("|"), header.split("|")
    if rooms:
        header = [header[0], "Room", "Room name", *header[1:]]
    lines = [[heads[0]], ["Title", "Meeting 3"], ["Came", "5"], [], [heads[1]], people.split("|")]
    for name, address in dict.fromkeys((name, address) for name, address, _start, _end in visits):
        own = [(start, end) for one, mail, start, end in visits if (one, mail) == (name, address)]
        first, last = min(start for start, _end in own), max(end for _start, end in own)
        total = span(first, first + sum((end - start for start, end in own), timedelta()))
        lines.append([name, moment(first), moment(last), total, address, address, "Attendee"])
    lines += [[], [heads[2]], header]
    for name, address, start, end in visits:
        room = ["Main", "Main room"] if rooms else []
        lines.append([name, *room, moment(start), moment(end), span(start, end), address, "Attendee"])
    width = max(map(len, lines)) if padded else 0
    rows = ["\t".join([*line, *[""] * (width - len(line))]) for line in lines]
    return ("\r\n".join(rows) + "\r\n").encode(encoding)


def teams_summary(visits, *, moment=us, header=None):
    header = header or "Full Name|Join Time|Leave Time|Duration|Email|Role|Participant ID (UPN)"
    lines = [["Meeting Summary"], ["Total Number of Participants", "5"], ["Meeting Title", "Meeting 3"], []]
    lines.append(header.split("|"))
    for name, address, start, end in visits:
        lines.append([name, moment(start), moment(end), span(start, end), address, "Attendee", address])
    return "\r\n".join("\t".join(line) for line in lines).encode("utf-16")


def actions(visits, *, language="en", moment=us):
    """Return a list of joins and leaves; a visit without an end has no leave."""
    *header, _before, joined, left = ACTIONS[language].split("|")
    acts = [(start, name, joined) for name, _address, start, _end in visits]
    acts += [(end, name, left) for name, _address, _start, end in visits if end]
    rows = [[name, action, moment(at)] for at, name, action in sorted(acts, key=lambda act: act[0])]
    return "\n".join("\t".join(row) for row in [header, *rows]).encode("utf-16")


def webex(visits, *, sign="\t", encoding="utf-16"):
    header = "Meeting Name,Meeting Start Time,Meeting End Time,Name,Attendee Email,Join Time,Leave Time"
    lines = [[*header.split(","), "Attendance Duration", "Connection Type"]]
    for name, address, start, end in visits:
        moments = [f'="{moment:%Y-%m-%d %H:%M:%S}"' for moment in (start, end)]
        whole = ['="2026-03-10 08:51:00"', '="2026-03-10 12:03:31"']
        lines.append(["Meeting 3", *whole, name, address, *moments, f"{up(start, end)} mins", "Web app"])
    return "\r\n".join(sign.join(quoted(cell, sign) for cell in line) for line in lines).encode(encoding)


def webinar(visits):
    """Return a webinar's report: every third visit is a panelist's."""
    lines = [
        "Attendee Report,",
        'Report Generated:,"Mar 11, 2026 8:50 AM"',
        "Topic,Webinar ID,Actual Start Time",
    ]
    lines += ['Meeting 3,000-000-003,"Mar 10, 2026 8:48 AM"', "Panelist Details,"]
    lines.append("Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes)")
    lines += [f'Yes,"{n}",{a},{month(s)},{month(e)},{up(s, e)}' for n, a, s, e in visits[::3]]
    lines += ["Attendee Details,", "Attended,User Name (Original Name),First Name,Last Name,Email,"]
    lines[-1] += "Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest"
    for place, (name, address, start, end) in enumerate(visits):
        registered = '"Mar 02, 2026 14:03:11",approved' if place % 2 else ","
        row = f'Yes,"{name}",A,B,{address},{registered},{month(start)},{month(end)},{up(start, end)},Yes'
        lines += [row] if place % 3 else []
    lines += ["No,Absent 01,A,B,absent01@example.org,,approved,--,--,--,--"]
    return "\n".join(lines).encode()


def month(moment):
    return f'"{moment:%b %d, %Y %H:%M:%S}"'


def live(visits):
    lines = ["Session Id,Participant Id,Full Name,UserAgent,UTC Event Timestamp,Action,Role"]
    for place, (name, address, start, end) in enumerate(visits):
        for action, at in (("Joined", start), ("Left", end)):
            at = f"{at.month}/{at.day}/{at.year} {at.hour % 12 or 12}:{at:%M:%S %p}"
            lines.append(f'{place},{address},"{name}","Mozilla, like Gecko",{at},{action},Attendee')
    return "\r\n".join(lines).encode()


def adobe(visits):
    lines = ["login,session-name,date-created,date-end,participant-name"]
    for name, address, start, end in visits:
        moments = [f"{at:%Y-%m-%dT%H:%M:%S}.000-04:00" for at in (start, end)]
        lines.append(",".join([address, "Meeting 3", *moments, quoted(name, ",")]))
    return "\n".join(lines).encode()


def gotomeeting(visits):
    lines = [
        "Meeting 3 Attendees,,,,,,GoToMeeting",
        "Summary",
        "Meeting Date,Meeting Duration",
        "",
        "Details",
    ]
    lines[2:4] = [
        "Meeting Date,Meeting Duration,Number of Attendees",
        '"March 10, 2026 8:50 AM EDT",196 minutes,6',
        "",
    ]
    lines.append("Name,Email Address,Join Time,Leave Time,Time in Session (minutes)")
    for name, address, start, end in visits:
        times = [f"{at.hour % 12 or 12}:{at:%M %p}" for at in (start, end)]
        minutes = int((end - start).total_seconds()) // 60
        lines.append(",".join([quoted(name, ","), address, *times, str(minutes)]))
    return "\n".join(lines).encode()


def meet(people, *, header="First name,Last name,Email,Duration,Time joined,Time exited", clock="%H:%M"):
    """Return a sheet of (name, address, first, last, minutes)."""
    lines = header.splitlines()
    has_last = lines[-1].count(",") == 5
    for name, address, first, last, minutes in people:
        names = [name, ""] if has_last else [name]
        total = f"{minutes // 60} hr {minutes % 60} min"
        lines.append(",".join([*names, address, total, first.strftime(clock), last.strftime(clock)]))
    return "\r\n".join(lines).encode()


def big_blue_button(people, *, words="Name,Moderator,Activity Score,Talk Time,Webcam Time"):
    lines = [f"{words},Messages,Reactions,Poll Votes,Raise Hands,Join,Left,Duration"]
    for name, first, last, seconds in people:
        total = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        cells = [name, "FALSE", "0", "00:00:00", "00:00:00", "0", "0", "0", "0"]
        cells += [f"{first.month}/{first.day}/{first:%Y, %I:%M:%S}\u202f{first:%p}"]
        cells += [f"{last.month}/{last.day}/{last:%Y, %I:%M:%S}\u202f{last:%p}" if last else "-", total]
        lines.append(",".join(f'"{cell}"' for cell in cells))
    lines.append('"Anonymous","","","","","","","","","","","","A\r\nB"')
    return "\r\n".join(lines).encode()


def collaborate(people):
    """Return a file of (name, address, first, last, seconds), all in UTC."""
    lines = ["SessionDate,SessionName,SessionIdentifier,SessionOwner,RoomOpened,RoomClosed,NameOfAttendee,"]
    lines[0] += "FirstNameOfAttendee,LastNameOfAttendee,EmailOfAttendee,Username,AttendeeRole,AttendeeType,"
    lines[0] += "AttendeeFirstJoinTime,AttendeeLastLeaveTime,AttendeeTotalTimeInSession,AttendeeTotalRejoins"
    for name, address, first, last, seconds in people:
        total = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        moments = f"{first:%m/%d/%Y %H:%M},{last:%m/%d/%Y %H:%M},{total},0"
        opened = "03/10/2026,Meeting 3,abc,Host 01,03/10/2026 12:50,03/10/2026 16:10"
        lines.append(f"{opened},{name},A,B,{address},u,Participant,Invited,{moments}")
    return "\r\n".join(lines).encode()
