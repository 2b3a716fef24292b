"""Launches kernels by forking them from the warm process: a kernel provisioner, and what the forked process does."""

import os
import shutil
import signal
import sys
import tempfile
import time
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from queue import Empty

from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from nbclient.exceptions import DeadKernelError
from traitlets import default

from cjm_helpers.batch.forks import ONE_THREAD, WarmProcess

LONGEST_SOCKET = 98  # letters of its path; systems take 103 to 107, and what tells the channels apart is added
ANSWER_SECONDS, LAST_SECONDS, KILL_SECONDS = 1, 0.2, 5


class NoAnswer(RuntimeError):
    """A kernel did not start."""


class ReadyClient(AsyncKernelClient):
    """Talks to one kernel, and takes it for ready as soon as it has answered on both channels."""

    def start_channels(self, *, shell=True, iopub=True, stdin=False, hb=False, control=True) -> None:
        """Open the channels that a report needs: it asks nobody, and the process itself tells whether it lives."""
        super().start_channels(shell=shell, iopub=iopub, stdin=stdin, hb=hb, control=control)

    async def wait_for_ready(self, timeout: float = 60) -> None:
        """Ask the kernel until it answers; the parent's way then waits 0.2 s more, in case somebody else asked."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            asked = self.kernel_info()
            try:
                reply = await self.get_shell_msg(timeout=ANSWER_SECONDS)
                while not _is_last(await self.get_iopub_msg(timeout=LAST_SECONDS), asked):
                    pass
            except Empty:
                if not await self.is_alive():
                    raise DeadKernelError("Kernel died before it answered") from None
            else:
                self._handle_kernel_info_reply(reply)
                return
        raise NoAnswer(f"The kernel did not answer in {timeout} seconds.")


def _is_last(message: dict, asked: str) -> bool:
    return message["parent_header"].get("msg_id") == asked and message["content"].get("execution_state") == "idle"


class ColdKernelManager(AsyncKernelManager):
    """Manages an ordinary kernel, on a line that nobody else can read and with as many threads as a warm one."""

    @cached_property
    def kernel_spec(self) -> KernelSpec:
        """Return how a kernel of this very Python is started, whatever else is called python3 on this machine."""
        return KernelSpec(**get_kernel_dict())

    async def start_kernel(self, **options) -> None:
        """Start the kernel in an environment that asks for one thread."""
        await super().start_kernel(env=os.environ | ONE_THREAD, **options)

    async def cleanup_resources(self, restart: bool = False) -> None:
        """Remove what the kernel needed on the disk."""
        await super().cleanup_resources(restart=restart)
        shutil.rmtree(Path(self.connection_file).parent, ignore_errors=True)

    @default("client_factory")
    def _client_factory_default(self) -> type:
        return ReadyClient

    @default("connection_file")
    def _choose_place(self) -> str:
        from cjm_helpers.study.opened import find_run_folder

        return os.path.join(tempfile.mkdtemp(prefix="cjm-", dir=find_run_folder()), "kernel.json")

    @default("transport")
    def _choose_transport(self) -> str:
        return "tcp" if sys.platform == "win32" or len(self.connection_file) > LONGEST_SOCKET else "ipc"

    @default("transport_encryption")
    def _choose_encryption(self) -> str:
        return "auto" if self.transport == "tcp" else "disabled"


class WarmKernelManager(ColdKernelManager):
    """Manages a kernel that is forked from the warm process."""

    def __init__(self, **options):
        super().__init__(**options)
        self.provisioner = WarmProvisioner(parent=self, kernel_spec=self.kernel_spec)


class WarmProvisioner(LocalProvisioner):
    """Forks a kernel instead of starting a program; all else is as for any local kernel."""

    async def launch_kernel(self, cmd: list[str], **options) -> dict:
        """Fork a kernel and return how to reach it."""
        self.process = WarmKernel(cmd[cmd.index("-f") :], environment=options["env"], folder=options.get("cwd"))
        try:
            self.process.start()
        except (OSError, EOFError) as error:
            await self.parent.cleanup_resources()
            raise NoAnswer(f"The warm process forks no kernel: {error}") from error
        self.pid = self.process.pid
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel and see it end; else the manager looks again after a tenth of a second."""
        await super().kill(restart=restart)
        self.process.join(KILL_SECONDS)


class WarmKernel(WarmProcess):
    """A forked kernel, which can be asked and told what jupyter_client asks and tells a program that it started."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: list[str], *, environment: dict, folder: str | None):
        super().__init__(target=be_kernel, args=(arguments,), kwargs={"environment": environment, "folder": folder})
        self.place = Path(arguments[arguments.index("-f") + 1]).parent

    def run(self) -> None:
        """Lead a group of processes, so that what the notebook starts ends with the kernel."""
        os.setsid()
        super().run()

    def end(self) -> None:
        """Remove what the kernel needed on the disk, for nobody is left to do it, and end the group."""
        shutil.rmtree(self.place, ignore_errors=True)
        os.killpg(0, signal.SIGKILL)

    def poll(self) -> int | None:
        """Return how the kernel ended; None while it runs."""
        return self.exitcode

    def wait(self) -> int | None:
        """Wait until the kernel has ended, and return how."""
        self.join()
        return self.exitcode

    def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and whatever it started."""
        if self.exitcode is not None:
            return
        try:
            os.killpg(self.pid, signum)
        except ProcessLookupError:  # it has only just been forked and leads no group yet
            os.kill(self.pid, signum)


def be_kernel(arguments: list[str], *, environment: dict, folder: str | None) -> None:
    """Turn a forked process into the kernel that `python -m ipykernel_launcher` would have been, until it is ended."""
    prepare_kernel(arguments, environment=environment, folder=folder).start()


def prepare_kernel(arguments: list[str], *, environment: dict, folder: str | None):
    """Return the kernel's application, listening, in a forked process that is set up as a program that was started."""
    from ipykernel.kernelapp import IPKernelApp

    from cjm_helpers.batch import warm

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder or ".")
    sys.path[:] = warm.PATH
    sys.argv = [find_spec("ipykernel_launcher").origin, *arguments]
    app = IPKernelApp.instance(parent_handle=0)  # its own way to notice that its parent ended takes forks for orphans
    app.initialize(arguments)
    return app
