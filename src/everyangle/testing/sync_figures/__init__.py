"""Figures of how synchronization works, drawn from real alignments, the same for the same input."""
