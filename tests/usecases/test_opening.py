"""A file that is in use, read-only or in a bad place: the way in that there still is."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kpidesk.core.errors import NotAllowedError
from kpidesk.core.users import Role
from kpidesk.store.driver import PAGE
from kpidesk.store.errors import DamagedFileError, FileInUseError, MissingFileError, StoreError
from kpidesk.store.place import PlaceKind, _is_remote_mount, place_of
from kpidesk.usecases import lists, pay, people, users
from kpidesk.usecases.access import NotYourRoleError
from kpidesk.usecases.company import open_company
from kpidesk.usecases.keeping.making import close_company
from kpidesk.usecases.opening import Trouble, open_for_reading, place_warning, trouble_of
from kpidesk.usecases.verifying import look_after_opening
from tests.usecases.office import Office, fill

PASSWORD = "蓝天 白云 2026"  # noqa: S105 - a made-up one

HOLD = (
    "import sys\nfrom datetime import date\nfrom pathlib import Path\n"
    "from kpidesk.usecases import people\nfrom kpidesk.usecases.company import open_company\n"
    "company = open_company(Path(sys.argv[1]))\n"
    "people.add_department(company, name='新', actor='王芳', today=date(2026, 3, 2))\n"
    "print('held', flush=True)\nsys.stdin.read()"
)


def test_a_file_that_another_window_holds_is_looked_at_but_not_changed(
    office: Office, who: dict[str, Any]
) -> None:
    path = office.company.path
    names = [one.person.name for one in people.list_people(office.company)]
    office.company.close()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(FileInUseError) as caught:
            open_company(path)
        assert trouble_of(caught.value) is Trouble.TAKEN
        before = path.read_bytes()
        company = open_for_reading(path)
        assert company.is_read_only
        assert company.path == path
        assert [one.person.name for one in people.list_people(company)] == names
        with pytest.raises(NotAllowedError, match="只读"):
            people.add_department(company, name="新部门", **who)
        with pytest.raises(StoreError), company.file.transaction() as connection:
            connection.exec_driver_sql("DELETE FROM settings")
        copy = company.file._copy
        assert copy is not None
        close_company(company)
        assert not copy.parent.exists()
        assert path.read_bytes() == before
    finally:
        holder.kill()
        holder.communicate()
    open_company(path).close()


def test_whoever_only_looks_signs_in_and_sees_what_their_role_is_for(
    office: Office, who: dict[str, Any], tmp_path: Path
) -> None:
    fill(office, tmp_path)
    made = people.add_department(office.company, name="采购部", **who)
    stranger = people.add_person(
        office.company, number="009", name="外人", department=made.id, post="采购员", **who
    ).id
    add = partial(users.add_user, office.company, password=PASSWORD, **who)
    add(name="王芳", role=Role.OFFICER)
    head = add(name="李雷", role=Role.HEAD, department=office.department).id
    office.company.close()
    path = office.company.path
    company = open_for_reading(path)
    try:
        assert company.role is None
        for act in (
            people.list_people,
            people.list_departments,
            lists.list_results,
            pay.list_groups,
        ):
            with pytest.raises(NotYourRoleError, match="还没有登录"):
                act(company)
        with pytest.raises(users.WrongPasswordError, match="请重新输入"):
            users.sign_in(company, head, password="不是这个密码")  # noqa: S106 - a wrong one
        users.sign_in(company, head, password=PASSWORD)
        seen = {one.person.id for one in people.list_people(company)}
        assert seen
        assert stranger not in seen
        with pytest.raises(NotYourRoleError):
            pay.list_groups(company)
        assert not company.may("appraisals.entering.enter")
        assert company.may("people.list_people")
        officer = users.who_may_sign_in(company)[0]
        users.sign_in(company, officer.id, password=PASSWORD)
        assert str(company.role) == "reader"
        assert not company.may("people.add_person")
    finally:
        close_company(company)


def test_wrong_passwords_slow_down_whoever_only_looks_and_a_new_start_does_not_help(
    office: Office, who: dict[str, Any]
) -> None:
    id_ = users.add_user(
        office.company, name="王芳", role=Role.OFFICER, password=PASSWORD, **who
    ).id
    office.company.close()
    for _ in range(2):
        company = open_for_reading(office.company.path)
        for _ in range(2):
            with pytest.raises(users.WrongPasswordError) as caught:
                users.sign_in(company, id_, password="不是这个密码")  # noqa: S106 - a wrong one
        company.close()
    assert caught.value.wait > 0
    company = open_for_reading(office.company.path)
    with pytest.raises(users.WrongPasswordError, match="次数较多"):
        users.sign_in(company, id_, password=PASSWORD)
    company.close()


def test_a_copy_that_another_program_took_between_two_writes_is_noticed(
    office: Office, who: dict[str, Any], tmp_path: Path
) -> None:
    """Each page that a change wrote is left as it was before, as in a copy that came too early."""
    path = office.company.path

    def hire(number: str) -> bytes:
        people.add_person(
            office.company, number=number, name=f"员工{number}", department=office.department,
            post="业务员", superior=office.director, **who,
        )  # fmt: skip
        return path.read_bytes()

    before, after = hire("101"), hire("102")
    office.company.close()
    torn = tmp_path / "拷贝.kpidesk"
    changed = [
        start
        for start in range(0, len(before), PAGE)
        if before[start : start + PAGE] != after[start : start + PAGE]
    ]
    assert len(changed) > 4
    noticed = 0
    for start in changed:
        torn.write_bytes(after[:start] + before[start : start + PAGE] + after[start + PAGE :])
        try:
            company = open_company(torn)
        except DamagedFileError:
            noticed += 1
            continue
        noticed += bool(look_after_opening(company))
        company.close()
    assert noticed >= len(changed) - 1  # the first page may only have counted the changes


def test_every_error_of_opening_has_its_way_out(tmp_path: Path) -> None:
    assert trouble_of(DamagedFileError(tmp_path, "x")) is Trouble.DAMAGED
    assert trouble_of(MissingFileError(tmp_path)) is Trouble.MISSING
    assert trouble_of(ValueError()) is Trouble.OTHER


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("OneDrive - 公司", "OneDrive"), ("Nutstore Files", "坚果云"), ("坚果云", "坚果云"),
        ("BaiduSyncdisk", "百度网盘"), ("百度网盘同步空间", "百度网盘"), ("iCloudDrive", "iCloud"),
        ("Dropbox (个人)", "Dropbox"), ("WPS云盘", "WPS 云盘"), ("WPSDrive", "WPS 云盘"),
        ("文档", ""),
    ],
)  # fmt: skip
def test_a_folder_that_is_synced_is_known_by_its_name(folder: str, name: str) -> None:
    place = place_of(Path("/home/li") / folder / "绩效" / "公司.kpidesk")
    assert place.name == name
    warned = place_warning(Path("/home/li") / folder / "公司.kpidesk")
    assert (place.name in warned) if place.name else warned == ""


def test_a_mount_of_the_network_is_known(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda / ext4 rw 0 0\n//server/x /mnt/公司\\040盘 cifs rw 0 0\n", encoding="utf-8"
    )
    assert _is_remote_mount(Path("/mnt/公司 盘/a.kpidesk"), mounts)
    assert not _is_remote_mount(Path("/mnt/other/a.kpidesk"), mounts)
    assert place_of(tmp_path / "a.kpidesk").kind is PlaceKind.HERE
