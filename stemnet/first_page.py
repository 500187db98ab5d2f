"""What the first page needs beside the models, loaded before anybody asks for it."""

from django.template import engines
from django.template.loader import get_template
from django.urls import get_resolver


def load_first_page() -> None:
    """Load the addresses, with their views, and the frame of every page."""
    get_resolver()._populate()
    engines.all()
    get_template("base.html")
