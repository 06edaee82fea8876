"""Copies of an .oxt that differ from it in some of its files."""
import zipfile


def copy_changed(source, target, changes=None, without=()):
    """Writes `target`, an .oxt with the files of `source`: each file of `changes` as its function changes the bytes."""
    changes = changes or {}
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        missing = {*changes, *without} - set(whole.namelist())
        if missing:
            raise KeyError(f"{source} holds no {', '.join(sorted(missing))}")
        for name in whole.namelist():
            if name not in without:
                content = whole.read(name)
                copy.writestr(name, changes[name](content) if name in changes else content)
    return target


def replacing(old, new):
    """A change of bytes that must be there."""
    def change(content):
        if old not in content:
            raise ValueError(f"no {old!r} to be replaced")
        return content.replace(old, new)
    return change
