"""What Python's own parser finds wrong with a mail as it is sent."""

from email import message_from_bytes, policy

from stemnet.models import Mail
from stemnet.outbox.delivery import message


def defects_of_mail():
    """Every defect of any part or header of any mail there is, with the template that it comes from."""
    found = []
    for mail in Mail.objects.all():
        sent = message_from_bytes(message(mail).message().as_bytes(), policy=policy.default)
        for part in sent.walk():
            headers = [defect for value in part.values() for defect in getattr(value, "defects", ())]
            found += [(mail.template, repr(defect)) for defect in (*part.defects, *headers)]
    return found
