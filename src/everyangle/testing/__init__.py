"""Contract suites, simulators, fault injectors and synthetic incidents, public for use by others."""
