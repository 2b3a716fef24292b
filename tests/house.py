"""What the guards look at: the files of the checkout and the graph of who imports whom."""

import ast
import subprocess
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGE = CHECKOUT / "cjm_helpers"


@cache
def list_files() -> tuple[Path, ...]:
    """Return every file that git holds or would hold, in order; skip the test where git cannot be asked."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        answer = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout, so its files cannot be listed")
    files = (CHECKOUT / name for name in answer.stdout.split("\0") if name)
    return tuple(sorted(file for file in files if file.exists()))


@cache
def read_tree(file: Path) -> ast.Module:
    """Return the parsed code of one file."""
    return ast.parse(file.read_text(encoding="utf-8"))


def list_code(folder: Path) -> list[Path]:
    """Return the Python files below a folder, in order."""
    return sorted(folder.rglob("*.py"))


def name_module(file: Path) -> str:
    """Return a file's name as the import statement spells it."""
    parts = file.relative_to(CHECKOUT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def name_room(module: str) -> str:
    """Return the room of a module of ours: study, stats ... or the name of a file beside them ("" = the facade)."""
    return module.partition(".")[2].partition(".")[0]


@cache
def list_modules() -> frozenset[str]:
    """Return the names of all modules of ours."""
    return frozenset(map(name_module, list_code(PACKAGE)))


@cache
def list_imports(file: Path) -> frozenset[str]:
    """Return the modules that a file imports anywhere, inside functions too; ours by their full names."""
    found = set()
    for node in ast.walk(read_tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = inner & list_modules()
            found |= modules or {node.module or "."}
    return frozenset(found)


def list_functions(file: Path) -> list[ast.FunctionDef]:
    """Return every function of a file, methods and inner ones too."""
    return [node for node in ast.walk(read_tree(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def list_public(file: Path) -> list[ast.AST]:
    """Return the functions and classes that a file offers."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return [node for node in read_tree(file).body if isinstance(node, kinds) and not node.name.startswith("_")]
