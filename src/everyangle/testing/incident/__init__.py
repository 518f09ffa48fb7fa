"""The bundled incident, "The stop on Tannery Row": invented people, an invented street, and the truth of all of it.

``dialogue.txt`` holds the words, ``story`` the places and times, ``cameras`` the devices, ``sounds`` and ``drawing``
what they hear and see, ``render`` the files. ``python -m everyangle.testing.incident OUT`` makes everything anew.
"""
