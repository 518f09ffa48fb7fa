"""Accounts: from a document's text to statements, questions and positions. Text in, values out."""

ACCOUNTS_VERSION = 3
"""Raised whenever the same document would give other statements, so that kept results are made anew."""
