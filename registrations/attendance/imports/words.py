"""The words of headers that are known to mean a column; whatever else is found by the values below it."""

from enum import StrEnum
from functools import lru_cache

from stemnet.plain_names import plain_name


def listed(phrases: str) -> frozenset[str]:
    """Return phrases that stand between bars, on as many lines as they need."""
    return frozenset(phrase.strip() for phrase in phrases.split("|"))


class Role(StrEnum):
    """What a column says."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    ADDRESS = "address"
    UPN = "upn"
    JOINED = "joined"
    LEFT = "left"
    TOTAL = "total"
    WAITING = "waiting"
    ACTION = "action"
    STAMP = "stamp"
    SESSION = "session"
    ATTENDED = "attended"
    TITLE = "title"
    OTHER = "other"


KNOWN = {
    Role.NAME: """
        name|full name|user name|participant name|display name|attendee name|nameofattendee
        |name of attendee|nombre|nombre completo|nom|nom complet|nome|nome completo|nome e cognome
        |vollstandiger name|imie i nazwisko|nazwa|naam|volledige naam|namn|navn|nimi|名前|氏名|이름|姓名
        |全名|名称|имя|полное имя|ad soyad|teilnehmer|participante|participant
        """,
    Role.FIRST_NAME: """
        first name|given name|firstnameofattendee|prenom|vorname|primer nombre|primeiro nome|imie
        |voornaam|fornamn|fornavn|etunimi|名|имя пользователя
        """,
    Role.LAST_NAME: """
        last name|surname|family name|lastnameofattendee|apellido|apellidos|sobrenome|apelido
        |nom de famille|nachname|cognome|achternaam|nazwisko|efternamn|etternavn|efternavn|sukunimi|姓
        """,
    Role.ADDRESS: """
        email|e mail|user email|attendee email|email address|e mail address|correo electronico|correo
        |direccion de correo electronico|endereco de e mail|adresse e mail|adresse email|courriel
        |emailofattendee|adres e mail|indirizzo e mail|e mail del usuario|メール|メールアドレス
        |電子メール|이메일|邮箱|电子邮件|電子郵件|электронная почта|eposta|e posta|sahkoposti|login
        """,
    Role.JOINED: """
        join time|joined|time joined|first join|first join time|join|joined at|join date time
        |hora para unirse|hora de entrada|hora de ingreso|hora de union|primera union|primer ingreso
        |primera entrada|ingressar na hora|horario de entrada|horario de ingresso|primeira entrada
        |primeiro ingresso|hora de ingresso|beitrittszeit|beitritt|erster beitritt
        |zeitpunkt des beitritts|heure de connexion|heure darrivee|heure de participation
        |premiere participation|premiere connexion|premiere arrivee|ora di accesso|ora di ingresso
        |ora partecipazione|primo accesso|pierwsze dolaczenie|godzina dolaczenia|czas dolaczenia
        |deelnametijd|tijd van deelname|eerste deelname|anslutningstid|初めての参加|参加時刻|参加時間
        |参加日時|참가 시간|가입 시간|加入时间|加入時間|首次加入|attendeefirstjointime
        |attendee first join time|date created|enter time|entry time
        """,
    Role.LEFT: """
        leave time|left|time exited|last leave|last leave time|leave|left at|leave date time|exit time
        |hora para salir|hora de salida|hora de saida|ultima salida|ultimo abandono|horario de saida
        |ultima saida|austrittszeit|austritt|letztes verlassen|letzter austritt|verlassen
        |zeitpunkt des verlassens|heure de depart|heure de sortie|dernier depart|derniere sortie
        |ora di uscita|ultima uscita|ultimo abbandono|ostatnie wyjscie|godzina opuszczenia
        |czas opuszczenia|czas wyjscia|vertrektijd|laatste vertrek|avgangstid|最終退出|退出時刻|退出時間
        |退出日時|나간 시간|离开时间|離開時間|上次离开|attendeelastleavetime|attendee last leave time
        |date end|date ended
        """,
    Role.TOTAL: """
        duration|duration minutes|total duration minutes|total duration|time in session minutes
        |time in session|attendance duration|in meeting duration|duracion|duracion minutos
        |duracion total minutos|duracion de la reunion|duracion en la reunion|duracao|duracao minutos
        |duracao total minutos|duracao da reuniao|duracao na reuniao|dauer|dauer minuten
        |gesamtdauer minuten|besprechungsdauer|dauer der besprechung|duree|duree minutes
        |duree totale minutes|duree en reunion|duree de la reunion|durata|durata minuti
        |durata totale minuti|durata nella riunione|czas trwania|czas trwania minuty
        |czas udzialu w spotkaniu|duur|duur minuten|varaktighet|会議の長さ|時間 分|期間|期間 分|기간 분
        |持续时间 分钟|attendeetotaltimeinsession|attendee total time in session
        """,
    Role.WAITING: """
        in waiting room|en sala de espera|na sala de espera|dans la salle dattente|im warteraum
        |nella sala dattesa|w poczekalni|in wachtkamer|待機室|待機室で
        """,
    Role.ACTION: """
        user action|action|atividade|acao do usuario|accion del usuario|accion|actividad
        |action de lutilisateur|aktion|benutzeraktion|azione utente|akcja uzytkownika|gebruikersactie
        """,
    Role.STAMP: """
        timestamp|time stamp|utc event timestamp|utceventtimestamp|carimbo de data hora|zeitstempel
        |horodatage|marca de tiempo|sygnatura czasowa|tijdstempel|タイムスタンプ
        """,
    Role.SESSION: "session id|sessionid",
    Role.ATTENDED: "attended|asistio|asistencia|compareceu|participou|teilgenommen|a participe|present",
    Role.TITLE: "meeting name|session name|sessionname|topic|meeting title|nombre de la reunion",
    Role.OTHER: """
        role|guest|invitado|convidado|invite|gast|user name original|registration time|approval status
        |meeting start time|meeting end time|sessiondate|roomopened|roomclosed|username|attendeerole
        """,
}
BY_WORDS = {phrase: role for role, phrases in KNOWN.items() for phrase in listed(phrases)}
ORIGINAL = ("original", "ursprung", "oryginal", "oorspronkelijk", "原", "원래")
WAITS = ("waiting", "espera", "attente", "warte", "attesa", "poczekal", "wacht", "待機", "等候", "대기")
YES = listed(
    """
    yes|y|si|sim|oui|ja|tak|da|evet|ano|igen|kylla|はい|是|예|true|да
    """
)
NO = listed(
    """
    no|n|nao|non|nein|nie|nee|nej|ne|ei|hayir|nem|いいえ|否|아니요|아니오|false|нет
    """
)


@lru_cache(maxsize=2_000)
def role_of(heading: str) -> Role | None:
    """Return what the heading of a column says, or None for words that nobody listed."""
    plain = plain_name(heading)
    if role := BY_WORDS.get(plain):
        return role
    if "upn" in plain.split():
        return Role.UPN
    if any(sign in plain for sign in ORIGINAL) and any(sign in heading for sign in "(（"):
        return Role.NAME
    if "mail" in plain.replace(" ", "") or "メール" in plain:
        return Role.ADDRESS
    return Role.WAITING if any(sign in plain for sign in WAITS) else None
