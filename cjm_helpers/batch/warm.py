"""What the warm process imports, once for all kernels and workers; it reads no file, runs no query and fits nothing.

Anything of that kind starts threads, and a process that is forked while they hold a lock hangs. Nor does it import what
ties itself to the kernel's shell, such as matplotlib_inline: no shell is there yet.
"""

import atexit
import contextlib
import gc
import importlib
import os
import sys

from cjm_helpers.batch.forks import ONE_THREAD

KERNEL = (
    "IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger", "IPython.core.oinspect",
    "IPython.extensions.storemagic", "cjm_helpers.batch.provisioner", "ipykernel.debugger", "ipykernel.ipkernel",
    "ipykernel.kernelapp", "ipykernel.zmqshell", "tornado.platform.asyncio",
)  # fmt: skip
STUDY = (
    "cjm_helpers.study.events", "ibis.backends.duckdb.converter", "ibis.expr.types.groupby", "matplotlib.pyplot",
    "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg", "pandas.io.formats.html", "pyarrow.dataset",
    "seaborn", "sklearn.cluster", "statsmodels.api",
)  # fmt: skip
WORKER = ("cjm_helpers.batch.report", "nbconvert", "papermill")
AS_IN_KERNELS = "module://matplotlib_inline.backend_inline"
PATH = [place for place in sys.path if place]  # where a kernel looks for modules
IS_WARM_PROCESS = "multiprocessing.forkserver" in " ".join(sys.orig_argv)  # else a test, say; newer Pythons set argv

if IS_WARM_PROCESS:
    os.environ |= ONE_THREAD | {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}  # else the debugger warns on stderr
    os.environ.setdefault("MPLBACKEND", AS_IN_KERNELS)
for _module in (*KERNEL, *STUDY, *WORKER):
    with contextlib.suppress(ImportError):  # an optional one, or one that another version calls otherwise
        importlib.import_module(_module)
_rooms = importlib.import_module("cjm_helpers")
for _room in _rooms.__all__:
    getattr(_rooms, _room)
if IS_WARM_PROCESS:  # else garbage collection in a fork touches, and so copies, all that is imported: 0.2 s each time
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)
