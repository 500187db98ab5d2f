"""The library of the demo: public programs and data by their addresses, with what each is about in our words.

Only facts that stand on those pages: who offers it, what it is, whom it is for. Nobody is invented: resources
are shared by organizations of the story, and were tried where it has a role.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from meetings.library.domain import resources, trials
from meetings.library.domain.resources import Written
from meetings.models import Resource
from partners.models import Organization, Person, Standard, Subject

SCI, MATH, CS, ALL = "science", "mathematics", "computer_science", "all_stem"


@dataclass(frozen=True)
class Told:
    """One resource: what it is, where, for which grades, on what."""

    title: str
    url: str
    kind: str
    grades: str
    subjects: str
    standards: str
    summary: str
    license: str = "see"


ROWS = [
    Told(
        "PhET: Wave on a String",
        "https://phet.colorado.edu/en/simulations/wave-on-a-string",
        "simulation",
        "6-8 9-12",
        SCI,
        "6.MS-PS4-1,HS-PS4-1,4-PS4-1",
        "Students shake a string, change amplitude and frequency, and see what a wave carries.",
        "cc-by",
    ),
    Told(
        "PhET: Energy Skate Park",
        "https://phet.colorado.edu/en/simulations/energy-skate-park",
        "simulation",
        "6-8 9-12",
        SCI,
        "7.MS-PS3-1,7.MS-PS3-2,HS-PS3-1",
        "A skater on a track shows how kinetic and potential energy become each other.",
        "cc-by",
    ),
    Told(
        "PhET: Forces and Motion: Basics",
        "https://phet.colorado.edu/en/simulations/forces-and-motion-basics",
        "simulation",
        "3-5 6-8",
        SCI,
        "3-PS2-1,8.MS-PS2-2",
        "Tug of war, friction and acceleration, for first ideas about balanced forces.",
        "cc-by",
    ),
    Told(
        "PhET: Natural Selection",
        "https://phet.colorado.edu/en/simulations/natural-selection",
        "simulation",
        "6-8 9-12",
        SCI,
        "8.MS-LS4-4,HS-LS4-2",
        "A population of rabbits changes as mutations meet wolves and food.",
        "cc-by",
    ),
    Told(
        "PhET: Circuit Construction Kit: DC",
        "https://phet.colorado.edu/en/simulations/circuit-construction-kit-dc",
        "simulation",
        "3-5 9-12",
        SCI,
        "HS-PS2-9(MA),4-PS3-2",
        "Batteries, wires and bulbs on the screen, with meters to measure.",
        "cc-by",
    ),
    Told(
        "PhET: Gravity and Orbits",
        "https://phet.colorado.edu/en/simulations/gravity-and-orbits",
        "simulation",
        "6-8 9-12",
        SCI,
        "8.MS-ESS1-2,6.MS-PS2-4,HS-ESS1-4",
        "Sun, planet, moon and station: what happens when gravity is switched off.",
        "cc-by",
    ),
    Told(
        "PhET: Area Model Multiplication",
        "https://phet.colorado.edu/en/simulations/area-model-multiplication",
        "simulation",
        "3-5",
        MATH,
        "SMP.7,SMP.4",
        "Products as areas that one can take apart.",
        "cc-by",
    ),
    Told(
        "PhET: Graphing Lines",
        "https://phet.colorado.edu/en/simulations/graphing-lines",
        "simulation",
        "6-8 9-12",
        MATH,
        "SMP.4,SMP.7",
        "Slope and intercept, moved by hand, and a game to check oneself.",
        "cc-by",
    ),
    Told(
        "NOAA Tides and Currents: water levels",
        "https://tidesandcurrents.noaa.gov/",
        "data",
        "6-8 9-12",
        f"{SCI} {MATH}",
        "8.MS-ESS1-2,SMP.4",
        "Measured and predicted water levels of harbors such as Woods Hole, to download and plot.",
        "cc0",
    ),
    Told(
        "NOAA Education: resource collections",
        "https://www.noaa.gov/education/resource-collections",
        "unit",
        "3-5 6-8 9-12",
        SCI,
        "8.MS-ESS2-5,8.MS-ESS2-6,3-ESS2-1",
        "Collections on weather, climate, ocean and coasts, with data and activities.",
        "cc0",
    ),
    Told(
        "CLEAN: teaching climate and energy",
        "https://cleanet.org/",
        "lesson",
        "6-8 9-12",
        SCI,
        "8.MS-ESS3-5,HS-ESS3-5,HS-ESS2-4",
        "Reviewed activities, videos and data about climate and energy.",
        "see",
    ),
    Told(
        "NOAA Planet Stewards",
        "https://oceanservice.noaa.gov/education/planet-stewards/",
        "program",
        "pk-2 3-5 6-8 9-12",
        SCI,
        "7.MS-ESS3-4,5-ESS3-1",
        "A program that helps educators and students plan and carry out stewardship projects.",
        "cc0",
    ),
    Told(
        "NASA eClips",
        "https://nasaeclips.arc.nasa.gov/",
        "video",
        "3-5 6-8 9-12",
        SCI,
        "6.MS-ESS1-5(MA),HS-ESS1-4",
        "Short videos that show how NASA's work meets what students learn.",
        "cc0",
    ),
    Told(
        "NASA JPL Education",
        "https://www.jpl.nasa.gov/edu/",
        "lesson",
        "pk-2 3-5 6-8 9-12",
        f"{SCI} {MATH}",
        "8.MS-ESS1-2,SMP.4,HS-ESS1-4",
        "Lessons from the Jet Propulsion Laboratory, from paper rockets to pi in orbits.",
        "cc0",
    ),
    Told(
        "NASA: My NASA Data",
        "https://mynasadata.larc.nasa.gov/",
        "data",
        "3-5 6-8 9-12",
        SCI,
        "8.MS-ESS2-6,HS-ESS2-4,7.MS-ESS2-4",
        "Satellite data of the Earth with lesson plans for classes.",
        "cc0",
    ),
    Told(
        "GLOBE Program",
        "https://www.globe.gov/",
        "program",
        "pk-2 3-5 6-8 9-12",
        SCI,
        "8.MS-ESS2-5,7.MS-LS2-1",
        "Students measure clouds, water and soil by shared protocols and send data in.",
        "see",
    ),
    Told(
        "USGS: Water Science School",
        "https://www.usgs.gov/special-topics/water-science-school",
        "unit",
        "3-5 6-8 9-12",
        SCI,
        "7.MS-ESS2-4,5-ESS2-2,2-ESS2-3",
        "Pictures, data and explanations about water, in many languages.",
        "cc0",
    ),
    Told(
        "USGS: earthquakes of the last day",
        "https://earthquake.usgs.gov/earthquakes/map/",
        "data",
        "3-5 6-8 9-12",
        SCI,
        "4-ESS2-2,6.MS-ESS2-3,7.MS-ESS3-2",
        "A live map of earthquakes; where they lie tells of plates.",
        "cc0",
    ),
    Told(
        "EPA: for students",
        "https://www.epa.gov/students",
        "lesson",
        "pk-2 3-5 6-8 9-12",
        SCI,
        "5-ESS3-1,5-ESS3-2(MA)",
        "Lesson plans and projects on air, water and waste.",
        "cc0",
    ),
    Told(
        "NSF-funded: TeachEngineering",
        "https://www.teachengineering.org/",
        "lesson",
        "pk-2 3-5 6-8 9-12",
        f"{SCI} {MATH}",
        "7.MS-ETS1-2,7.MS-ETS1-4,HS-ETS1-2,3.3-5-ETS1-2",
        "A digital library of engineering lessons made with university programs.",
        "see",
    ),
    Told(
        "Engineering is Elementary (EiE)",
        "https://www.eie.org/",
        "unit",
        "pk-2 3-5",
        SCI,
        "3.3-5-ETS1-1,4.3-5-ETS1-3,1.K-2-ETS1-1",
        "Engineering units for young students from the Museum of Science, Boston.",
        "see",
    ),
    Told(
        "WGBH / PBS LearningMedia",
        "https://www.pbslearningmedia.org/",
        "video",
        "pk-2 3-5 6-8 9-12",
        ALL,
        "6.MS-LS1-1,8.MS-ESS2-5",
        "Videos and lessons by grade and subject from public television.",
        "see",
    ),
    Told(
        "Mass Audubon: school programs",
        "https://www.massaudubon.org/programs",
        "program",
        "pk-2 3-5 6-8",
        SCI,
        "2-LS4-1,3-LS4-3,7.MS-LS2-4",
        "Classes at wildlife sanctuaries and in schools, among them on the South Coast.",
        "see",
    ),
    Told(
        "Woods Hole Oceanographic Institution: Ocean Learning Hub",
        "https://www.whoi.edu/ocean-learning-hub/",
        "unit",
        "3-5 6-8 9-12",
        SCI,
        "8.MS-ESS2-6,7.MS-LS2-3",
        "Topics, videos and activities from those who study the ocean on the Cape.",
        "see",
    ),
    Told(
        "Woods Hole Sea Grant: education",
        "https://seagrant.whoi.edu/",
        "program",
        "6-8 9-12",
        SCI,
        "7.MS-ESS3-4,8.MS-ESS3-1",
        "Programs on coasts and fisheries for classes and teachers.",
        "see",
    ),
    Told(
        "Buzzards Bay Coalition: learn",
        "https://www.savebuzzardsbay.org/",
        "program",
        "pk-2 3-5 6-8",
        SCI,
        "7.MS-LS2-4,5-ESS3-1",
        "Outings and lessons about the bay and its watershed.",
        "see",
    ),
    Told(
        "New Bedford Whaling National Historical Park: for teachers",
        "https://www.nps.gov/nebe/learn/education/index.htm",
        "program",
        "3-5 6-8",
        f"{SCI} history",
        "7.MS-ETS3-3(MA)",
        "Programs on the port, its ships and its people, by the National Park Service.",
        "cc0",
    ),
    Told(
        "Massachusetts: the 2016 STE framework",
        "https://www.doe.mass.edu/frameworks/scitech/2016-04.pdf",
        "tool",
        "pk-2 3-5 6-8 9-12",
        SCI,
        "",
        "The standards themselves, with what changes from grade to grade.",
        "see",
    ),
    Told(
        "Massachusetts: the 2017 mathematics framework",
        "https://www.doe.mass.edu/frameworks/math/2017-06.pdf",
        "tool",
        "pk-2 3-5 6-8 9-12",
        MATH,
        "SMP.1,SMP.2,SMP.3,SMP.4,SMP.5,SMP.6,SMP.7,SMP.8",
        "Content standards and the eight practices, for choosing materials.",
        "see",
    ),
    Told(
        "EdReports: reviews of materials",
        "https://www.edreports.org/",
        "tool",
        "pk-2 3-5 6-8 9-12",
        f"{SCI} {MATH}",
        "",
        "Reviews by educators, for districts that choose new materials.",
        "see",
    ),
    Told(
        "NRICH: rich tasks",
        "https://nrich.maths.org/",
        "task",
        "pk-2 3-5 6-8 9-12",
        MATH,
        "SMP.1,SMP.3,SMP.8",
        "Problems with a low entry and a high ceiling, from the University of Cambridge.",
        "see",
    ),
    Told(
        "Illustrative Mathematics: tasks",
        "https://tasks.illustrativemathematics.org/",
        "task",
        "pk-2 3-5 6-8 9-12",
        MATH,
        "SMP.1,SMP.2,SMP.4",
        "Tasks sorted by content standard, with commentary.",
        "cc-by-nc-sa",
    ),
    Told(
        "Scratch",
        "https://scratch.mit.edu/educators",
        "tool",
        "3-5 6-8",
        CS,
        "SMP.7",
        "Stories, games and animations as first programs; guides for educators.",
        "cc-by-sa",
    ),
    Told(
        "Code.org: curriculum",
        "https://code.org/",
        "unit",
        "pk-2 3-5 6-8 9-12",
        CS,
        "SMP.7",
        "Courses in computer science from kindergarten to high school.",
        "cc-by-nc-sa",
    ),
    Told(
        "CODAP: data in the browser",
        "https://codap.concord.org/",
        "tool",
        "6-8 9-12",
        f"{CS} {MATH} {SCI}",
        "SMP.4,SMP.5",
        "A free tool of the Concord Consortium for looking at data and drawing plots.",
        "see",
    ),
]
TRIED = [
    (0, 20, "6-8", "We asked for predictions on paper first. Two lessons instead of one."),
    (4, 12, "9-12", "Worked as a lab without a lab. The meter view came last."),
    (8, 9, "6-8", "Students plotted a week of the harbor by hand, then ten years in a spreadsheet."),
    (19, 30, "3-5", "The bridge task took a double period; masking tape is enough."),
    (1, 16, "9-12", "Good for an exit ticket: where is the skater fastest, and why?"),
    (30, 6, "6-8", "One task a week as an opening question."),
    (9, 40, "6-8", "The collection on storms went with our unit on weather."),
]


def fill(places: list[Organization], *, by: Person, tries: Person, at: datetime) -> None:
    """Fill the library once, from ``places`` in turn, tried at the others."""
    if Resource.objects.exists():
        return
    subjects = {one.code: one for one in Subject.objects.all()}
    standards = {one.code: one for one in Standard.objects.all()}
    made = []
    for number, told in enumerate(ROWS):
        moment = at - timedelta(days=90 - 2 * number)
        written = Written(
            columns={name: getattr(told, name) for name in ("title", "url", "kind", "summary", "license")},
            grades=told.grades.split(),
            subjects=[subjects[code] for code in told.subjects.split() if code in subjects],
            standards=[standards[code] for code in told.standards.split(",") if code in standards],
        )
        one = resources.save_resource(None, written, by=by, at=moment)
        Resource.objects.filter(pk=one.pk).update(organization=places[number % len(places)])
        made.append(resources.move(one, to=Resource.State.PUBLIC, by=by, at=moment))
    for step, (number, days, band, text) in enumerate(TRIED):
        moment, place = at - timedelta(days=days), places[(number + step + 1) % len(places)]
        told_of: dict[str, Any] = {"on": moment.date(), "band": band, "text": text}
        trials.add_trial(made[number], organization=place, **told_of, by=tries, at=at)
