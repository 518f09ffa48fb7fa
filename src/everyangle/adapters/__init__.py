"""Adapters: one file a technology, each behind a port."""
