"""How to start this Python on a function of Earmark's own, from a checkout or installed."""

import sys
from pathlib import Path

# The folder of `player` goes first only when it is not on the path anyway (installed), so a stranger's
# module of the same name cannot come before ours, and -P keeps the folder one happens to stand in out.
_BOOT = (
    "import sys; root = sys.argv.pop(1); root in sys.path or sys.path.insert(0, root); "
    "from {module} import main; sys.exit(main(sys.argv[1:]))"
)


def python_command(module: str) -> list[str]:
    """The command that calls `main` of a module with the arguments that follow; its answer is the exit status."""
    root = str(Path(__file__).resolve().parents[1])
    return [sys.executable, "-P", "-c", _BOOT.format(module=module), root]
