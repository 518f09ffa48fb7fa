"""The server: routes and pages over the stages."""
