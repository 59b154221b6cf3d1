"""The `alongside` command as a person or a program meets it: a new process, without a database."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

HEADER = "CHILD,SEX,DOB\nA1,2,05/03/2011\nB2,1,01/01/2015\n"
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC\n"
    "A1,01/02/2019,S,C2,N1,U1,PR1,16/05/2020,E45\n"
    "B2,01/02/2019,S,C2,N1,U3,PR1,,\n"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "header.csv").write_text(HEADER)
    (tmp_path / "episodes.csv").write_text(EPISODES)
    return tmp_path


def alongside(*arguments: str, at: Path, **more: str) -> subprocess.CompletedProcess[str]:
    env = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ["PATH"], **more}
    return subprocess.run(
        [sys.executable, "-m", "alongside", *arguments], cwd=at, env=env, capture_output=True, text=True, timeout=60
    )


def test_one_json_object_a_child(files: Path) -> None:
    done = alongside("ssda903", "--header", "header.csv", "--episodes", "episodes.csv", "--json", at=files)
    assert (done.returncode, done.stderr) == (0, "")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert list(first) == ["child", "date", "code", "arrangement", "looked_after_before", "why"]
    assert (first["child"], first["date"], first["code"]) == ("B2", "2019-02-01", "U3")
    assert first["looked_after_before"] is None
    assert (second["child"], second["date"], second["looked_after_before"]) == ("A1", "2020-05-16", True)


def test_a_table_for_people(files: Path) -> None:
    done = alongside("ssda903", "--header", "header.csv", "--episodes", "episodes.csv", at=files)
    assert done.stdout.splitlines()[0].split()[:3] == ["Child", "Date", "Code"]
    assert "special guardianship" in done.stdout


def test_it_needs_neither_django_nor_a_database(files: Path) -> None:
    probe = (
        "import sys; from alongside.config.cli import main;"
        "main(['ssda903', '--header', 'header.csv', '--episodes', 'episodes.csv', '--json']);"
        "sys.exit('django' in sys.modules)"
    )
    env = {"PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", probe], cwd=files, env=env, capture_output=True).returncode == 0


def test_several_years_by_repeating_the_option_or_naming_several_files(files: Path) -> None:
    (files / "later.csv").write_text(EPISODES.replace("U3,PR1,,", "U3,PR1,01/07/2021,E4A").replace("A1", "C3"))
    for given in (["episodes.csv", "later.csv"], ["episodes.csv", "--episodes", "later.csv"]):
        done = alongside("ssda903", "--header", "header.csv", "--episodes", *given, "--json", at=files)
        assert "B2" not in {json.loads(line)["child"] for line in done.stdout.splitlines()}


def test_a_bad_row_is_told_beside_the_good_ones(files: Path) -> None:
    (files / "episodes.csv").write_text(EPISODES + "B2,yesterday,S,C2,N1,U1,PR1,,\n")
    done = alongside("ssda903", "--header", "header.csv", "--episodes", "episodes.csv", "--json", at=files)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2
    assert all(word in done.stderr for word in ("episodes.csv", "row 4", "DECOM", "yesterday", "31/03/2025"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.csv", None),
        (".", None),
        ("empty.csv", b""),
        ("program.csv", b"MZ\x90\x00\x03" + bytes(range(256)) * 20),
        ("noise.csv", bytes(range(256)) * 20),
        ("latin.csv", b"CHILD,DECOM,PLACE,DEC,REC\n\x81\x8d\x8f,01/01/2020,U1,,\n"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("broken.xlsx", b"PK\x03\x04" + b"\0" * 600),
        ("other.csv", b"name,colour\nA,red\n"),
        ("quotes.csv", b'CHILD,DECOM,PLACE,DEC,REC\n"A1,01/01/2020,U1,,\n'),
        ("header.csv", HEADER.encode()),
    ],
)
def test_bad_input_is_one_clear_sentence_and_a_failure(files: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (files / name).write_bytes(content)
    done = alongside("ssda903", "--header", "header.csv", "--episodes", name, "--json", at=files)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.rstrip().endswith(".")


@pytest.mark.parametrize("arguments", [(), ("nonsense",), ("ssda903",), ("ssda903", "--colour", "red")])
def test_a_wrong_call_is_told_in_one_line(files: Path, arguments: tuple[str, ...]) -> None:
    done = alongside(*arguments, at=files)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "--help" in done.stderr


def test_help_has_an_example_that_works(files: Path) -> None:
    shown = alongside("ssda903", "--help", at=files)
    assert shown.returncode == 0
    example = shown.stdout.split("example:")[1].split()
    assert example[0] == "alongside"
    assert alongside(*example[1:], at=files).returncode == 0


def test_a_reader_that_goes_away_is_not_an_error_shown(files: Path) -> None:
    rows = "".join(f"K{n},01/02/2019,S,C2,N1,U1,PR1,16/05/2020,E45\n" for n in range(5_000))
    (files / "episodes.csv").write_text(EPISODES + rows)
    command = f"{sys.executable} -m alongside ssda903 --header header.csv --episodes episodes.csv --json | head -1"
    env = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ["PATH"]}
    done = subprocess.run(["sh", "-c", command], cwd=files, env=env, capture_output=True, text=True)
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_a_port_that_is_in_use_is_said_and_not_shared(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = alongside("serve", "--port", port, at=tmp_path)
        by_setting = alongside("serve", at=tmp_path, PORT=port)
    for said in (done, by_setting):
        assert (said.returncode, said.stdout) == (1, "")
        assert (
            said.stderr
            == f"Port {port} is in use: is Alongside running already? Stop it, or choose another with --port.\n"
        )
    wrong = alongside("serve", at=tmp_path, PORT="eighty")
    assert wrong.returncode == 2
    assert "Traceback" not in wrong.stderr
