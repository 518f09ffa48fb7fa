"""The command line: one file a command; each parses, calls a stage and prints."""

import os

# Read when NumPy is loaded. Workers share the processors out: threads within one worker's products only wait.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
