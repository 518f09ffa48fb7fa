"""Other programs that find offsets between recordings, run as they are on the same files, each in its own environment.

``NAME.in`` and ``NAME.txt`` say which packages, pinned by hash; ``NAME.py`` asks one. Nothing of theirs is imported
into the benchmark or handed on with the project. One that cannot be run here is reported with the reason.
"""
