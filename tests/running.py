"""tracker as a runner of CI meets it: one file that can be run, and a repository to judge."""

import shutil
import sys
from pathlib import Path

from projects import ROOT, SHOWCASE, logs_of
from test_git import commit, git


def program_in(tmp_path: Path) -> Path:
    """tracker as one file that can be run."""
    path = tmp_path / "bin" / "tracker"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tracker "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


def repository_in(tmp_path: Path) -> Path:
    """The invented province in a folder of a repository, committed a week before the day that is judged.

    Two rules are enough to bring findings, and each script starts the program anew.
    """
    folder = tmp_path / "kho"
    (folder / "tinh").mkdir(parents=True)
    logs_of(SHOWCASE, folder / "tinh")
    shutil.copy(ROOT / "rules" / "report-missing.yaml", folder / "tinh" / "rules")
    git(folder, "init", "-q")
    commit(folder, "2024-10-13T10:00:00+07:00")
    return folder
