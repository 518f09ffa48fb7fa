"""Folders of simulated recordings of many incidents, with known truth, for benchmarks of synchronization.

``make`` (in ``make``) writes encoded recordings and ``truth.json``; ``known`` says what both of a pair could hear.
Sounds are synthesized. Scenes of one seed in ``scene.ready`` (an incident and its stranger) may play the same tune, and
all scenes use the same model of siren.

``truth.json``, format ``everyangle.collection-truth/1`` (seconds, decibels):

- ``recordings``: ``file``, ``event``, ``device``, the true clock (``offset_s``, ``rate``, ``jumps``), ``duration_s``,
  ``created`` (``true``; ``said``, with the errors that creation times have; ``error``: none, missing, hours, zone);
- ``pairs`` of one event that overlap: ``a``, ``b``, ``overlap_s``, ``offset_s`` (``t_a - t_b`` of one event instant in
  the middle of the overlap), ``sources`` audible to both while they overlap (``source``, ``kind``, ``delay_s``,
  ``shift_s = delay_s[0] - delay_s[1]``, ``shift_range_s``, ``over_noise_db`` at a and b), ``periods_s`` of sirens;
- ``shared``: pairs of different events that could hear the same content: ``causes`` (``cause`` song or siren);
- ``ceiling``: over pairs that overlap by 8 s, the share whose clock the best source, the middle of the range of
  sources and the loudest source meet within 50 and 10 ms.
"""
