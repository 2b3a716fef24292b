"""Locks an open file or folder for this process; the system lets it go when the process ends, however that comes."""

import errno
import os

NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP}
FAR = 2**20  # Windows lets nobody read what is locked, so the lock lies behind the words


def take_lock(handle: int, *, is_patient: bool = False) -> bool | None:
    """Take the lock of an open file.

    Parameters
    ----------
    handle
        The file's descriptor; but on Windows, also a folder's.
    is_patient
        Wait while another process holds it (not on Windows).

    Returns
    -------
    bool or None
        False where another process holds it; None where the disk knows no locks.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryFile() as file:
    ...     take_lock(file.fileno())
    True
    """
    try:
        if os.name == "nt":
            import msvcrt

            os.lseek(handle, FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | (0 if is_patient else fcntl.LOCK_NB))
    except OSError as error:
        return None if error.errno in NO_LOCKS else False
    return True
