"""Capture: the protocol that preserves a phone's footage while it is filmed. Bytes in, values and verdicts out."""
