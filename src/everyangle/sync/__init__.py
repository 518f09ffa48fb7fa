"""Synchronization: features, pairs, match, check, graph, solve. Arrays in, values out."""
