"""Builds the wheel from what git has, installs it into an environment of its own, and starts Earmark there."""

import os
import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("index", "player", "resources", "main.py")


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a program and give what it printed; what it says when it fails is passed on."""
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"This failed: {' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def main() -> None:
    """Build, install, compare, start."""
    with tempfile.TemporaryDirectory(prefix="earmark-install-") as name:
        folder = Path(name)
        source, wheels, other = folder / "source", folder / "wheels", folder / "venv"
        run("git", "checkout-index", "--all", f"--prefix={source}/", cwd=ROOT)
        run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", wheels, cwd=source)
        (wheel,) = wheels.glob("*.whl")

        tracked = set(run("git", "ls-files", *PACKAGES, cwd=ROOT).splitlines())
        with zipfile.ZipFile(wheel) as archive:
            packed = set(archive.namelist())
        if left_out := sorted(tracked - packed):
            sys.exit("\n".join(["These files are missing in the wheel:", *left_out]))

        venv.create(other, with_pip=False)
        python = other / "bin" / "python"
        run(
            sys.executable,
            "-m",
            "pip",
            "--python",
            python,
            "install",
            "-q",
            "--no-index",
            "--no-deps",
            wheel,
            cwd=folder,
        )
        version = run(other / "bin" / "earmark", "--version", cwd=folder, PYTHONPATH=sysconfig.get_path("purelib"))
        print(f"{wheel.name} holds all {len(tracked)} files, and says: {version}")


if __name__ == "__main__":
    main()
