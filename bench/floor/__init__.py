"""The floor: what the same work costs in a bare Django app, with nothing that a portal must have.

No roles, no waitlist, no translation, no history, no outbox: a page is one query and one template of about
the portal's size, compressed; a registration is three requests and eight statements, one of which locks the
network; lists are Django's own admin as one writes it first.
"""
