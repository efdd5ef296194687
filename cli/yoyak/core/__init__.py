"""Values, errors, options, messages and text normalization, used by every other package."""
