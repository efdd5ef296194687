"""yoyak (요약): key sentences and keywords of Korean news, word for word.

Importing the package is cheap: the pipeline, Kiwi and numpy are loaded at the first call.
"""

__version__ = "0.1.0"
