"""Names of months and halves of a day, as reports in many languages write them."""

from registrations.attendance.imports.words import listed
from stemnet.plain_names import plain_name

# A line a month, in the languages of Europe, without accents.
NAMES = """january enero janeiro janvier januar gennaio januari stycznia styczen tammikuu jan ene janv gen sty
february febrero fevereiro fevrier februar febbraio februari lutego luty helmikuu subat feb fev fevr lut
march marzo marco mars marz maart marca marzec maaliskuu mart mar mrz mrt
april abril avril aprile kwietnia kwiecien huhtikuu nisan apr abr avr kwi
may mayo maio mai maggio mei maja maj toukokuu mayis mag
june junio junho juin juni giugno czerwca czerwiec kesakuu haziran jun giu cze
july julio julho juillet juli luglio lipca lipiec heinakuu temmuz jul juil lug lip
august agosto aout augustus sierpnia sierpien elokuu agustos augusti aug ago sie ag
september septiembre setembro septembre settembre wrzesnia wrzesien syyskuu eylul sep sept set wrz
october octubre outubro octobre oktober ottobre pazdziernika pazdziernik lokakuu ekim oct okt out ott paz
november noviembre novembro novembre listopada listopad marraskuu kasim nov lis
december diciembre dezembro decembre dezember dicembre grudnia grudzien joulukuu aralik dec dic dez gru"""
MONTHS = {name: number for number, names in enumerate(NAMES.splitlines(), start=1) for name in names.split()}
MORNING = {"am", "vorm", "午前", "上午", "오전", "ص", "πμ"}
AFTERNOON = {"pm", "nachm", "午後", "下午", "오후", "م", "μμ"}
FILLERS = listed(
    """
    de|del|of|at|a|à|um|om|uhr|h|min|s|o|godz|kl|le|den|alle
    """
)


def month_of(word: str) -> int:
    """Return the number of a month by its name or short name; 0 for other words."""
    return MONTHS.get(plain_name(word), 0)
