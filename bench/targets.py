"""What each figure should be: beside another side of the same run, or by itself."""

from dataclasses import dataclass
from statistics import median

Figures = dict[str, dict[str, list[float]]]


@dataclass(frozen=True)
class Target:
    """A bound, of the value itself or of its ratio to what another side took."""

    bound: float
    beside: str = ""
    at_least: bool = False
    figure: str = ""  # of the other side, where it is called otherwise

    @property
    def words(self) -> str:
        """Return it as the table says it."""
        least = "at least" if self.at_least else "at most"
        return f"{least} {self.bound:g}" + (f" x {self.beside}" if self.beside else "")

    def value(self, sides: Figures, figure: str) -> float | None:
        """Return the ratio or the value that is judged; None where a side does not have it."""
        ours = middle(sides, "ours", figure)
        if not self.beside or ours is None:
            return ours
        other = middle(sides, self.beside, self.figure or figure)
        return ours / other if other else None

    def is_met(self, sides: Figures, figure: str) -> bool | None:
        """Return whether it is met; None where that is not known."""
        value = self.value(sides, figure)
        if value is None:
            return None
        return value >= self.bound if self.at_least else value <= self.bound


def middle(sides: Figures, side: str, figure: str) -> float | None:
    """Return the median of a side's turns, or None where it has none."""
    values = sides.get(side, {}).get(figure)
    return median(values) if values else None


FLOOR_PAGE = "page network"
TARGETS: dict[str, list[Target]] = {
    **{
        f"page {name}: a second": [Target(0.7, "floor", at_least=True, figure=f"{FLOOR_PAGE}: a second")]
        for name in ("home", "networks", "network", "calendar", "partners")
    },
    "registration: a second": [Target(0.25, "floor", at_least=True), Target(20, "peer", at_least=True)],
    "registration: requests": [Target(4)],
    "registration: statements": [Target(60)],
    "registration: ms of work": [Target(6, "floor")],
    "200 for 50 seats: seconds together": [Target(3, "floor")],
    "200 for 50 seats: connections reset": [Target(0)],
    "frame of a page: statements": [Target(3)],
    "frame of a page: of them writes": [Target(0)],
    "My learning: statements": [Target(14)],
    "My learning: ms of work": [Target(7, "floor", figure=f"{FLOOR_PAGE}: ms of work")],
    "cold start: seconds": [Target(2.5, "floor")],
    "memory after the load: MB": [Target(0.65, "before")],
}
