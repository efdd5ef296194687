"""The command line as tests use it: two files to read, a call in this process, and a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

ARTICLE = """가람시, 강변 도서관 짓는다

입력 2026.03.02 09:10

[가람=한빛신문] 이보람 기자 = 가람시가 강변 주차장 자리에 시립 도서관을 새로 짓는다고 2일 밝혔다.

도서관은 지하 1층, 지상 4층 규모로 책 20만 권을 갖춘다. 공사비는 412억원이며 내년 3월에 첫 삽을 뜬다.

시는 밤 11시까지 문을 여는 열람실을 두기로 했다. 시민 설문에서 가장 많이 나온 바람이었다.

정다온 시장은 "누구나 밤늦게까지 머물 수 있는 곳으로 만들겠다"고 말했다.

boram@hanbit.example
"""
MENU = "로그인\n회원가입\n구독\n전체메뉴\n"
LEAD = ("--method", "lead")


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def rows_file(count: int) -> str:
    Path("rows.jsonl").write_text(
        "".join(json.dumps({"id": str(n), "text": ARTICLE}) + "\n" for n in range(count)), encoding="utf-8"
    )
    return "rows.jsonl"


def record(path: str = "run.json") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return found


def process(
    *arguments: str, stdin: int = subprocess.DEVNULL, warnings: str = "error", **changes: str
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-W", warnings, "-m", "yoyak", *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | changes,
    )
