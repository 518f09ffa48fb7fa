"""Ports: the small protocols through which stages reach files, media, logs and clocks."""
