"""Writes src/pichat/protocol.py: the types of the protocol, generated from the schemas in protocol/."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CONTRACT = HERE / "../../protocol"
TARGET = HERE / "src/pichat/protocol.py"
WIDTH = 120

Schema = dict[str, Any]

HEADER = '''"""The types of the protocol, version 1. Generated from its schemas by generate.py; do not edit."""

from __future__ import annotations

import sys
from typing import Any, Literal, Protocol, TypeAlias, TypedDict, overload

if sys.version_info >= (3, 11):
    from typing import NotRequired
else:
    from typing_extensions import NotRequired

'''

SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


def schemas(folder: str) -> dict[str, Schema]:
    """Reads the schemas of a folder of the contract, by type."""
    return {path.stem: json.loads(path.read_text()) for path in sorted((CONTRACT / folder).glob("*.json"))}


def pascal(name: str) -> str:
    """Turns NEW_MESSAGE into NewMessage."""
    return "".join(word.capitalize() for word in name.split("_"))


def annotation(schema: Schema) -> str:
    """Returns the Python type of a value with this schema."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix("#/$defs/")
    if "const" in schema:
        return f'Literal["{schema["const"]}"]'
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return " | ".join(dict.fromkeys(annotation(choice) for choice in choices))
    kinds = schema.get("type", [])
    names = [kinds] if isinstance(kinds, str) else list(kinds)
    return " | ".join(_of_kind(name, schema) for name in names) or "Any"


def _of_kind(kind: str, schema: Schema) -> str:
    if kind == "array":
        return f"list[{annotation(schema.get('items', {}))}]"
    if kind == "object":
        values: Schema | bool = schema.get("additionalProperties", True)
        return f"dict[str, {'Any' if isinstance(values, bool) else annotation(values)}]"
    return SCALARS[kind]


def documentation(text: str, indent: str) -> str:
    """Returns a docstring that fits the line."""
    text = " ".join(text.split()).replace("\\", "\\\\")
    lines = textwrap.wrap(text, WIDTH - len(indent) - 6)
    if len(lines) == 1:
        return f'{indent}"""{lines[0]}"""\n'
    first, _, rest = text.partition(". ")
    if len(first) + len(indent) > WIDTH - 8 or not rest:
        body = lines
    else:
        body = [f"{first}.", "", *textwrap.wrap(rest, WIDTH - len(indent))]
    return f'{indent}"""' + "\n".join(f"{indent}{line}".rstrip() for line in body).lstrip() + f'\n{indent}"""\n'


def typed_dict(name: str, schema: Schema) -> str:
    """Returns the class of an object."""
    required = set(schema.get("required", []))
    description = schema.get("description") or f"The object {name}."
    text = f"\nclass {name}(TypedDict):\n{documentation(description, '    ')}\n"
    for field, value in schema.get("properties", {}).items():
        about = " ".join(value.get("description", "").split())
        text += "".join(f"    # {line}\n" for line in textwrap.wrap(about, WIDTH - 6))
        kind = annotation(value)
        text += f"    {field}: {kind if field in required else f'NotRequired[{kind}]'}\n"
    return text


def bracketed(head: str, values: list[str], ends: str) -> str:
    """Returns values in brackets, one a line if they do not fit."""
    line = f"{head}{ends[0]}{', '.join(values)}{ends[1]}"
    if len(line) <= WIDTH:
        return f"{line}\n"
    return f"{head}{ends[0]}\n" + "".join(f"    {value},\n" for value in values) + f"{ends[1]}\n"


def union(name: str, members: list[str], about: str) -> str:
    """Returns the alias of a union."""
    lines = "".join(f"    {'| ' if place else ''}{member}\n" for place, member in enumerate(members))
    return f"\n{name}: TypeAlias = (\n{lines})\n{documentation(about, '')}"


def word(name: str, schema: Schema) -> str:
    """Returns the alias of a value that is one of several words, or of another simple value."""
    choices = [f'"{choice["const"]}"' for choice in schema.get("oneOf", []) if "const" in choice] or [
        f'"{choice}"' for choice in schema.get("enum", [])
    ]
    about = documentation(schema.get("description") or f"The value {name}.", "")
    if choices:
        return "\n" + bracketed(f"{name}: TypeAlias = Literal", choices, "[]") + about
    return f"\n{name}: TypeAlias = {annotation(schema)}\n{about}"


def is_object(schema: Schema) -> bool:
    """Tells objects with known fields from other values."""
    return schema.get("type") == "object" and "properties" in schema


def frozen(name: str, values: list[str], about: str) -> str:
    """Returns a constant set of names."""
    quoted = [f'"{value}"' for value in values]
    line = f"\n{name}: frozenset[str] = frozenset({{{', '.join(quoted)}}})\n"
    if len(line) > WIDTH:
        inner = "".join(f"        {value},\n" for value in quoted)
        line = f"\n{name}: frozenset[str] = frozenset(\n    {{\n{inner}    }}\n)\n"
    return line + documentation(about, "")


def asking(commands: dict[str, Schema]) -> str:
    """Returns the protocol class of a function that sends any command."""
    text = '\nclass Ask(Protocol):\n    """Sends a command and returns its reply."""\n'
    for name, schema in commands.items():
        argument = f"self, command: {pascal(name)}Command, /, *, timeout: float | None = None"
        line = f"    async def __call__({argument}) -> {pascal(schema['x-reply'])}Frame: ...\n"
        if len(line) > WIDTH + 1:
            line = f"    async def __call__(\n        {argument}\n    ) -> {pascal(schema['x-reply'])}Frame: ...\n"
        text += f"\n    @overload\n{line}"
    return text


def generate() -> str:
    """Returns the text of the module."""
    commands, events = schemas("commands"), schemas("events")
    definitions: dict[str, Schema] = {}
    for schema in (*commands.values(), *events.values()):
        definitions.update(schema.get("$defs", {}))
    words = {name: schema for name, schema in definitions.items() if not is_object(schema)}
    objects = {name: schema for name, schema in definitions.items() if is_object(schema)}
    text = HEADER
    text += "".join(word(name, words[name]) for name in sorted(words)) + "\n"
    classes = [typed_dict(name, objects[name]) for name in sorted(objects)]
    for name, schema in commands.items():
        # The client chooses it.
        schema["properties"].pop("requestId", None)
        classes.append(typed_dict(f"{pascal(name)}Command", schema))
    classes += [typed_dict(f"{pascal(name)}Frame", schema) for name, schema in events.items()]
    text += "\n".join(classes) + "\n"
    text += union("Command", [f"{pascal(name)}Command" for name in commands], "Everything that a client can send.")
    text += union("ServerFrame", [f"{pascal(name)}Frame" for name in events], "Everything that the server sends.")
    ticks = [name for name, schema in events.items() if schema.get("x-class") == "tick"]
    text += frozen("TICKS", ticks, "Events that take the next `seq` of their chat.")
    with_id = [name for name, schema in commands.items() if schema["x-repeatable"] == "withId"]
    plain = {name: schema for name, schema in commands.items() if "opId" not in schema["properties"]}
    harmless = [name for name, schema in plain.items() if schema["x-repeatable"] == "always"]
    without = [name for name in plain if name not in (*harmless, *with_id)]
    for constant, names, about in (
        ("REPEATABLE", harmless, "Commands that may be sent again without an `opId` if the reply was lost."),
        ("REPEATABLE_WITH_ID", with_id, "Commands that may be resent if they name the id of what they create."),
        ("WITHOUT_OP_ID", without, "Other commands that take no `opId`; all that are in none of these lists do."),
    ):
        text += frozen(constant, names, about)
    return text + "\n" + asking(commands)


if __name__ == "__main__":
    TARGET.write_text(generate())
