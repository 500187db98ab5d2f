"""Importing: tables of organizations and people, brought in and taken out."""
