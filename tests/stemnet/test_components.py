"""The partial templates that every page uses."""

from datetime import date

from django.template import Context, Template

from tests.markup import tight


def rendered(source, **context):
    return tight(Template("{% load portal %}" + source).render(Context(context))).strip()


def test_date_tile_says_the_whole_date():
    html = rendered('{% include "components/_date_tile.html" with on=on %}', on=date(2020, 10, 14))
    assert (
        '<time class="date-tile" datetime="2020-10-14"><span class="visually-hidden">Wed, Oct 14, 2020'
        in html
    )


def test_status_tag_has_words():
    html = rendered('{% include "components/_status_tag.html" with kind="ok" text="Open" %}')
    assert html == '<span class="tag ok">Open</span>'


def test_meter_is_a_progress_with_a_name():
    html = rendered('{% include "components/_meter.html" with value=41 maximum=60 label="41 of 60 seats" %}')
    assert '<progress class="meter" value="41" max="60" aria-label="41 of 60 seats">' in html


def test_ring_is_drawn_by_attribute():
    html = rendered('{% ring 5 10 "5" "of 10 hours" %}')
    assert 'stroke-dasharray="157.1 314.16"' in html
    assert 'aria-label="5 of 10 hours"' in html
    assert "style=" not in html


def test_ring_of_nothing_has_no_arc():
    assert "ring-value" not in rendered('{% ring 0 10 "0" "of 10 hours" %}')


def test_empty_list_offers_what_to_do():
    html = rendered(
        '{% include "components/_empty.html" with title="None" text="Why" url="/x/" action="Do" %}'
    )
    assert '<a class="btn btn-primary" href="/x/">Do</a>' in html
