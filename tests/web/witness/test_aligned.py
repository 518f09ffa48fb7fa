"""What a phone records by the page lands on the clock of the other recordings that heard the same, and verifies."""

from __future__ import annotations

import time
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Playwright
from scipy.signal import resample_poly

from everyangle import app
from everyangle.cli.main import status_of
from everyangle.core.alignment import Placement
from everyangle.stages.load import load
from everyangle.testing.capture_load import items
from everyangle.testing.capture_page import ALLOWED, FLAGS, Phone, Witness
from everyangle.testing.capture_server import Grounds, ServerProcess
from everyangle.testing.sync_scenes import RATE_HZ, Recorder, record, street

DEVICE_HZ = 48_000
SECONDS = 25
"""How long the phone records."""
LATE_S = 4.0
"""How long a busy machine may take from opening the microphone to the first sound that is recorded."""

BYSTANDER, SHOP = Recorder(0.0, 70.0, 4, 2), Recorder(8.0, 50.0, -6, 3, ppm=20)
MICROPHONE = Recorder(10.0, 90.0, 1, -5)


def write_sound(path: Path, samples: npt.NDArray[np.float32]) -> None:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(DEVICE_HZ)
        out.writeframes((resample_poly(samples, DEVICE_HZ // RATE_HZ, 1) * 32_000).astype("<i2").tobytes())


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bystander's and a shop's recording of one street, and what the phone's microphone hears of it."""
    folder = tmp_path_factory.mktemp("sounds")
    sources = street(41, 110.0)
    for number, (name, one) in enumerate((("bystander", BYSTANDER), ("shop", SHOP), ("microphone", MICROPHONE))):
        write_sound(folder / f"{name}.wav", record(sources, one, number))
    return folder


def test_a_phone_that_was_killed_is_placed_beside_the_others(
    driver: Playwright, sounds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grounds = Grounds(tmp_path / "grounds")
    grounds.make()
    monkeypatch.setenv("EVERYANGLE_HOME", str(grounds.home))
    case, out = str(grounds.case_folder), str(tmp_path / "dossier")
    assert status_of(["add", case, str(sounds / "bystander.wav"), str(sounds / "shop.wav"), "--quiet"]) == 0
    server = ServerProcess(grounds, ["--quiet-after", "2"]).start()
    hears = f"--use-file-for-fake-audio-capture={sounds / 'microphone.wav'}%noloop"
    context = driver.chromium.launch_persistent_context(
        str(tmp_path / "phone"), executable_path="/usr/bin/chromium", args=[*FLAGS, hears], permissions=ALLOWED
    )
    phone = Phone(driver, tmp_path / "phone", context, context.pages[0])
    try:
        witness = Witness(phone.page, f"{server.http}/w/#{grounds.token()}").open()
        witness.until("Ready", timeout_s=60)
        witness.press("Record")
        witness.preserved_past(0)
        phone.page.wait_for_timeout(1000 * SECONDS)
    finally:
        phone.kill()
    ends = time.monotonic() + 60
    while not items(grounds) and time.monotonic() < ends:
        time.sleep(0.2)
    assert server.stop() == 0
    for command in (
        ["build", case, "--jobs", "1"],
        ["publish", case, out, "--unredacted", "--why", "only a test picture"],
        ["verify", case],
        ["verify", out],
    ):
        assert status_of([*command, "--quiet"]) == 0
    placed = placements(grounds)
    (name,) = placed.keys() - {"bystander.wav", "shop.wav"}
    assert {one.component for one in placed.values()} == {placed["shop.wav"].component}
    begins = {name: one.clock.event_from_media(0.0) for name, one in placed.items()}
    assert begins["shop.wav"] - begins["bystander.wav"] == pytest.approx(SHOP.start_s - BYSTANDER.start_s, abs=0.1)
    late_s = begins[name] - begins["bystander.wav"] - (MICROPHONE.start_s - BYSTANDER.start_s)
    assert -0.1 < late_s < LATE_S


def placements(grounds: Grounds) -> dict[str, Placement]:
    """Return where each recording of the case is placed, by its name."""
    with app.open_bench(grounds.case_folder) as bench:
        view = load(bench)
    return {one.item.name: place for one in view.items if (place := view.placement(one.item.id)) is not None}
