// Funnel tables are what they were. The other languages are in panel_texts_test.cpp, which has their texts.
#include "tests/panel/recordings.hpp"

namespace calckpi::panel {
namespace {

TEST(Recordings, ValueOfFunnelTablesInEnglish) { expectAsRecorded("en", recordedFunnels({})); }

}  // namespace
}  // namespace calckpi::panel
