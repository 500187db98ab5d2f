"""Evaluation: the anonymous network evaluation, asked once."""
