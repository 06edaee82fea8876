// Reading ahead of a pass over a column. A pass that goes block by block through several columns leaves each of them again and
// again, and the processor, which foresees only steady passes, would wait for the memory at the start of each block.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

namespace calckpi {

// readAhead asks for what is some way after `row`, so that it is there when the pass comes to it.
template <class T>
inline void readAhead(std::span<const T> column, std::size_t row) {
    constexpr std::size_t distance = 2048;
#if defined(__GNUC__)
    if (row + distance < column.size()) __builtin_prefetch(column.data() + row + distance);
#endif
}

// readingAhead calls `visit` with each place in a block of table rows that is looked up in all of `columns`. To read ahead once for
// each line of the cache will do.
template <class Block, class Visit, class... T>
inline void readingAhead(const Block& tableRows, Visit visit, std::span<const T>... columns) {
    constexpr std::size_t line = 64 / std::max({sizeof(T)...});
    const std::size_t size = tableRows.size();
    std::size_t begin = 0;
    for (; begin + line <= size; begin += line) {
        (readAhead(columns, tableRows[begin]), ...);
#if defined(__GNUC__)
#pragma GCC unroll 16
#endif
        for (std::size_t next = 0; next < line; ++next) visit(begin + next);
    }
    for (; begin < size; ++begin) visit(begin);
}

}  // namespace calckpi
