"""The links that Earmark opens, in the registry of Windows, for this user alone."""

import subprocess
import sys
from collections.abc import Sequence

from index.errors import EarmarkError

if sys.platform == "win32":
    import winreg

    def install(scheme: str, command: Sequence[str]) -> None:
        """Have links of a scheme open with a command, to which the link is added. Raises EarmarkError."""
        line = f'{subprocess.list2cmdline(command)} "%1"'
        try:
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _key(scheme)) as key:
                winreg.SetValueEx(key, "", 0, winreg.REG_SZ, f"URL:{scheme}")
                winreg.SetValueEx(key, "URL Protocol", 0, winreg.REG_SZ, "")
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, rf"{_key(scheme)}\shell\open\command") as key:
                winreg.SetValueEx(key, "", 0, winreg.REG_SZ, line)
        except OSError as error:
            raise EarmarkError(f"The registry cannot be changed ({error.strerror}).") from error

    def remove(scheme: str) -> None:
        """Take that back. Raises EarmarkError."""
        for part in (r"\shell\open\command", r"\shell\open", r"\shell", ""):
            try:
                winreg.DeleteKey(winreg.HKEY_CURRENT_USER, _key(scheme) + part)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise EarmarkError(f"The registry cannot be changed ({error.strerror}).") from error

    def is_installed(scheme: str) -> bool:
        """Whether links of that scheme open with a program of this user."""
        try:
            winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CURRENT_USER, rf"{_key(scheme)}\shell\open\command"))
        except OSError:
            return False
        return True

    def _key(scheme: str) -> str:
        return rf"Software\Classes\{scheme}"
