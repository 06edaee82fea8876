// Reading ahead of a pass over a column. A pass that goes block by block through several columns leaves each of them again and
// again, and the processor, which foresees only steady passes, would wait for the memory at the start of each block.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

namespace calckpi {

// readingAhead calls `visit` with each place in a block of table rows. While `column` is read at one row, what stands `distance`
// rows further on is asked for, so that it is there when the pass comes to it; once for each line of the cache will do.
template <class T, class Block, class Visit>
inline void readingAhead(std::span<const T> column, const Block& tableRows, Visit visit) {
    constexpr std::size_t distance = 2048;
    constexpr std::size_t line = 64 / sizeof(T);
    const std::size_t size = tableRows.size();
    for (std::size_t begin = 0; begin < size; begin += line) {
        const std::size_t ahead = tableRows[begin] + distance;
#if defined(__GNUC__)
        if (ahead < column.size()) __builtin_prefetch(column.data() + ahead);
#endif
        const std::size_t end = std::min(begin + line, size);
        for (std::size_t place = begin; place < end; ++place) visit(place);
    }
}

}  // namespace calckpi
