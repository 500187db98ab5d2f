"""What every installation begins with: subjects, audiences, and the standards of Massachusetts by their codes.

Coordinators change all of it. The subjects are those of the five networks of 2020-21 (docs/rules.md 1.2). The
codes are facts from the two documents named in FRAMEWORKS; what each standard is about is said in our own words.
"""

from typing import Any

SUBJECTS = [
    ("mathematics", "Mathematics"),
    ("literacy", "Literacy"),
    ("science", "Science and technology/engineering"),
    ("computer_science", "Digital learning and computer science"),
    ("history", "History and social science"),
    ("all_stem", "All STEM"),
]
AUDIENCES = [
    ("district_leaders", "District leaders"),
    ("school_leaders", "School leaders"),
    ("teachers", "Teachers"),
    ("faculty", "College and university faculty"),
    ("organizations", "Organizations"),
]
FRAMEWORKS = {
    "ma-ste-2016": (
        "Massachusetts Science and Technology/Engineering Curriculum Framework",
        2016,
        "https://www.doe.mass.edu/frameworks/scitech/2016-04.pdf",
        "science",
    ),
    "ma-math-2017": (
        "Massachusetts Mathematics Curriculum Framework",
        2017,
        "https://www.doe.mass.edu/frameworks/math/2017-06.pdf",
        "mathematics",
    ),
}
STRANDS = {
    "ESS1": "Earth in space",
    "ESS2": "Earth's systems",
    "ESS3": "Earth and people",
    "LS1": "Living things",
    "LS2": "Ecosystems",
    "LS3": "Heredity",
    "LS4": "Evolution",
    "PS1": "Matter",
    "PS2": "Forces and motion",
    "PS3": "Energy",
    "PS4": "Waves",
    "ETS1": "Engineering design",
    "ETS2": "Materials and tools",
    "ETS3": "Technological systems",
    "ETS4": "Energy and power technology",
    "SMP": "Mathematical practices",
}
PRACTICES = """
SMP.1 Understanding a problem and keeping at it
SMP.2 Reasoning with numbers and symbols
SMP.3 Arguing, and judging others' arguments
SMP.4 Mathematical models
SMP.5 Choosing tools
SMP.6 Precision
SMP.7 Using structure
SMP.8 Noticing repeated reasoning
"""
SCIENCE = """
PreK-ESS1-1(MA) The moon
PreK-ESS1-2(MA) Where the sun is during the day
PreK-ESS2-1(MA) Places nearby as homes of living things
PreK-ESS2-2(MA) Natural and made materials nearby
PreK-ESS2-3(MA) Where water is found nearby
PreK-ESS2-4(MA) Measuring the weather
PreK-ESS2-5(MA) Weather from day to day and by season
PreK-ESS2-6(MA) What weather means for living things
PreK-ESS3-1(MA) Soil, water and what else people use
PreK-ESS3-2(MA) What people do to the places around them
PreK-LS1-1(MA) Outer parts of animals and plants
PreK-LS1-2(MA) Five senses
PreK-LS1-3(MA) Exploring with the senses
PreK-LS2-1(MA) Living and not living
PreK-LS2-2(MA) How plants and animals get what they need
PreK-LS2-3(MA) Animals and plants that need each other
PreK-LS3-1(MA) Young plants and animals and their parents
PreK-LS3-2(MA) Likenesses and differences among friends
PreK-PS1-1(MA) Liquids and solids
PreK-PS1-2(MA) Sorting natural and made objects
PreK-PS1-3(MA) An object and what it is made of
PreK-PS1-4(MA) How things can change
PreK-PS2-1(MA) What makes things move
PreK-PS2-2(MA) Standing and falling
PreK-PS4-1(MA) Sounds and what makes them
PreK-PS4-2(MA) Shadows and light
K-ESS2-1 Local weather patterns
K-ESS2-2 Plants and animals change their place
K-ESS3-2 Weather forecasts and being prepared
K-ESS3-3 Reusing and reducing
K-LS1-1 What plants and animals need
K-LS1-2(MA) Living things grow and change
K-PS1-1(MA) Solid and liquid
K-PS2-1 Pushes and pulls
K-PS3-1 Sunlight warms the ground
K-PS3-2 A shelter from the sun
1-ESS1-1 Patterns of sun, moon and stars
1-ESS1-2 Patterns of the seasons
1-LS1-1 Body parts and what they do
1-LS1-2 Parents that help young survive
1-LS3-1 Likenesses and differences within one kind
1-PS4-1 Sound and vibration
1-PS4-3 Light through materials
1-PS4-4 Signals over a distance
1.K-2-ETS1-1 Asking what problem to solve
1.K-2-ETS1-2 Sketches and models of ideas
2-ESS2-1 Slowing wind and water
2-ESS2-2 Land and water on a map
2-ESS2-3 Where water is found
2-ESS2-4(MA) How wind and water shape land
2-LS2-3(MA) Needs met in a habitat
2-LS4-1 Variety of life in places
2-PS1-1 Kinds of materials
2-PS1-2 Materials for a purpose
2-PS1-3 Things made of small pieces
2-PS1-4 Heating and cooling
2-PS3-1(MA) Friction, heat and speed
2.K-2-ETS1-3 Testing two designs
3-ESS2-1 Weather by season
3-ESS2-2 Climates of the world
3-ESS3-1 Weather hazards
3-LS1-1 Life cycles
3-LS3-1 Traits and variation
3-LS3-2 Traits and the environment
3-LS4-1 Fossils and past places
3-LS4-2 Advantages of traits
3-LS4-3 Living well in a habitat
3-LS4-4 When a habitat changes
3-LS4-5(MA) Populations live on by reproduction
3-PS2-1 Balanced and unbalanced forces
3-PS2-3 Forces between magnets
3-PS2-4 Problems solved with magnets
3.3-5-ETS1-1 Criteria and constraints
3.3-5-ETS1-2 Comparing solutions
3.3-5-ETS1-4(MA) Information about a design
4-ESS1-1 Rock layers and change
4-ESS2-1 Weathering and erosion
4-ESS2-2 Maps of mountains, quakes and volcanoes
4-ESS3-1 Fuels and their effects
4-ESS3-2 Reducing harm from natural hazards
4-LS1-1 Structures of plants and animals
4-PS3-1 Speed and energy
4-PS3-2 Energy from place to place
4-PS3-3 Energy in collisions
4-PS3-4 Devices that convert energy
4-PS4-1 Waves that carry energy and move objects
4-PS4-2 Light and seeing
4-PS4-3 Patterns that carry information
4.3-5-ETS1-3 Tests that find failures
4.3-5-ETS1-5(MA) Features to consider in a prototype
5-ESS1-1 Brightness of the sun and stars
5-ESS1-2 Shadows, day and night, seasonal stars
5-ESS2-1 Water's way through a watershed
5-ESS2-2 Fresh and salt water
5-ESS3-1 How communities lessen their effects
5-ESS3-2(MA) Filtering water
5-LS1-1 What plants grow from
5-LS2-1 Matter through living things
5-LS2-2(MA) Comparing composters
5-PS1-1 Particles too small to see
5-PS1-2 Weight stays the same
5-PS1-3 Identifying materials
5-PS1-4 Mixing substances
5-PS2-1 Gravity points down
5-PS3-1 Food energy from the sun
5.3-5-ETS3-1(MA) Inventions and improvements
5.3-5-ETS3-2(MA) How the parts of a device fit together
6.MS-ESS1-1a Phases of the moon and eclipses
6.MS-ESS1-4 Rock layers and Earth's age
6.MS-ESS1-5(MA) The solar system in the Milky Way
6.MS-ESS2-3 Continents and plates
6.MS-LS1-1 Organisms are made of cells
6.MS-LS1-2 Parts of a cell
6.MS-LS1-3 Body systems work together
6.MS-LS4-1 Fossils and the history of life
6.MS-LS4-2 Anatomy and relationships
6.MS-PS1-6 Reactions that give or take heat
6.MS-PS1-7(MA) Density
6.MS-PS1-8(MA) Mixtures and how to separate them
6.MS-PS2-4 Gravity and mass
6.MS-PS4-1 Wave height, length and energy
6.MS-PS4-2 Waves reflected, absorbed or passed on
6.MS-PS4-3 Digital signals
6.MS-ETS1-1 Criteria and constraints of a design
6.MS-ETS1-5(MA) Drawings to scale
6.MS-ETS1-6(MA) Presenting a design to its user
6.MS-ETS2-1(MA) Properties of materials
6.MS-ETS2-2(MA) Choosing materials
6.MS-ETS2-3(MA) Tools used safely
7.MS-ESS2-2 Earth's surface over time
7.MS-ESS2-4 The water cycle
7.MS-ESS3-2 Forecasting hazards
7.MS-ESS3-4 People and resources
7.MS-LS1-4 Behavior, structures and reproduction
7.MS-LS2-1 Resources and populations
7.MS-LS2-2 Relationships in ecosystems
7.MS-LS2-3 Matter and energy in food webs
7.MS-LS2-4 Changes that affect populations
7.MS-LS2-5 Solutions that protect an ecosystem
7.MS-LS2-6(MA) Biodiversity and the resources people use
7.MS-PS2-3 Strength of electric forces
7.MS-PS2-5 Fields that act at a distance
7.MS-PS3-1 Kinetic energy, mass and speed
7.MS-PS3-2 Potential energy and distance
7.MS-PS3-3 Slowing or speeding heat transfer
7.MS-PS3-4 Heat, mass and temperature
7.MS-PS3-5 Energy to and from an object
7.MS-PS3-6(MA) Conduction, convection and radiation
7.MS-PS3-7(MA) Kinetic and potential energy, one into the other
7.MS-ETS1-2 Comparing designs by criteria
7.MS-ETS1-4 Data from repeated tests
7.MS-ETS1-7(MA) Building a prototype
7.MS-ETS3-1(MA) Communication systems
7.MS-ETS3-2(MA) Comparing communication systems
7.MS-ETS3-3(MA) Transportation and the subsystems of a vehicle
7.MS-ETS3-4(MA) Parts of a structure at work together
7.MS-ETS3-5(MA) Inputs, outputs and feedback
8.MS-ESS1-1b Seasons and Earth's tilt
8.MS-ESS1-2 Gravity, tides and orbits
8.MS-ESS2-1 Energy from Earth's interior
8.MS-ESS2-5 Air masses and weather
8.MS-ESS2-6 Oceans, air and climate
8.MS-ESS3-1 Uneven resources
8.MS-ESS3-5 People's part in rising temperatures
8.MS-LS1-5 Growth, genes and environment
8.MS-LS1-7 Food and cellular energy
8.MS-LS3-1 Mutations and proteins
8.MS-LS3-2 Sexual and asexual reproduction
8.MS-LS3-3(MA) Chromosomes, genes and proteins
8.MS-LS3-4(MA) Pairs of chromosomes and alleles
8.MS-LS4-4 Natural selection
8.MS-LS4-5 Artificial selection
8.MS-PS1-1 Atoms and molecules
8.MS-PS1-2 Signs of a chemical reaction
8.MS-PS1-4 Particles, heat and change of state
8.MS-PS1-5 Atoms kept in a reaction
8.MS-PS2-1 Collisions and the third law
8.MS-PS2-2 Force, mass and change of motion
8.MS-ETS2-4(MA) Materials under physical processing
8.MS-ETS2-5(MA) Basic processes of manufacturing
HS-ESS1-1 Life of the sun and fusion
HS-ESS1-2 Evidence for the Big Bang
HS-ESS1-4 Orbits
HS-ESS1-5 Ages of crustal rocks
HS-ESS2-2 Feedback among Earth's systems
HS-ESS2-3 Inside Earth
HS-ESS2-4 Energy flow and climate
HS-ESS2-5 Water and Earth's materials
HS-ESS2-6 The carbon cycle
HS-ESS3-1 Resources, hazards and people
HS-ESS3-2 Costs and benefits of using resources
HS-ESS3-3 Resources and populations
HS-ESS3-5 Climate forecasts from data
HS-LS1-1 DNA and proteins
HS-LS1-2 Systems of the body
HS-LS1-3 Feedback in the body
HS-LS1-4 The cell cycle
HS-LS1-5 Photosynthesis
HS-LS1-6 Molecules of life
HS-LS1-7 Cellular respiration
HS-LS2-1 Carrying capacity
HS-LS2-2 Biodiversity and populations
HS-LS2-4 Matter and energy among organisms
HS-LS2-5 Carbon through living things
HS-LS2-6 Stable and changing ecosystems
HS-LS2-7 Human effects on biodiversity
HS-LS3-1 Chromosomes and traits
HS-LS3-2 Where genetic variation comes from
HS-LS3-3 Probability of traits
HS-LS3-4(MA) Traits from genes and environment
HS-LS4-1 Evidence of common ancestry
HS-LS4-2 Natural selection
HS-LS4-4 How viruses and bacteria adapt
HS-LS4-5 Changes that end or begin species
HS-PS1-1 The periodic table
HS-PS1-2 Ionic and molecular compounds
HS-PS1-3 Forces between particles
HS-PS1-4 Bond energy
HS-PS1-5 Rates of reaction
HS-PS1-6 Equilibrium
HS-PS1-7 Moles and conservation of mass
HS-PS1-8 Fission, fusion and decay
HS-PS1-9(MA) Acids and bases
HS-PS1-10(MA) Oxidation and reduction
HS-PS1-11(MA) Separating mixtures
HS-PS2-1 Newton's second law
HS-PS2-2 Momentum
HS-PS2-3 Reducing the force of a collision
HS-PS2-4 Gravitation and Coulomb's law
HS-PS2-5 Currents and magnetic fields
HS-PS2-6 Structure and function of materials
HS-PS2-7(MA) Solutions
HS-PS2-8(MA) Particles in solids, liquids and gases
HS-PS2-9(MA) Circuits
HS-PS2-10(MA) Force diagrams and changes of motion
HS-PS3-1 Energy in a system, computed
HS-PS3-2 Energy as motion or stored in fields
HS-PS3-3 Devices that convert energy
HS-PS3-4a Heat between two bodies
HS-PS3-4b Energy and entropy in a reaction
HS-PS3-5 Energy in fields
HS-PS4-1 Frequency, wavelength and speed
HS-PS4-3 Light as wave and particle
HS-PS4-5 Devices that use waves
HS-ETS1-1 A global challenge, specified
HS-ETS1-2 Breaking a problem into parts
HS-ETS1-3 Trade-offs
HS-ETS1-4 Simulating a solution
HS-ETS1-5(MA) Orthographic and other drawings
HS-ETS1-6(MA) Documenting a design
HS-ETS2-1(MA) Choosing a manufacturing process
HS-ETS2-2(MA) Computers and robots in manufacturing
HS-ETS2-3(MA) Custom and mass production
HS-ETS2-4(MA) Manufacturing that changes a material's properties
HS-ETS3-1(MA) Subsystems that feed one another
HS-ETS3-2(MA) Digital and analog signals and their media
HS-ETS3-3(MA) Live and dead loads
HS-ETS3-4(MA) Tension, compression and other forces in structures
HS-ETS3-5(MA) Heat, sun and wind in the design of buildings
HS-ETS3-6(MA) Lift, drag and thrust of a vehicle
HS-ETS4-1(MA) How people use energy and power
HS-ETS4-2(MA) Open and closed fluid systems
HS-ETS4-3(MA) Hydraulic and pneumatic systems
HS-ETS4-4(MA) What a hydraulic system multiplies
HS-ETS4-5(MA) Work and efficiency of machines
"""


def write_lists(apps: Any, _editor: Any) -> None:
    """Write the rows that are not there yet."""
    for name, rows in (("Subject", SUBJECTS), ("Audience", AUDIENCES)):
        model = apps.get_model("partners", name)
        for position, (code, title) in enumerate(rows, start=1):
            model.objects.get_or_create(code=code, defaults={"title": title, "position": position})
    for code, lines in (("ma-ste-2016", SCIENCE), ("ma-math-2017", PRACTICES)):
        _write_standards(apps, code, lines.strip().splitlines())


def _write_standards(apps: Any, code: str, lines: list[str]) -> None:
    title, year, source, subject = FRAMEWORKS[code]
    frameworks, standards = (apps.get_model("partners", name).objects for name in ("Framework", "Standard"))
    told = {"title": title, "year": year, "source": source}
    framework, _made = frameworks.get_or_create(code=code, defaults=told)
    known = set(standards.values_list("code", flat=True))
    about = apps.get_model("partners", "Subject").objects.filter(code=subject).first()
    if about is None:  # somebody deleted it
        return
    rows = []
    for position, line in enumerate(lines, start=1):
        name, _space, words = line.partition(" ")
        strand = next(title for part, title in STRANDS.items() if part in name)
        if name not in known:
            row = standards.model(code=name, text=words, strand=strand, position=position)
            row.subject, row.framework = about, framework
            rows.append(row)
    standards.bulk_create(rows)
