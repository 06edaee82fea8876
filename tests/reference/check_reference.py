"""Checks a page of the reference against the catalog.

    check_reference.py REFERENCE.html CATALOG.json               exits 1 and says what is wrong
    check_reference.py --self-test REFERENCE.html CATALOG.json   breaks the page in many ways; each must be found
"""
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# The classes of what each function must have.
PARTS_OF_AN_ARTICLE = ("summary", "signature", "formula-text", "arguments", "examples", "errors")


class Page(HTMLParser):
    """What a page holds, gathered as it is read. Nesting is strict: HTML's optional end tags must be there too."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.problems = []
        self.open = []  # (tag, classes, id) from the outside in
        self.language = None
        self.title = ""
        self.identifiers = []
        self.links = []  # (target, the article it stands in)
        self.labels = []
        self.headings = []
        self.tables = []  # per table the scopes of its header cells
        # id -> the classes in it, its examples [{"formula": …, "shows": …, "error": …}], the errors it lists, its text
        self.articles = {}
        self.article = None
        self.outside = []  # what would be fetched
        self.feed(text)
        self.close()
        for tag, _, _ in self.open:
            self.problems.append(f"<{tag}> is never closed")

    def handle_starttag(self, tag, attributes):
        line = self.getpos()[0]
        names = [name for name, _ in attributes]
        if len(set(names)) != len(names):
            self.problems.append(f"line {line}: <{tag}> has an attribute twice")
        attributes = dict(attributes)
        classes = set((attributes.get("class") or "").split())
        identifier = attributes.get("id")
        if identifier is not None:
            self.identifiers.append(identifier)
        if tag == "html":
            self.language = attributes.get("lang")
        if tag == "article":
            nothing = {"classes": set(), "examples": [], "errors": set(), "text": ""}
            self.article = self.articles.setdefault(identifier, nothing)
        if tag == "a":
            self.links.append((attributes.get("href") or "", self.article))
        if tag == "label":
            self.labels.append(attributes.get("for"))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "table":
            self.tables.append([])
        if tag == "th" and self.tables:
            self.tables[-1].append(attributes.get("scope"))
        fetching = attributes.keys() & {"src", "srcset", "data", "action"}
        self.outside += [f"<{tag} {name}={attributes[name]!r}>" for name in sorted(fetching)]
        if tag == "link":
            self.outside.append("<link>")
        if self.article is not None:
            self.article["classes"] |= classes
            if "examples" in self.classes() and tag == "tr" and any(name == "tbody" for name, _, _ in self.open):
                self.article["examples"].append({"formula": "", "shows": "", "error": None})
            if "data-error" in attributes and "shows" in self.classes() and self.article["examples"]:
                self.article["examples"][-1]["error"] = attributes["data-error"]
            if "data-error" in attributes and "error-name" in self.classes():
                self.article["errors"].add(attributes["data-error"])
        if tag not in VOID:
            self.open.append((tag, classes, line))

    def handle_endtag(self, tag):
        line = self.getpos()[0]
        if tag in VOID:
            self.problems.append(f"line {line}: </{tag}> closes what cannot hold anything")
            return
        if not self.open or self.open[-1][0] != tag:
            inside = f"<{self.open[-1][0]}> of line {self.open[-1][2]}" if self.open else "nothing"
            self.problems.append(f"line {line}: </{tag}> inside {inside}")
            if all(name != tag for name, _, _ in self.open):
                return
            while self.open[-1][0] != tag:
                self.open.pop()
        self.open.pop()
        if tag == "article":
            self.article = None

    def handle_data(self, text):
        tags = {tag for tag, _, _ in self.open}
        if "style" in tags and re.search(r"@import|url\(", text):
            self.outside.append("the style sheet")
        if tags & {"style", "script"}:
            return
        if "title" in tags:
            self.title += text
        for placeholder in re.findall(r"\{[A-Za-z]\w*\}", text):
            self.problems.append(f"line {self.getpos()[0]}: {placeholder} was not filled")
        if self.article is not None:
            self.article["text"] += text
            for column in ("formula", "shows"):
                if column in self.classes() and self.article["examples"] and "tbody" in tags:
                    self.article["examples"][-1][column] += text

    def classes(self):
        return {each for _, classes, _ in self.open for each in classes}


def outside_strings(formula, change):
    parts = re.split(r'("(?:[^"]|"")*")', formula)
    return "".join(part if index % 2 else change(part) for index, part in enumerate(parts))


def compared(formula, language, own_functions):
    """A formula without what differs between the languages of Calc: decimal signs, Calc's own function names, array signs."""
    if language != "en":
        formula = outside_strings(formula, lambda part: re.sub(r"(?<=\d),(?=\d)", ".", part))
        formula = outside_strings(formula, lambda part: re.sub(
            r"\b([A-Z][A-Z0-9.]*)\(", lambda match: match[0] if match[1] in own_functions else "function(", part))
    return re.sub(r"\{(?:\"[^\"]*\"|[^\"}])*\}", lambda array: outside_strings(array[0], lambda part: re.sub(r"[;|,]", "¦", part)),
                  formula)


def shows_value(shown, value, language):
    if isinstance(value, str):
        return shown == value
    if language != "en":
        if "." in shown:
            return False
        shown = shown.replace(",", ".")
    try:
        return abs(float(shown) - value) <= 5e-9 * abs(value)
    except ValueError:
        return False


def example_problems(function, article, language, own_functions):
    expected = function["examples"]
    if len(article["examples"]) != len(expected):
        yield f"{function['name']} shows {len(article['examples'])} examples, the catalog has {len(expected)}"
    for shown, example in zip(article["examples"], expected):
        if compared(shown["formula"], language, own_functions) != compared(example["formula"], language, own_functions):
            yield f"{function['name']}: {shown['formula']} is shown for {example['formula']}"
        if "error" in example:
            if example["error"] not in article["errors"]:
                yield f"{function['name']} does not list {example['error']}, which {example['formula']} shows"
            if shown["error"] != example["error"] or not shown["shows"] or language == "en" and shown["shows"] != example["error"]:
                yield f"{example['formula']} shows {shown['shows']!r}, expected {example['error']}"
        elif shown["error"] or not shows_value(shown["shows"], example["value"], language):
            yield f"{example['formula']} shows {shown['shows']!r}, expected {example['value']!r}"


def problems_of(text, catalog, folder):
    """What is wrong with the page `text`; `folder` is where the pages beside it are."""
    page = Page(text)
    yield from page.problems
    if not text.lower().startswith("<!doctype html>"):
        yield "the page has no doctype"
    if page.language not in ("en", "fr", "ro"):
        yield f"lang is {page.language!r}"
    if not page.title.strip():
        yield "the page has no title"
    for fetched in page.outside:
        yield f"the page is not complete in itself: {fetched}"
    for identifier in sorted({each for each in page.identifiers if page.identifiers.count(each) > 1}):
        yield f"the id {identifier} is there {page.identifiers.count(identifier)} times"
    for target, _ in page.links:
        if target.startswith("#") and target[1:] not in page.identifiers:
            yield f"the link {target} leads nowhere"
        elif not target.startswith("#") and not (folder / target).is_file():
            yield f"the link {target!r} leads out of the reference"
    for label in page.labels:
        if label not in page.identifiers:
            yield f"a label is for {label!r}, which is not there"
    if page.headings.count(1) != 1:
        yield f"the page has {page.headings.count(1)} headings of the first level"
    for before, after in zip(page.headings, page.headings[1:]):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"
    for scopes in page.tables:
        if not scopes or any(scope not in ("col", "row") for scope in scopes):
            yield "a table has no header cells, or some without a scope"

    functions = {function["name"]: function for function in catalog["functions"]}
    for name in page.articles:
        if name not in functions:
            yield f"{name} is no function of the catalog"
    for name, function in functions.items():
        article = page.articles.get(name)
        if article is None:
            yield f"{name} is missing"
            continue
        for part in PARTS_OF_AN_ARTICLE:
            if part not in article["classes"]:
                yield f"{name} has no {part}"
        targets = [target for target, place in page.links if place is article]
        for related in function["related"]:
            if f"#{related}" not in targets:
                yield f"{name} does not link {related}"
        if page.links.count((f"#{name}", None)) < 1:
            yield f"the contents do not link {name}"
        if page.language == "en" and function["title"] not in article["text"].replace("\u00a0", " "):
            yield f"{name} does not show its title"
        yield from example_problems(function, article, page.language, functions)


def self_test(text, catalog, folder):
    """Breaks a good page; yields the ways of breaking it that were not found."""
    function = next(each for each in catalog["functions"] if len(each["related"]) > 0)
    name = function["name"]
    article = re.search(rf'<article id="{name}".*?</article>', text, re.DOTALL)[0]
    language = re.search(r'lang="(\w+)"', text)[1]

    def in_article(pattern, replacement):
        return text.replace(article, re.sub(pattern, replacement, article, count=1, flags=re.DOTALL))

    first_row = r'(class="examples">.*?<tbody>)<tr>.*?</tr>'
    ways = {
        "an end tag is missing": (text.replace("</table>", "", 1), "inside <table>"),
        "tags overlap": (in_article(r"</h3>", "</b></h3>"), "</b> inside"),
        "a tag is never closed": (text.replace("</html>", ""), "<html> is never closed"),
        "a function is missing": (text.replace(article, ""), f"{name} is missing"),
        "a function has another name": (text.replace(f'<article id="{name}"', '<article id="NOSUCH"'), "NOSUCH is no function"),
        "an id is there twice": (text.replace("<h1", f'<h1 id="{name}"', 1), f"the id {name} is there 2 times"),
        "a link leads nowhere": (text.replace('href="#contents"', 'href="#content"', 1), "#content leads nowhere"),
        "a link leads out": (text.replace('href="#contents"', 'href="https://example.org/"', 1), "leads out of the reference"),
        "a related function is not linked": (in_article(rf'href="#{function["related"][0]}"', 'href="#contents"'),
                                             f"{name} does not link {function['related'][0]}"),
        "an example is missing": (in_article(first_row, r"\1"), "examples, the catalog has"),
        "an example has another formula": (in_article(rf'(class="examples">.*?={name})\(', r"\1(1;"), "is shown for"),
        "a result is wrong": (in_article(r'(<code[^>]*class="value"[^>]*>|class="value">)', r"\g<1>1"), "expected"),
        "an error is another one": (re.sub(r'(class="shows"><code [^>]*data-error=")[^"]*', r"\1#NUM!", text, count=1), "expected"),
        "an error has no reason": (re.sub(r'(<th [^>]*class="error-name"[^>]*><code [^>]*data-error=")#DIV/0!', r"\1#NUM!", text),
                                   "does not list #DIV/0!"),
        "a placeholder is left": (text.replace("</h1>", " {count}</h1>", 1), "{count} was not filled"),
        "the language is missing": (text.replace(f'<html lang="{language}"', "<html", 1), "lang is None"),
        "a part is missing": (in_article(r'class="signature"', ""), f"{name} has no signature"),
        "a header cell has no scope": (text.replace('scope="col"', "", 1), "without a scope"),
        "a heading is left out": (re.sub(r"<h3>(.*?)</h3>", r"<p>\1</p>", text), "follows one of level"),
        "something is fetched": (text.replace("</h1>", '</h1><img src="https://example.org/a.png">', 1), "not complete in itself"),
        "the style sheet fetches": (text.replace("<style>", "<style>@import 'a.css';", 1), "not complete in itself"),
        "a label labels nothing": (text.replace('<label for="filter"', '<label for="find"', 1), "a label is for 'find'"),
    }
    for way, (broken, message) in ways.items():
        found = list(problems_of(broken, catalog, folder))
        if broken == text:
            yield f"{way}: the page could not be broken that way"
        elif not any(message in problem for problem in found):
            yield f"{way}: expected a message with {message!r}, got {found[:3]}"
    print(f"{len(ways)} broken pages tried")


def main():
    arguments = [each for each in sys.argv[1:] if each != "--self-test"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    path = Path(arguments[0])
    text = path.read_text(encoding="utf-8")
    catalog = json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
    problems = list(problems_of(text, catalog, path.parent))
    if "--self-test" in sys.argv and not problems:
        problems = list(self_test(text, catalog, path.parent))
    for problem in problems:
        print(f"{path.name}: {problem}")
    if problems:
        sys.exit(1)
    print(f"{path.name}: {len(catalog['functions'])} functions, all there")


if __name__ == "__main__":
    main()
