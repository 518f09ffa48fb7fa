"""Every Angle: one incident, every camera, every account, on one record that anyone can check.

The package's rooms and what may import what are described in ``docs/life-of-footage.md``.
"""

__version__ = "0.1.0"
