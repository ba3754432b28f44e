"""Where the carried PostgreSQL lives when root's folders are closed to the user it runs as."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from timpora.kernel.database import quarters
from timpora.kernel.database.embedded import APP, EmbeddedServer
from timpora.kernel.database.quarters import DatabaseUnreachable, make_private, quarters_find, socket_folder

only_root = pytest.mark.skipif(
    os.getuid() != 0, reason="only root's folders can be closed to the server's user"
)


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder that only root can enter, and a shared place of the test's own."""
    open_to_all = Path("/tmp")  # noqa: S108 - the one place every user may enter
    shared = open_to_all / f"timpora-shared-{os.getpid()}"
    monkeypatch.setattr(quarters, "SHARED", shared)
    tmp_path.chmod(0o700)
    yield tmp_path / "var" / "postgres"
    quarters.shutil.rmtree(shared, ignore_errors=True)


@only_root
def test_the_cluster_moves_where_its_user_can_reach_it_and_is_found_again(closed: Path):
    server = EmbeddedServer(closed, is_forgetful=True)
    server.start()
    try:
        assert server.cluster.parent == quarters.SHARED
        assert str(server.cluster) in server.notice
        assert closed.parent.stat().st_mode & 0o777 == 0o755
        assert closed.parent.parent.stat().st_mode & 0o777 == 0o700, "nobody's folders are opened"
        assert server.psql("SELECT current_user", role=APP, database="timpora").strip() == APP
        assert EmbeddedServer(closed).cluster == server.cluster
    finally:
        server.stop("immediate")


@only_root
def test_a_lost_cluster_is_not_taken_for_a_first_start(closed: Path):
    closed.parent.mkdir(parents=True)
    closed.with_name("postgres.at").write_text("/srv/nowhere-at-all")
    with pytest.raises(DatabaseUnreachable, match="/srv/nowhere-at-all"):
        EmbeddedServer(closed).start()


@only_root
def test_a_cluster_locked_in_later_is_named_rather_than_replaced(closed: Path):
    closed.mkdir(parents=True)
    (closed / "PG_VERSION").write_text("18")
    os.chown(closed, 65534, 65534)
    with pytest.raises(DatabaseUnreachable, match="tempat basis data sudah ada"):
        EmbeddedServer(closed).start()


@pytest.mark.parametrize("name", ["x" * 120, "dua kata", "koma,kutip'"])
def test_a_path_no_socket_can_have_gets_a_private_folder(name: str):
    cluster = Path("/srv") / name
    assert socket_folder(cluster) != cluster
    assert len(str(socket_folder(cluster))) < 90
    assert socket_folder(Path("/srv/timpora-1_b.c")) == Path("/srv/timpora-1_b.c")


def test_a_socket_folder_laid_by_another_is_refused(tmp_path: Path):
    here = quarters_find(tmp_path / "postgres")
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "wide").mkdir(mode=0o755)
    for trap in ("link", "wide"):
        with pytest.raises(DatabaseUnreachable, match="bukan milik kami"):
            make_private(tmp_path / trap, here)
    make_private(tmp_path / "fresh", here)
    make_private(tmp_path / "fresh", here)
