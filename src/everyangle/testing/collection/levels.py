"""How hard a made collection is, in numbers: distances, levels, devices. Values only."""

from __future__ import annotations

from dataclasses import dataclass, replace

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Level:
    """One difficulty. Ranges are from and to; shares are of recorders or incidents, 0 to 1.

    Attributes:
        recorders: fewest and most in an incident.
        alone: share of incidents that only one person filmed.
        span_s: length of an incident (log-uniform).
        take_s: length of a recording (log-uniform).
        metres: distance of a recorder from the middle (log-uniform).
        noise_db: a device's own noise, dB SPL.
        town_db: diffuse sound of the town, dB SPL.
        talk_db: voices, dB SPL at 1 m.
        pause_s: mean pause of one talker.
        busy: factor on how often other things sound.
        music: share of open-air incidents with music from a loudspeaker.
        indoors: share of recorders that stand in a car, behind a window or round a corner.
        walking: share that walks.
        windy: share with wind.
        speaking: share whose holder speaks.
        agc: share with automatic gain.
        suppress: share with noise suppression.
        losing: share of livestreams that lost a stretch.
        ppm: largest clock error.
        forms: what they write, each with its weight.
        songs: how many songs are played in the world of a set.
        speed_error: by how much a player of songs may be too fast or too slow.
    """

    recorders: tuple[int, int]
    alone: float
    span_s: Range
    take_s: Range
    metres: Range
    noise_db: Range
    town_db: Range
    talk_db: Range
    pause_s: float
    busy: float
    music: float
    indoors: float
    walking: float
    windy: float
    speaking: float
    agc: float
    suppress: float
    losing: float
    ppm: float
    forms: dict[str, float]
    songs: int = 5
    speed_error: float = 0.005


LEVELS = {
    "easy": Level(
        recorders=(3, 6),
        alone=0.1,
        span_s=(40, 150),
        take_s=(20, 100),
        metres=(2, 15),
        noise_db=(24, 32),
        town_db=(36, 44),
        talk_db=(64, 80),
        pause_s=3,
        busy=1.2,
        music=0.15,
        indoors=0.05,
        walking=0.1,
        windy=0.05,
        speaking=0.1,
        agc=0.5,
        suppress=0.1,
        losing=0.3,
        ppm=20,
        forms={"m4a-96": 4, "m4a-64": 3, "wav": 1, "mp4-64": 2, "opus-24": 1},
    ),
    "medium": Level(
        recorders=(3, 10),
        alone=0.12,
        span_s=(40, 360),
        take_s=(8, 240),
        metres=(2, 60),
        noise_db=(26, 40),
        town_db=(40, 52),
        talk_db=(60, 80),
        pause_s=5,
        busy=1.0,
        music=0.3,
        indoors=0.2,
        walking=0.2,
        windy=0.2,
        speaking=0.25,
        agc=0.7,
        suppress=0.3,
        losing=0.7,
        ppm=50,
        forms={
            "m4a-96": 4,
            "m4a-64": 3,
            "mp4-64": 3,
            "mp3-64": 1,
            "opus-24": 2,
            "webm-32": 1,
            "opus-16": 1,
            "stream": 3,
            "amr-12": 0.7,
        },
    ),
    "hard": Level(
        recorders=(3, 10),
        alone=0.15,
        span_s=(40, 360),
        take_s=(8, 200),
        metres=(5, 60),
        noise_db=(30, 46),
        town_db=(46, 60),
        talk_db=(58, 76),
        pause_s=8,
        busy=0.7,
        music=0.35,
        indoors=0.35,
        walking=0.35,
        windy=0.4,
        speaking=0.4,
        agc=0.85,
        suppress=0.5,
        losing=0.8,
        ppm=50,
        forms={"m4a-64": 2, "m4a-32": 2, "mp4-64": 2, "opus-24": 1, "opus-16": 3, "stream": 4, "amr-12": 3, "amr-7": 1},
    ),
}
"""The difficulties by name."""

LEVELS["streams"] = replace(
    LEVELS["medium"],
    recorders=(4, 8),
    alone=0.05,
    span_s=(170, 360),
    take_s=(130, 300),
    losing=1.0,
    forms={**LEVELS["medium"].forms, "stream": 12},
)
"""Medium, but long recordings, half of them livestreams that lost something: enough lost stretches to be judged by."""

LEVELS["songs"] = replace(
    LEVELS["medium"],
    recorders=(3, 6),
    music=1.0,
    songs=2,
    speed_error=20e-6,
)
"""Medium, but music wherever a loudspeaker may stand, two songs in all, from players that keep time as phones do.

Nothing about the music itself tells its replay from one event then.
"""
