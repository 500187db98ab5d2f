"""The desk: the pages on which staff and coordinators work."""
