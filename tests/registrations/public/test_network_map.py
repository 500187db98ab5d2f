"""The network of dots."""

from registrations.public.domain.network_map import HEIGHT, MOST_DOTS, WIDTH, draw

ROWS = [(1, "wareham", "k12_district"), (2, "dartmouth", "higher_ed_4yr"), (3, "carver", "business")]


def test_same_partners_give_the_same_picture():
    assert draw(ROWS, {1: {1, 2}}) == draw(list(reversed(ROWS)), {1: {1, 2}})


def test_a_line_needs_a_shared_network():
    assert draw(ROWS, {1: {1}, 2: {2}}).lines == []
    assert len(draw(ROWS, {1: {1, 2}}).lines) == 1
    assert len(draw(ROWS, {1: {1, 2, 3}}).lines) == 3


def test_organizations_that_are_not_shown_have_no_line():
    assert draw(ROWS, {1: {1, 99}}).lines == []


def test_dots_lie_within_the_picture_and_are_not_too_many():
    picture = draw([(n, f"partner-{n}", "school") for n in range(200)], {})
    assert len(picture.dots) == MOST_DOTS
    assert all(0 < dot.x < WIDTH and 0 < dot.y < HEIGHT for dot in picture.dots)


def test_nobody_gives_nothing():
    assert draw([], {}).dots == []
