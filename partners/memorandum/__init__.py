"""The memorandum of understanding: its text, the parts of the partners, signatures and terms."""
