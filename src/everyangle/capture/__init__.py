"""Capture: what a phone signs and sends, chunk by chunk, as values: bytes in, verdict and what to keep out.

The format is told in docs/formats/capture.md. Nothing here touches a file, a network, a clock or randomness.
"""
