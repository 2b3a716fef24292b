"""The program `cjm`: it reads the command line and calls the room that does the work."""

from cjm_helpers.cli.arguments import name_needs, read_arguments
from cjm_helpers.cli.commands import CHECKOUT, DONE, FAILED, MISUSED, run

__all__ = ["CHECKOUT", "DONE", "FAILED", "MISUSED", "name_needs", "read_arguments", "run"]
