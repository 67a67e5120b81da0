"""What a person or a log gets to read: without control characters of files and servers, and without passwords."""

import dataclasses
import os
import re
from urllib.parse import unquote

import click

_HIDDEN = "***"
# Line breaks and tabs stay. The last range turns the direction of writing, so that a text looks like another.
_CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_PASSWORD = re.compile(
    r"""(?<=://) (?P<user>[^\s/:@]*) : (?P<in_address>[^\s/]*) @
    | (?P<name>\b password \s* = \s*) (?P<in_text> '(?:[^'\\]|\\.)*' | [^\s&"]+ )""",
    re.VERBOSE | re.IGNORECASE,
)
_SHORTEST_PASSWORD = 4


def say(text: str, *, to_errors: bool = False, ends_line: bool = True) -> None:
    """Print a text that may hold what files, servers or addresses say."""
    click.echo(clean(text), err=to_errors, nl=ends_line)


def clean(text: str) -> str:
    """A text without control characters and passwords: those in addresses, and those of the environment anywhere."""
    text = _CONTROL_CHARACTERS.sub("", _PASSWORD.sub(_without_password, text))
    for password in _passwords_in_environment():
        text = text.replace(password, _HIDDEN)
    return text


def cleaned(value: object) -> object:
    """A value of JSON, or a record, in which every text is clean."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {name: cleaned(part) for name, part in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        facts = {field.name: cleaned(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **facts)
    return [cleaned(part) for part in value] if isinstance(value, list | tuple) else value


def _without_password(found: re.Match[str]) -> str:
    if found["name"]:
        return f"{found['name']}{_HIDDEN}"
    return f"{found['user']}:{_HIDDEN}@"


def _passwords_in_environment() -> set[str]:
    """The passwords that variables such as PGPASSWORD, KOMMUNLAGER_POSTGRES and HTTPS_PROXY hold, long ones only."""
    passwords = {os.environ.get("PGPASSWORD", "")}
    for value in os.environ.values():
        for found in _PASSWORD.finditer(value):
            password = found["in_address"] or (found["in_text"] or "").strip("'")
            passwords |= {password, unquote(password)}
    return {password for password in passwords if len(password) >= _SHORTEST_PASSWORD}
