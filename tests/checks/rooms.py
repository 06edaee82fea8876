"""Reads the includes of core and addin, and names every arrow between two rooms that the house does not have.

    rooms.py PROJECT          prints the wrong arrows; exit 1 if there are any
    rooms.py PROJECT --draw   prints the rooms, each with those it uses: lines of `room -> room`

A room is a folder. Which rooms it may use is written once, as USES of calckpi_room and calckpi_addin_room in the CMake files; what these
use may be used too.
"""

import re
import sys
from pathlib import Path

ROOM = re.compile(r"^calckpi_(addin_)?room\(NAME (\w+)(.*?)\)", re.MULTILINE | re.DOTALL)
INCLUDE = re.compile(r'^#include "((?:core|addin)/[^"]+)"', re.MULTILINE)
# Targets of a name that is no room's: what they stand for.
MEANT = {"core": ["core/kpis"], "flags": [], "panel_texts": []}


def drawn(project):
    """{room: the rooms it names in USES}, as the CMake files have it."""
    uses = {}
    for folder in ("core", "addin"):
        for addin, name, rest in ROOM.findall((project / folder / "CMakeLists.txt").read_text(encoding="utf-8")):
            words = rest.split("USES", 1)[1].split() if "USES" in rest else []
            rooms = [room for word in words for room in MEANT.get(word, ["addin/" + word[6:] if word.startswith("addin_") else "core/" + word])]
            uses[f"addin/{name}" if addin else f"core/{name}"] = rooms
    return uses


def reachable(uses, room, seen=()):
    """All rooms that a room may use. A circle of arrows is an error: the house has none."""
    if room in seen:
        sys.exit(f"rooms: a circle: {' -> '.join((*seen, room))}")
    found = set()
    for other in uses[room]:
        found |= {other} | reachable(uses, other, (*seen, room))
    return found


def room_of(path):
    """core/values/text.hpp is in core/values; a file that stands in no room's folder joins rooms and may use all."""
    parts = path.split("/")
    return "/".join(parts[:2]) if len(parts) > 2 else None


def arrows(project):
    """(including file, included file) of all sources."""
    for folder in ("core", "addin"):
        for source in sorted((project / folder).rglob("*.[ch]pp")):
            for included in INCLUDE.findall(source.read_text(encoding="utf-8")):
                yield source.relative_to(project).as_posix(), included


def wrong(project):
    uses = drawn(project)
    allowed = {room: reachable(uses, room) | {room} for room in uses}
    for source, included in arrows(project):
        room, other = room_of(source), room_of(included)
        if room is None:
            continue
        if room not in uses:
            yield f"{source}: {room} is no room of the house"
        elif other not in allowed[room]:
            yield f"{source}: {room} must not use {other} ({included})"


def main(arguments):
    project = Path(arguments[0])
    if "--draw" in arguments:
        for room, others in drawn(project).items():
            print(f"{room} -> {' '.join(others) or 'nothing'}")
        return 0
    found = list(wrong(project))
    print("\n".join(found) or f"rooms: every arrow of {len(drawn(project))} rooms is drawn")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
