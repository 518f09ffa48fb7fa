"""Folders of simulated recordings of many incidents, with known truth, for benchmarks of synchronization.

The rooms: ``levels`` (how hard), ``material`` (speech, songs and sounds, synthesized or brought in), ``replays`` (what
the same world plays in many places), ``places`` (where), ``people`` (who films, with what), ``sounds`` (what is heard),
``incident`` (all of it as arrays), ``forms`` (real codecs, streams encoded twice), ``known`` (what both of a pair could
hear) and ``make``, which writes encoded recordings and ``truth.json``.

Unrelated incidents of a set share content as the world does: a song with its own start and speed error (or looped), one
model of siren, alarm or ring tone, a recorded announcement, a broadcast that runs in two homes at the same hour.

``truth.json``, format ``everyangle.collection-truth/1`` (seconds, decibels):

- ``generator``, ``seed``, ``difficulty``, ``clips``, ``material``: what made it; ``reporting``: not for tuning;
- ``recordings``: ``file``, ``event``, ``place`` (its kind), ``device``, the true clock (``offset_s``, ``rate``,
  ``jumps``), ``duration_s``, ``format``, ``stranger`` (nobody else filmed it), ``created`` (``true``; ``said``, with
  the errors that creation times have; ``error``: none, missing, hours, zone);
- ``pairs`` of one event that overlap: ``a``, ``b``, ``overlap_s``, ``offset_s`` (``t_a - t_b`` of one event instant in
  the middle of the overlap), ``sources`` audible to both while they overlap (``source``, ``kind``, ``delay_s``,
  ``shift_s = delay_s[0] - delay_s[1]``, ``shift_range_s``, ``over_noise_db`` at a and b, ``period_s``: 0 for what does
  not repeat), ``range_s`` of the offsets that they span, ``periods_s`` of what repeats;
- ``shared``: pairs of different events that could hear the same content: ``causes``, each a ``cause`` (song, siren,
  alarm, broadcast, announcement, ringtone) and the name of the ``content``;
- ``ceiling``: over pairs that overlap by 8 s, the share whose clock the best source, the middle of the range of
  sources and the loudest source meet within 50 and 10 ms.

A source counts as heard in each of its seconds that stands above the noise of device, wind and town, and that no louder
sound drowns; AMR-NB shifts sound by 1.25 ms, which the truth leaves out.

A recording costs about 0.7 s of one core, so that a thousand take twelve minutes and five thousand an hour; memory
is that of one incident and the repertoire, some hundred MB. Large sets are best made as several of 500 recordings.
"""
