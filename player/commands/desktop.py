"""The command that has the system open `earmark:` links with Earmark, or no longer."""

import argparse

from player.commands.options import Command
from player.commands.printing import print_line
from player.desktop import registering

_DEEDS = {"install": registering.install, "remove": registering.remove}


def add_to(command: Command) -> None:
    """Add the command of this file to the parser."""
    made = command("desktop", desktop, "Have earmark: links open in Earmark (install), or no longer (remove).")
    made.add_argument("deed", choices=list(_DEEDS), help="for this user alone; remove leaves nothing behind")


def desktop(options: argparse.Namespace) -> None:
    """Do what was asked for and tell it."""
    print_line(_DEEDS[options.deed]())
