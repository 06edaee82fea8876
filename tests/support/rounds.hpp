// How often a random test is repeated.
#pragma once

namespace calckpi::support {

// slowed says that sanitizers watch each access.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool slowed = true;
#else
inline constexpr bool slowed = false;
#endif
#else
inline constexpr bool slowed = false;
#endif

// rounds is for the few tests that take longest: all of `whole`, or a third of them where each takes ten times as long.
constexpr int rounds(int whole) { return slowed ? whole / 3 : whole; }

}  // namespace calckpi::support
