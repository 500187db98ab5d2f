"""Planning: networks, their meetings and dates, changes, and the calendar."""
