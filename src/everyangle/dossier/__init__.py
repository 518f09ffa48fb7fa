"""The dossier: manifest and rendering. Values in, bytes out."""
