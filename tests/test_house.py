"""The house rules about code: how long things are, who imports whom, and what is said about them."""

import ast
from graphlib import TopologicalSorter

import house
from house import CHECKOUT, PACKAGE, list_code, list_imports, name_module, name_room, read_tree

# Ceilings; what is aimed at (250, 10, 120) stands in CONTRIBUTING.md.
FILE_LINES, BODY_LINES, LINE_LETTERS, POSITIONAL = 300, 40, 140, 2
MODULES = list_code(PACKAGE)
CODE = MODULES + list_code(CHECKOUT / "tests")
ANYONE_MAY = {"worksheets", "errors"}
ROOMS = {"stats", "study", "drawing", "method", "lab", "teach", "batch"}
ARROWS = {
    "": set(),
    "__main__": {"cli"},
    "cli": ROOMS,
    "errors": set(),
    "worksheets": set(),
    "stats": set(),
    "study": set(),
    "drawing": set(),
    "method": {"stats"},
    "lab": {"study", "method"},
    "teach": {"study", "method"},
    "batch": {"study"},
}
METHOD = PACKAGE / "method"
SHARED = {"answers", "codings", "evidence", "order", "privacy", "verbatims", "words"}  # what every step may import
GATHERERS = {"journey", "waves"}
HANDS_ON = {"attempt"}  # calls a function with whatever it was given, so it cannot know the names
HOMES = {"matplotlib": "drawing", "seaborn": "drawing", "papermill": "batch", "ipywidgets": "lab", "anywidget": "lab"}


def name(file) -> str:
    """Return a file's path in the checkout."""
    return str(file.relative_to(CHECKOUT))


def spell(wrong) -> str:
    """Return what is wrong, one thing a line, so that a failure shows all of it."""
    return "\n" + "\n".join(map(str, wrong))


def read_lines(file) -> list[str]:
    """Return the lines of a file."""
    return file.read_text(encoding="utf-8").splitlines()


def count_body(function) -> int:
    """Count the lines of a function's body without its docstring."""
    first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
    return function.end_lineno - first.lineno + 1


def is_ours(module: str) -> bool:
    """Tell whether a module belongs to the package."""
    return module.split(".")[0] == PACKAGE.name


def is_method(module: str) -> bool:
    """Tell whether a module belongs to the room of the method."""
    return module.startswith(f"{PACKAGE.name}.method.")


def name_step(file) -> str:
    """Return the step of the method that a file or folder in that room belongs to."""
    return file.relative_to(METHOD).parts[0].removesuffix(".py")


def list_top_imports(module: str) -> set[str]:
    """Return what is ours of that which a module imports as soon as it is imported itself."""
    file = CHECKOUT / module.replace(".", "/")
    body = read_tree(file / "__init__.py" if file.is_dir() else file.with_suffix(".py")).body
    found = set()
    for node in [node for node in body if isinstance(node, ast.ImportFrom) and is_ours(node.module)]:
        inner = {f"{node.module}.{alias.name}" for alias in node.names}
        found |= inner & house.list_modules() or {node.module}
    return found


def test_files_are_short():
    """A file is read in one sitting."""
    lengths = {name(file): len(read_lines(file)) for file in CODE}
    wrong = [pair for pair in lengths.items() if pair[1] > FILE_LINES]
    assert not wrong, spell(wrong)


def test_functions_are_short():
    """No function's body is longer than the ceiling."""
    found = [
        (name(file), function.name, count_body(function)) for file in CODE for function in house.list_functions(file)
    ]
    wrong = [function for function in found if function[-1] > BODY_LINES]
    assert not wrong, spell(wrong)


def test_lines_are_short():
    """No line of code is wider than agreed."""
    lines = [(name(file), at, line) for file in CODE for at, line in enumerate(read_lines(file), 1)]
    wrong = [f"{file}:{at} has {len(line)}" for file, at, line in lines if len(line) > LINE_LETTERS]
    assert not wrong, spell(wrong)


def test_imports_follow_the_arrows():
    """A room imports itself, the two files that anyone may import, and the rooms its arrows lead to."""
    wrong = []
    for file in MODULES:
        room = name_room(name_module(file))
        reached = {name_room(module) for module in list_imports(file) if is_ours(module)}
        wrong += [f"{name(file)} -> {other}" for other in sorted(reached - ARROWS[room] - ANYONE_MAY - {room})]
    assert not wrong, spell(wrong)


def test_a_step_knows_no_other_step():
    """A step of the method imports itself and what all steps share; journey and waves gather the others."""
    wrong = []
    for file in [file for file in MODULES if file.is_relative_to(METHOD)]:
        step = name_step(file)
        steps = {name_step(CHECKOUT / module.replace(".", "/")) for module in list_imports(file) if is_method(module)}
        wrong += [f"{name(file)} -> {other}" for other in sorted(steps - SHARED - {step}) if step not in GATHERERS]
    assert not wrong, spell(wrong)


def test_imports_make_no_circle():
    """Files can be put in an order in which each imports only earlier ones."""
    graph = {name_module(file): set(filter(is_ours, list_imports(file))) - {name_module(file)} for file in MODULES}
    assert list(TopologicalSorter(graph).static_order())


def test_the_program_loads_rooms_late():
    """The command line imports a room only inside the command that needs it: its own files load none before."""
    waiting, seen = ["cjm_helpers.cli"], set()
    while waiting:
        seen.add(module := waiting.pop())
        waiting += list_top_imports(module) - seen
    assert {name_room(module) for module in seen} == {"cli", "errors"}


def test_each_tool_has_one_room():
    """Only drawing touches matplotlib, only batch papermill, only lab the widgets."""
    used = [(file, module.split(".")[0]) for file in MODULES for module in list_imports(file)]
    wrong = [(name(file), tool) for file, tool in used if tool in HOMES and HOMES[tool] != name_room(name_module(file))]
    assert not wrong, spell(wrong)


def test_everything_public_is_described():
    """A module opens with one sentence, and so does every public function and class."""
    nodes = [(file, read_tree(file)) for file in MODULES if read_lines(file)]
    nodes += [(file, node) for file in MODULES for node in house.list_public(file)]
    wrong = [(name(file), getattr(node, "name", "")) for file, node in nodes if not ast.get_docstring(node)]
    assert not wrong, spell(wrong)


def test_options_are_named():
    """A public function takes at most two arguments by position and never swallows unknown ones."""
    wrong = []
    for file in MODULES:
        for function in [node for node in house.list_public(file) if not isinstance(node, ast.ClassDef)]:
            places = function.args.posonlyargs + function.args.args
            if len(places) > POSITIONAL or function.args.kwarg and function.name not in HANDS_ON:
                wrong.append(f"{name(file)}: {function.name}")
    assert not wrong, spell(wrong)


def test_each_test_says_what_is_true():
    """Every test has a docstring that says what holds when it passes."""
    functions = [(name(file), function) for file in CODE for function in house.list_functions(file)]
    tests = [(file, function) for file, function in functions if function.name.startswith("test_")]
    wrong = [(file, function.name) for file, function in tests if not ast.get_docstring(function)]
    assert not wrong, spell(wrong)
