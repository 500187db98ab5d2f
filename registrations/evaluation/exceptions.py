"""Every "no" of the network evaluation."""

from registrations.seats.exceptions import RegistrationsRefused


class EvaluationRefused(RegistrationsRefused):
    """The evaluation is not asked yet, or was answered already."""
