"""The repair desk for registrations, attendance, credit rules, the evaluation and documents."""

from registrations.admin import (
    attendance,
    credit_rule,
    document,
    evaluation,
    figures,
    hold,
    membership,
    organization,
    registration,
)

__all__ = ["attendance", "credit_rule", "document", "evaluation", "figures", "hold"]
__all__ += ["membership", "organization", "registration"]
