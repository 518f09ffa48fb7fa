"""Stages: the service layer, one file a stage of the life of footage."""
