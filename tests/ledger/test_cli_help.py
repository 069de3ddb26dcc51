"""What `ledger --help` says, in a terminal of 80 columns."""

import json
import sys

import pytest
from typer.testing import CliRunner

from ledger.cli import NOUNS, build, main
from ledger.cli.help import ABOUT
from ledger.cli.writes import WRITES

COLUMNS = 80


def shown(*arguments: str, command: str | None = None) -> str:
    """What the help says; fits the terminal, and cuts nothing off."""
    ran = CliRunner(env={"COLUMNS": str(COLUMNS)}).invoke(build(command), [*arguments, "--help"])
    assert ran.exit_code == 0, ran.output
    assert max(map(len, ran.output.splitlines())) <= COLUMNS
    listed = ran.output.partition("Options:")[2]
    assert "..." not in listed.replace("=...", "").replace("VALUE,...", ""), listed
    return ran.output


def test_help__whole_command__every_noun_under_a_heading():
    text = shown()
    nouns = [name for names in NOUNS.values() for name in names] + list(WRITES)
    lines = text.splitlines()
    assert all(any(line.startswith(f"  {noun} ") for line in lines) for noun in nouns)
    assert "Commands:" not in text
    assert "Exit codes: 0 done" in text


def test_about__nouns_of_the_writes__each_described():
    assert set(ABOUT) == set(WRITES)


@pytest.mark.parametrize("noun", [*WRITES, "account", "outbox", "import", "documents"])
def test_help__group__every_verb_with_its_sentence(noun: str):
    text = shown(noun, command=noun)
    assert all(f"\n  {verb} " in text for verb in WRITES.get(noun, ()))


@pytest.mark.parametrize("command", [name for names in NOUNS.values() for name in names])
def test_build__command_alone_in_its_module__called_by_its_name(command: str):
    assert f" {command} [OPTIONS]" in shown(command, command=command).splitlines()[0]


@pytest.mark.parametrize(("noun", "verb"), [(noun, verb) for noun, verbs in WRITES.items() for verb in verbs])
def test_help__write__says_what_is_required(noun: str, verb: str):
    text = shown(noun, verb, command=noun)
    assert "--as ACCOUNT" in text
    assert "--json" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("fund", "open"), "Missing option '--as'."),
        (("status", "--fast"), "No such option: --fast"),
        (("nothing",), "No such command 'nothing'."),
        (("fund", "open", "--as", "x", "--for", "many"), "'--for': Input should be a valid integer"),
    ],
)
def test_main__not_understood_and_json_asked_for__json_and_2(arguments, said: str, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["ledger", *arguments, "--json"])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    assert (ended.value.code, told.err) == (2, "")
    assert said in json.loads(told.out)["message"]
