"""The record: canonical bytes, digests, Merkle tree, checkpoints, verdicts. Bytes in, verdict out."""
