"""Values that the rooms share: time, items, alignments, ids, errors. No input or output of any kind."""
