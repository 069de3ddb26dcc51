"""Settings: every name, every refusal."""

from pathlib import Path

import pytest

from ledger.errors import BadInput
from ledger.settings import DATABASE_URL_FILE, READ_URL_FILE, Settings, read_secret


def test_from_environment__nothing_set__everything_below_one_folder():
    settings = Settings.from_environment({"PATH": "/bin"})
    assert settings.state_dir.is_absolute()
    assert settings.database_url == f"sqlite:///{settings.state_dir}/ledger.sqlite"
    assert settings.documents_path.parent == settings.keys_dir.parent == settings.state_dir


def test_from_environment__state_folder_set__the_others_follow(tmp_path: Path):
    settings = Settings.from_environment({"LEDGER_STATE_DIR": str(tmp_path)})
    assert settings.donor_secret_file.is_relative_to(tmp_path)
    assert str(tmp_path) in settings.database_url


@pytest.mark.parametrize("name", ["LEDGER_STATEDIR", "LEDGER_KEYS_PASSWORD", "LEDGER_"])
def test_from_environment__unknown_name__named(name: str):
    with pytest.raises(BadInput, match=f"{name} is not a setting") as raised:
        Settings.from_environment({name: "x"})
    assert "LEDGER_STATE_DIR" in raised.value.hint


@pytest.mark.parametrize(
    ("name", "text"), [("LEDGER_API_PORT", "http"), ("LEDGER_CHAIN_PORT", "70000"), ("LEDGER_CHAIN_ID", "0")]
)
def test_from_environment__text_that_cannot_be_used__named(name: str, text: str):
    with pytest.raises(BadInput, match=f"{name} cannot be used"):
        Settings.from_environment({name: text})


def test_from_environment__secret_in_a_file__read_and_not_shown(tmp_path: Path):
    file = tmp_path / "url"
    file.write_text("postgresql+psycopg://u:secret@db/ledger\n")
    file.chmod(0o600)
    settings = Settings.from_environment({"LEDGER_DATABASE_URL_FILE": str(file)})
    assert settings.database_url == "postgresql+psycopg://u:secret@db/ledger"
    assert "secret@" not in repr(settings)


def test_database_urls__private_server_noted__both_unless_one_is_named(tmp_path: Path):
    written = {DATABASE_URL_FILE: "postgresql+psycopg://owner@h/l", READ_URL_FILE: "postgresql+psycopg://reader@h/l"}
    (tmp_path / "postgres").mkdir()
    for place, url in written.items():
        (tmp_path / place).write_text(url + "\n")
    folder = {"LEDGER_STATE_DIR": str(tmp_path)}
    private = Settings.from_environment(folder)
    assert (private.database_url, private.database_read_url) == tuple(written.values())
    named = Settings.from_environment(folder | {"LEDGER_DATABASE_URL": "sqlite:///mine"})
    assert (named.database_url, named.database_read_url) == ("sqlite:///mine", "sqlite:///mine")
    replica = Settings.from_environment(folder | {"LEDGER_DATABASE_READ_URL": "postgresql+psycopg://reader@replica/l"})
    assert replica.database_url == private.database_url
    assert replica.database_read_url == "postgresql+psycopg://reader@replica/l"


def test_database_read_url__in_a_file__read_and_not_shown(tmp_path: Path):
    file = tmp_path / "url"
    file.write_text("postgresql+psycopg://u:secret@replica/ledger\n")
    file.chmod(0o600)
    settings = Settings.from_environment(
        {"LEDGER_STATE_DIR": str(tmp_path), "LEDGER_DATABASE_READ_URL_FILE": str(file)}
    )
    assert settings.database_read_url == "postgresql+psycopg://u:secret@replica/ledger"
    assert settings.database_url.startswith("sqlite")
    assert "secret@" not in repr(settings)


def test_read_secret__others_may_read_it__refused(tmp_path: Path):
    file = tmp_path / "password"
    file.write_text("x")
    file.chmod(0o640)
    with pytest.raises(BadInput, match="others may read") as raised:
        read_secret(file, "LEDGER_KEYS_PASSWORD_FILE")
    assert "chmod 600" in raised.value.hint


@pytest.mark.parametrize("content", [None, b"", b" \n"])
def test_read_secret__missing_or_empty__named(tmp_path: Path, content: bytes | None):
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
        file.chmod(0o600)
    with pytest.raises(BadInput, match="LEDGER_KEYS_PASSWORD_FILE"):
        read_secret(file, "LEDGER_KEYS_PASSWORD_FILE")


def test_settings__every_field__is_described_and_frozen():
    assert all(field.description for field in Settings.model_fields.values())
    with pytest.raises(ValueError, match="frozen"):
        Settings().api_port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("url", "is_loopback"), [("http://127.0.0.1:8545", True), ("http://localhost", True), ("http://10.0.0.1:1", False)]
)
def test_rpc_url_is_loopback__address__told(url: str, is_loopback: bool):
    assert Settings(rpc_url=url).rpc_url_is_loopback() is is_loopback
