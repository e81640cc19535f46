"""Write files that are made to keep an analyser busy, each near the limit of ten MiB."""

from collections.abc import Iterator
from pathlib import Path

HEAD = '{"version": "2.0", "statement": [{"effect": "allow", "resource": "*", "action": '
TAIL = "}]}"
SIZE = 9_000_000


def write_hostile(folder: Path) -> list[Path]:
    """Write every hostile file; their paths."""
    folder.mkdir(parents=True)
    paths = []
    for name, text in hostile_texts():
        path = folder / f"{name}.json"
        path.write_text(text, "utf-8")
        paths.append(path)
    return paths


def hostile_texts() -> Iterator[tuple[str, str]]:
    """Names and texts, one at a time."""
    yield "deep-lists", HEAD + "[" * SIZE
    yield "deep-objects", HEAD + '{"a":' * (SIZE // 5)
    yield "long-string", HEAD + '"cvm:' + "A" * SIZE + '"' + TAIL
    yield "long-escapes", HEAD + '"cvm:' + "\\u0041" * (SIZE // 6) + '"' + TAIL
    yield (
        "many-wildcards",
        HEAD + '["cvm:' + "*a" * 500_000 + '", "cvm:' + "*aa" * 300_000 + '"]' + TAIL,
    )
    yield "unclosed-string", HEAD + '"cvm:' + "A" * SIZE
    yield "quotes", HEAD + '"' * SIZE
    yield "commas", HEAD + "[" + "," * SIZE + "]" + TAIL
    yield "comments", HEAD + "[" + "/* */" * (SIZE // 5) + "]" + TAIL
    yield "curly-quotes", HEAD + "[" + "“a”," * (SIZE // 8) + "]" + TAIL
    yield "long-number", '{"version": ' + "9" * SIZE + ', "statement": [{"effect": "allow"}]}'
    yield "same-key", HEAD + '"*", ' + '"effect": "allow", ' * (SIZE // 20) + '"x": 1' + TAIL
    actions = ", ".join(f'"cvm:A{number}"' for number in range(400_000))
    yield "many-actions", HEAD + "[" + actions + "]" + TAIL
    patterns = ", ".join(f'"cvm:*{number}*"' for number in range(100_000))
    yield "many-patterns", HEAD + "[" + patterns + "]" + TAIL
    allows = (
        f'{{"effect": "allow", "action": "cvm:{n}*", "resource": "*"}}' for n in range(60_000)
    )
    yield (
        "many-different-statements",
        '{"version": "2.0", "statement": [' + ", ".join(allows) + "]}",
    )
    statements = ", ".join(['{"effect": "allow", "action": "cvm:A", "resource": "*"}'] * 100_000)
    yield "many-statements", '{"version": "2.0", "statement": [' + statements + "]}"
