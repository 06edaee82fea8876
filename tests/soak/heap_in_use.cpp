// Loaded into the office by LD_PRELOAD, this tells how many bytes the office has allocated and not freed. Resident memory is no
// measure for that: it also counts what was freed and has not gone back to the system, and that comes and goes by megabytes.
//
// A file "ask" in the folder CALCKPI_HEAP is answered by a file "answer" there.
#include <malloc.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <thread>

namespace {

void answer(const std::filesystem::path& folder) {
    std::error_code failure;
    for (;;) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        if (!std::filesystem::exists(folder / "ask", failure)) continue;
        const struct mallinfo2 heap = mallinfo2();
        std::ofstream(folder / "being written") << heap.uordblks + heap.hblkhd;
        std::filesystem::remove(folder / "ask", failure);
        std::filesystem::rename(folder / "being written", folder / "answer", failure);
    }
}

// The office is started by a script and a splash screen, which load this too.
[[gnu::constructor]] void begin() {
    const char* folder = std::getenv("CALCKPI_HEAP");
    if (folder == nullptr || std::string_view(program_invocation_short_name) != "soffice.bin") return;
    std::thread(answer, std::filesystem::path(folder)).detach();
}

}  // namespace
