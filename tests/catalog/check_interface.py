"""The interface that Calc sees against the contract: each function is there with its arguments in their order.

    check_interface.py INTERFACE.idl CONTRACT.txt

What may be left out must be `any`, the only type that Calc leaves out; the document that Calc hands over stands first; filters are pairs.
"""
import re
import sys

DOCUMENT = "callingDocument"
PAIRS = 6


def interface(path):
    """{method: [(type, argument)]}"""
    found = {}
    with open(path, encoding="utf-8") as file:
        for name, arguments in re.findall(r"^    \w+ ([A-Z][A-Z0-9]*)\((.*)\);$", file.read(), re.MULTILINE):
            found[name] = [tuple(argument.removeprefix("[in] ").rsplit(" ", 1)) for argument in arguments.split(", ") if argument]
    return found


def expected(arguments):
    """[(argument, whether it may be left out)] of the contract's list"""
    for argument in arguments:
        if argument == "filters...":
            yield from ((word + str(pair), True) for pair in range(1, PAIRS + 1) for word in ("column", "criterion"))
        else:
            yield argument.strip("[]").split("=")[0], argument.startswith("[")


def differences(found, lines):
    described = set()
    for line in lines:
        name, arguments = re.fullmatch(r"([A-Z0-9]+)\((.*)\)", line).groups()
        described.add(name)
        wanted = list(expected(re.split(r"; (?![^(]*\))", arguments)))
        given = [pair for pair in found.get(name, []) if pair[1] != DOCUMENT]
        if [argument for _, argument in given] != [argument for argument, _ in wanted]:
            yield f"{line}: the interface has {given}"
            continue
        if any(argument == DOCUMENT for _, argument in found[name][1:]):
            yield f"{line}: the document is not the first argument"
        for (kind, argument), (_, optional) in zip(given, wanted):
            if optional and kind != "any":
                yield f"{line}: {argument} can be left out and is {kind}"
            if (argument == "table") != kind.endswith("XCellRange"):
                yield f"{line}: {argument} is {kind}"
    for name in found.keys() - described:
        yield f"{name} is in the interface and not in the contract"


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file if line.strip() and not line.startswith("#")]
    found = list(differences(interface(sys.argv[1]), lines))
    print("\n".join(found) or f"{len(lines)} functions as in the contract")
    return 1 if found or not lines else 0


if __name__ == "__main__":
    sys.exit(main())
