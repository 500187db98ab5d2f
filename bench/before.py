"""An older commit of the portal as a side: its own tree and its own packages."""

import os
import subprocess
import sys
from pathlib import Path

from bench.portal import Portal
from bench.services import Services
from bench.sides import ROOT

COMMIT = "0d6acc1"


def run(*command: str, cwd: Path) -> None:
    """Run a command to its end. Raises CalledProcessError where it fails."""
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL, env=os.environ)  # noqa: S603 - ours


class Before(Portal):
    """The same portal as it was."""

    name = "before"

    def __init__(self, services: Services, *, people: int, commit: str = COMMIT) -> None:
        tree = services.folder / f"tree-{commit}"
        python = tree / ".venv" / "bin" / "python"
        if not tree.exists():
            run("git", "worktree", "add", "--detach", str(tree), commit, cwd=ROOT)
            services.at_the_end.append(
                lambda: run("git", "worktree", "remove", "--force", str(tree), cwd=ROOT)
            )
            run(sys.executable, "-m", "venv", str(tree / ".venv"), cwd=tree)
            install = ["install", "--quiet", "--only-binary", ":all:", "-r", "requirements.txt"]
            run(str(python), "-m", "pip", *install, cwd=tree)
        super().__init__(services, people=people, tree=tree, python=str(python))
