"""The rules of time zones: those of the pinned package `tzdata`, whatever the machine has."""

import zoneinfo

import tzdata


def use_pinned_zones() -> None:
    """Let `zoneinfo` read the pinned package and never the machine's files, `PYTHONTZPATH` or not.

    Called when the package `stemnet` is imported, which every way to run it does before it asks for any zone.
    """
    zoneinfo.reset_tzpath(())
    zoneinfo.ZoneInfo.clear_cache()


def zone_data_version() -> str:
    """Return the version of the rules in use, such as "2026f"."""
    return str(tzdata.IANA_VERSION)
