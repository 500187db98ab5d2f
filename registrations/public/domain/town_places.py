"""Where towns lie, in degrees north and west: the regions of our examples.

They are the middles of towns as maps show them, to a hundredth of a degree, about half a mile. A town that is
not here is left out of the map, and a region without towns here has none.
"""

Degrees = tuple[float, float]

PLACES: dict[str, dict[str, Degrees]] = {
    "MA": {
        "acushnet": (41.68, 70.91),
        "attleboro": (41.94, 71.29),
        "berkley": (41.85, 71.08),
        "bourne": (41.74, 70.6),
        "bridgewater": (41.99, 70.98),
        "brockton": (42.08, 71.02),
        "carver": (41.88, 70.76),
        "dartmouth": (41.61, 70.99),
        "dighton": (41.82, 71.15),
        "everett": (42.41, 71.05),
        "fairhaven": (41.63, 70.89),
        "fall river": (41.7, 71.16),
        "freetown": (41.77, 71.03),
        "lakeville": (41.85, 70.95),
        "marion": (41.7, 70.76),
        "marlborough": (42.35, 71.55),
        "mattapoisett": (41.66, 70.81),
        "middleborough": (41.89, 70.91),
        "new bedford": (41.66, 70.93),
        "north dighton": (41.86, 71.13),
        "plymouth": (41.95, 70.67),
        "raynham": (41.94, 71.05),
        "rehoboth": (41.84, 71.25),
        "rochester": (41.73, 70.82),
        "seekonk": (41.81, 71.34),
        "somerset": (41.77, 71.13),
        "swansea": (41.75, 71.19),
        "taunton": (41.9, 71.09),
        "wareham": (41.76, 70.72),
        "west barnstable": (41.71, 70.37),
        "westport": (41.59, 71.08),
    },
    "OR": {
        "amity": (45.12, 123.21),
        "canby": (45.26, 122.69),
        "corvallis": (44.56, 123.26),
        "gladstone": (45.38, 122.59),
        "lake oswego": (45.42, 122.67),
        "mcminnville": (45.21, 123.2),
        "milwaukie": (45.44, 122.64),
        "molalla": (45.15, 122.58),
        "newberg": (45.3, 122.97),
        "oregon city": (45.36, 122.61),
        "portland": (45.52, 122.68),
        "salem": (44.94, 123.04),
        "sherwood": (45.36, 122.84),
        "tigard": (45.43, 122.77),
        "tualatin": (45.38, 122.76),
        "west linn": (45.37, 122.61),
        "wilsonville": (45.3, 122.77),
        "woodburn": (45.14, 122.86),
    },
    "WA": {
        "auburn": (47.31, 122.23),
        "burien": (47.47, 122.35),
        "des moines": (47.4, 122.32),
        "federal way": (47.32, 122.31),
        "kent": (47.38, 122.23),
        "renton": (47.48, 122.22),
        "seatac": (47.44, 122.3),
        "seattle": (47.61, 122.33),
        "tukwila": (47.47, 122.26),
    },
}


def place_of(city: str, state: str) -> Degrees | None:
    """Return where a town lies, by its plain name and its state; None where nobody wrote it down."""
    return PLACES.get(state, {}).get(city)
