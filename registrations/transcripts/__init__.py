"""Transcripts: all hours of a person, handed on as they choose."""
