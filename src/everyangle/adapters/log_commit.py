"""What both logs share: checking before a commit, signing it, and reading entries out of bundles. No storage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from everyangle.core.errors import BadInputError, IntegrityError, RefusedError
from everyangle.ports.signing import Signer
from everyangle.record import tiles
from everyangle.record.merkle import Hash, Tree, leaf_hash
from everyangle.record.notes import Checkpoint, open_checkpoint, parse_checkpoint, parse_note, sign_note

Read = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Commit:
    """What one append writes.

    Attributes:
        files: bundles and tiles by path, in the order in which they are written.
        checkpoint: the signed note, written after all of them.
        stale: paths that may be removed after the checkpoint.
    """

    files: dict[str, bytes]
    checkpoint: bytes
    stale: list[str]


def stored_checkpoint(read: Read, origin: str) -> Checkpoint | None:
    """Return the stored checkpoint, its signature not verified, or None while there is none.

    Raises:
        IntegrityError: ``log-damaged`` if it is none, or of another log.
    """
    data = read(tiles.CHECKPOINT)
    if data is None:
        return None
    try:
        checkpoint = parse_checkpoint(parse_note(data).text)
    except BadInputError as error:
        raise damaged(f"log/checkpoint: {error.what}") from error
    if checkpoint.origin != origin:
        raise damaged(f"log/checkpoint is of {checkpoint.origin}, not of {origin}")
    return checkpoint


def stored_tree(read: Read, checkpoint: Checkpoint | None) -> Tree:
    """Return the tree that the stored tiles of level 0 spell.

    Raises:
        IntegrityError: ``log-damaged`` if they do not lead to the checkpoint's root.
    """
    tree = Tree()
    if checkpoint is None:
        return tree
    for tile in tiles.tiles(checkpoint.size):
        if tile.level == 0:
            tree.extend(_stored_hashes(read, tile))
    if tree.root() != checkpoint.root:
        raise damaged("the hash tiles do not lead to the checkpoint's root")
    return tree


def _stored_hashes(read: Read, tile: tiles.Tile) -> list[Hash]:
    data = read(tile.path)
    if data is None:
        raise damaged(f"log/{tile.path} is missing")
    return tiles.decode_tile(data, tile.width)


def stored_entries(read: Read, start: int, stop: int, size: int) -> Iterator[bytes]:
    """Yield entries ``start`` to ``stop - 1`` of a log of ``size`` entries.

    Raises:
        IntegrityError: ``log-damaged`` or ``bundle-damaged``.
    """
    for bundle in tiles.bundles_of(start, stop) if start < stop else ():
        whole = tiles.Bundle(bundle.index, min(tiles.WIDTH, size - bundle.start))
        data = read(whole.path)
        if data is None:
            raise damaged(f"log/{whole.path} is missing")
        entries = tiles.decode_bundle(data, whole.width)
        yield from entries[max(0, start - whole.start) : stop - whole.start]


def commit(read: Read, origin: str, signer: Signer | None, tree: Tree, entries: Sequence[bytes]) -> Commit:
    """Return what appending ``entries`` writes; ``tree`` grows by them.

    Nothing is signed before the stored log was found to be whole, signed by this key, and no older than the last
    checkpoint seen: a log must never sign two histories.

    Raises:
        RefusedError: ``key-missing``.
        IntegrityError: ``log-damaged``, ``signature-wrong`` or ``log-rolled-back``.
    """
    if signer is None:
        raise RefusedError(
            "key-missing",
            "This machine does not have the key of this case.",
            holds="The case is unchanged.",
            todo="Work on the machine where the case was opened, or copy its key here (docs/formats/case-folder.md).",
        )
    old = tree.size
    data = read(tiles.CHECKPOINT)
    if data is not None:
        open_checkpoint(data, signer.key)
    check_not_rolled_back(signer.seen(), tree)
    last = list(stored_entries(read, old - old % tiles.WIDTH, old, old))
    tree.extend(leaf_hash(entry) for entry in entries)
    files = dict(_bundle_files(old, [*last, *entries], tree.size))
    files |= {tile.path: tiles.tile_bytes(tree, tile) for tile in tiles.new_tiles(old, tree.size)}
    text = Checkpoint(origin, tree.size, tree.root()).text
    return Commit(files, sign_note(text, signer.key, signer.sign), tiles.stale_paths(old, tree.size))


def check_not_rolled_back(seen: bytes | None, tree: Tree) -> None:
    """Refuse a log that does not begin with what the last checkpoint seen covered.

    Raises:
        IntegrityError: ``log-rolled-back``.
    """
    if seen is None:
        return
    before = parse_checkpoint(parse_note(seen).text)
    if before.size > tree.size or tree.root(before.size) != before.root:
        raise IntegrityError(
            "log-rolled-back",
            f"This case's log has {tree.size} entries; this machine has seen a different log of {before.size}.",
            holds="The case is unchanged, and nothing was signed.",
            todo="Use the latest copy of the case; an old copy must not be continued.",
        )


def _bundle_files(old: int, tail: Sequence[bytes], new: int) -> Iterator[tuple[str, bytes]]:
    # ``tail`` begins at the first entry of the bundle that entry ``old`` belongs to.
    base = old - old % tiles.WIDTH
    for bundle in tiles.new_bundles(old, new):
        at = bundle.start - base
        yield bundle.path, tiles.encode_bundle(tail[at : at + bundle.width])


def damaged(what: str) -> IntegrityError:
    """Return the error for a log whose files are not what they must be."""
    return IntegrityError(
        "log-damaged",
        f"The log is damaged: {what}.",
        holds="Nothing was changed.",
        todo="Run `everyangle verify` on the case, and restore the log from a copy.",
    )
