"""The parts of ``script/bench capture``."""
