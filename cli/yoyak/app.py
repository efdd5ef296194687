"""The commands."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> None:
    """Run yoyak."""
    from yoyak import pipeline
    from yoyak.options import Options

    for name in sys.argv[1:]:
        article = pipeline.read(Path(name).read_bytes(), source=name, options=Options())
        for sentence in pipeline.summarize(article, Options()).sentences:
            print(sentence.text)
