"""The baselines: Kiwi alone with its default settings, in scripts that do not import yoyak.

python tests/bench/bare.py one FILE            build Kiwi, split one text into sentences with tokens
python tests/bench/bare.py many ROWS CORES     the same for all rows with Kiwi's threads; prints wall and processor seconds
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kiwipiepy import Kiwi


def one(path: str) -> None:
    """Split one text."""
    kiwi = Kiwi(load_multi_dict=False)
    kiwi.split_into_sents(Path(path).read_text(encoding="utf-8"), return_tokens=True)


def many(path: str, cores: int) -> None:
    """Split all rows and print the seconds it took after the model was loaded."""
    kiwi = Kiwi(load_multi_dict=False, num_workers=cores)
    kiwi.split_into_sents("준비한다.", return_tokens=True)

    def texts() -> Iterator[str]:
        with open(path, encoding="utf-8") as rows:  # noqa: PTH123  a baseline has no style
            for line in rows:
                row = json.loads(line)
                yield row["title"] + "\n\n" + row["text"]

    started, before = time.perf_counter(), time.process_time()
    for _ in kiwi.split_into_sents(texts(), return_tokens=True):
        pass
    print(time.perf_counter() - started, time.process_time() - before)


if __name__ == "__main__":
    one(sys.argv[2]) if sys.argv[1] == "one" else many(sys.argv[2], int(sys.argv[3]))
