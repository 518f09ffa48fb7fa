"""What benchmarks of synchronization share: truth, what is measured of a solution, tables, made sets."""
