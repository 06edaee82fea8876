"""Rows that must not compile: the compiler has to refuse each of them, and to name the rule that it breaks.

    check_must_not_compile.py COMPILER SOURCE-FOLDER

All cases of must_not_compile.cpp are compiled at once; one that is refused does not keep the compiler from the next.
"""
import pathlib
import re
import subprocess
import sys

CASE = re.compile(r"^namespace (case\d+) \{  // (\w+)$")
RIGHT = "everything_is_right"


def cases(program):
    """For each line of the program the case that it belongs to; and the rule of each case."""
    of_line, rules, current = {}, {}, None
    for number, line in enumerate(program.read_text().splitlines(), start=1):
        if start := CASE.match(line):
            current = start[1]
            rules[current] = start[2]
        of_line[number] = current
    return of_line, rules


def refusals(errors, program, of_line):
    """The rules that the compiler names in each case: an error follows the line of the program that leads to it."""
    named, case = {}, None
    for line in errors.splitlines():
        if place := re.match(rf".*{re.escape(program.name)}:(\d+):", line):
            case = of_line[int(place[1])]
        if re.search(r"\berror: ", line):
            rule = re.search(r"error: [^\n]*non-[^\n]*constexpr[^\n]* function [^\n]*?(\w+)\(\)", line)
            named.setdefault(case, []).append(rule[1] if rule else line)
    return named


def main():
    compiler, source = sys.argv[1], pathlib.Path(sys.argv[2])
    program = source / "tests/catalog/must_not_compile.cpp"
    of_line, rules = cases(program)
    done = subprocess.run([compiler, "-std=c++20", "-fsyntax-only", "-fmax-errors=0", f"-I{source}", program], text=True,
                          capture_output=True, timeout=300, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
    named = refusals(done.stderr, program, of_line)
    wrong = [f"{case}: {rule} should be named, and is not but for {named.get(case, 'nothing')}" if rule != RIGHT else
             f"{case}: is right, and refused for {named[case]}"
             for case, rule in rules.items() if named.get(case, []) != ([] if rule == RIGHT else [rule])]
    wrong += [f"outside of the cases: {named[None]}"] if None in named else []
    if len(rules) < 37 or RIGHT not in rules.values():
        wrong.append(f"only {len(rules)} cases were found")
    print("\n".join(wrong) or f"{len(rules) - 1} rows are refused, each for its rule")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
