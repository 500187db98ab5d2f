"""Columns in which texts are searched: plain words with their stems, and codes (`stemnet.code_search`).

Like every plain column they follow another one, however that is written (`stemnet.plain_columns`).
"""

from stemnet.code_search import searched_codes, searched_text
from stemnet.plain_columns import PlainField


class WordsField(PlainField):
    """The plain words of another column and their stems."""

    def of(self, words: str) -> str:
        """Return the words, cut to what the column holds."""
        return searched_text(words)[: self.max_length]


class CodesField(PlainField):
    """The codes of another column, which commas separate."""

    def of(self, words: str) -> str:
        """Return the codes, cut to what the column holds."""
        return searched_codes(words)[: self.max_length]
