"""The repair desk for registrations, attendance, credit rules, the evaluation and documents."""

from registrations.admin import (
    acceptance,
    attendance,
    credit_rule,
    document,
    evaluation,
    figures,
    hold,
    membership,
    message,
    organization,
    registration,
    renewal_rule,
)

__all__ = ["acceptance", "attendance", "credit_rule", "document", "evaluation", "figures", "hold"]
__all__ += ["membership", "message", "organization", "registration", "renewal_rule"]
