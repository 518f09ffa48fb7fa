"""Accounts: from a document's text to statements, questions and positions. Text in, values out."""
