"""The ground of the portal: settings, mail, jobs, spreadsheets, and the rules of time zones."""

from stemnet.zone_data import use_pinned_zones

use_pinned_zones()
