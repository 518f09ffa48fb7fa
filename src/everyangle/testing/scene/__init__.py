"""A simulator of filmed encounters: sounds in a street, heard by recorders with flaws, with the truth known.

The rooms, from the air to the file: ``paths`` (where things are), ``world`` (what there is), ``effects``, ``voices``
and ``music`` (what sounds), ``propagation`` (air, walls, closed cars), ``device`` (microphone and recorder),
``film`` (one recorder's take), ``truth`` (what is known), ``ready`` (whole random scenes from a seed), ``encode``
(real codecs) and ``picture`` (what each camera sees).

Everything up to ``truth`` is arrays in, arrays out: no files, no clock; randomness comes as a seeded generator.
"""
