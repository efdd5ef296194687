"""Every option, declared once, in groups that commands take as values.

The annotations stay strings until a command is built, so help is worded in the reader's language. A default of
None means "as `yoyak.core.options` says".
"""

from yoyak.app.flags.choosing import DictionaryFlags, ModelFlags, SummaryFlags
from yoyak.app.flags.measuring import EvaluateFlags, FiguresFlags, TrainFlags
from yoyak.app.flags.reading import InputFlags
from yoyak.app.flags.running import COLORS, ClusterFlags, CommonFlags, ProgressFlags, RunFlags
from yoyak.app.flags.writing import ArticleViewFlags, MakeFlags, OutputFlags, ProvenanceFlags, ViewFlags

__all__ = [
    "COLORS",
    "LASTING",
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

LASTING = (
    SummaryFlags,
    DictionaryFlags,
    ModelFlags,
    InputFlags,
    OutputFlags,
    RunFlags,
    ClusterFlags,
    ProgressFlags,
    CommonFlags,
)
"""Groups with options that a configuration file or a variable may set, in the order of the help page."""
PER_RUN = frozenset(
    (
        *("include", "exclude", "files_from", "query", "address"),
        *("output", "output_dir", "force", "resume", "report"),
        *("debug", "config", "no_config", "version", "help"),
    )
)
"""Options of these groups that belong to one run."""
