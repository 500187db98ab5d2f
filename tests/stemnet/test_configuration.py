"""What docs/configuration.md, .env.example and the code say of the environment is the same."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READERS = ["stemnet/settings.py", "stemnet/management/commands/serve.py", "gunicorn.conf.py"]
READ = re.compile(r"""(?:env\.(?:str|bool)|required|number|environ\.get)\(\s*["']([A-Z_]+)["']""")
NUMBER = re.compile(r"""number\(\s*"([A-Z_]+)",\s*default=(\d+)""")
COMPOSE = re.compile(r"\$\{([A-Z_]+)")
OURS = {"STEMNET_GREETING"}  # from `serve` to the web process it becomes, not for anybody to set


def documented() -> dict[str, str]:
    """Each name in a table of docs/configuration.md, with the default or example that stands beside it."""
    names = {}
    for line in (ROOT / "docs" / "configuration.md").read_text().splitlines():
        if line.startswith("| `"):
            first, second = (cell.strip("| ") for cell in line.split(" | ")[:2])
            found = re.findall(r"`([A-Z_]+)`", first)
            names.update(zip(found, second.split(", ") if len(found) > 1 else [second], strict=True))
    return names


def exemplified() -> dict[str, str]:
    """Each name in .env.example with the value behind it, whether it is commented out or not."""
    return dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))


def numbers(values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value.isdecimal()}


def test_configuration_and_example_name_the_same_variables():
    assert set(exemplified()) == set(documented())


def test_every_variable_that_is_read_is_documented():
    code = "".join((ROOT / name).read_text() for name in READERS)
    read = {*READ.findall(code), *COMPOSE.findall((ROOT / "compose.yaml").read_text())}
    assert set(documented()) == read - OURS


def test_numbers_of_configuration_are_the_defaults_of_the_settings():
    settings = dict(NUMBER.findall((ROOT / "stemnet" / "settings.py").read_text()))
    written = numbers(documented())
    assert {name: written.get(name) for name in settings} == settings


def test_numbers_of_the_example_are_those_of_configuration():
    written = numbers(documented())
    assert {name: exemplified()[name] for name in written} == written


def test_example_sets_only_what_is_needed_and_leaves_it_empty():
    lines = (ROOT / ".env.example").read_text().splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == [
        "SECRET_KEY=",
        "ALLOWED_HOSTS=",
        "SITE_URL=",
        "EMAIL_URL=",
    ]
