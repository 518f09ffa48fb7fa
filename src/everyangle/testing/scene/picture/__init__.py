"""What cameras see: a small world of flat colours drawn in perspective, with the event clock in every frame.

``view`` (perspective), ``canvas`` (drawing with depth), ``town``, ``cars`` and ``people`` (what is drawn), ``clock``
(the burned-in clock and its frame-exact code). Values and arrays only; needs Pillow.
"""
