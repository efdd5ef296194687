"""Every option, declared once, in groups that commands take as values.

The annotations stay strings until a command is built, so help is worded in the reader's language. A default of
None means "as `yoyak.options` says".
"""

from yoyak.app.flags.choosing import DictionaryFlags, ModelFlags, SummaryFlags
from yoyak.app.flags.measuring import EvaluateFlags, FiguresFlags, TrainFlags
from yoyak.app.flags.reading import InputFlags
from yoyak.app.flags.running import COLORS, ClusterFlags, CommonFlags, ProgressFlags, RunFlags
from yoyak.app.flags.writing import ArticleViewFlags, MakeFlags, OutputFlags, ProvenanceFlags, ViewFlags

__all__ = [
    "COLORS",
    "PER_RUN",
    "ArticleViewFlags",
    "ClusterFlags",
    "CommonFlags",
    "DictionaryFlags",
    "EvaluateFlags",
    "FiguresFlags",
    "InputFlags",
    "MakeFlags",
    "ModelFlags",
    "OutputFlags",
    "ProgressFlags",
    "ProvenanceFlags",
    "RunFlags",
    "SummaryFlags",
    "TrainFlags",
    "ViewFlags",
]

PER_RUN = frozenset(
    (
        *("include", "exclude", "files_from", "query", "keywords_only", "explain", "highlight", "removed"),
        *("output", "output_dir", "force", "resume", "report", "json", "provenance", "address"),
        *("learn_keywords", "ablate", "methods", "floors", "raise_floors"),
        *("debug", "config", "no_config", "version", "help"),
    )
)
"""Options that belong to one run: neither a configuration file nor a variable may set them."""
