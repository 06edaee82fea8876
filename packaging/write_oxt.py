"""Packs the extension: the same files give the same bytes, whenever and wherever they are packed.

    write_oxt.py OUT.oxt PATH_INSIDE=FILE…
"""
import sys
import zipfile

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip file can hold


def pack(out_path, entries):
    with zipfile.ZipFile(out_path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for inside, path in sorted(entries):
            entry = zipfile.ZipInfo(inside, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            with open(path, "rb") as file:
                archive.writestr(entry, file.read(), compresslevel=9)


def main():
    pack(sys.argv[1], [argument.split("=", 1) for argument in sys.argv[2:]])


if __name__ == "__main__":
    main()
