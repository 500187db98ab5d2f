"""The e-mails of registrations: render and queue one, with its key."""
