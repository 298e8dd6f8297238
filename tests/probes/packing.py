"""Archives as the system's libarchive writes them."""

from __future__ import annotations

import ctypes
from ctypes import c_char_p, c_int, c_int64, c_size_t, c_void_p

from auditor.formats import _libarchive


def written(kind: str, files: dict[str, bytes], *filters: str) -> bytes:
    """An archive as libarchive writes it."""
    library = _libarchive._library()

    def call(name: str, result: type, *args: object) -> object:
        function = getattr(library, f"archive_{name}")
        function.restype = result
        return function(*args)

    archive = c_void_p(call("write_new", c_void_p))
    assert call(f"write_set_format_{kind}", c_int, archive) == 0
    for name in filters:
        call(f"write_add_filter_{name}", c_int, archive)
    buffer, used = ctypes.create_string_buffer(8 << 20), c_size_t()
    size = c_size_t(len(buffer))
    call("write_open_memory", c_int, archive, buffer, size, ctypes.byref(used))
    for name, data in files.items():
        entry = c_void_p(call("entry_new", c_void_p))
        call("entry_update_pathname_utf8", c_int, entry, c_char_p(name.encode()))
        call("entry_set_size", None, entry, c_int64(len(data)))
        call("entry_set_filetype", None, entry, 0o100000)
        call("entry_set_perm", None, entry, 0o644)
        call("write_header", c_int, archive, entry)
        call("write_data", c_int64, archive, c_char_p(data), c_size_t(len(data)))
        call("entry_free", None, entry)
    assert call("write_close", c_int, archive) == 0
    call("write_free", c_int, archive)
    return buffer.raw[: used.value]
