#include "core/sheets/typed_figures.hpp"

#include <algorithm>

namespace calckpi::panel {
namespace {

constexpr std::string_view targetKey = "target ";
constexpr std::string_view targetName = "KpiTarget_";
constexpr std::string_view typedName = "KpiTyped_";

}  // namespace

std::string inputName(std::string_view key) {
    const bool target = key.starts_with(targetKey);
    std::string name(target ? targetName : typedName);
    name += target ? key.substr(targetKey.size()) : key;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

std::optional<std::string> inputKeyOf(std::string_view name) {
    if (name.starts_with(typedName)) return std::string(name.substr(typedName.size()));
    if (!name.starts_with(targetName)) return std::nullopt;
    std::string key(name.substr(targetName.size()));
    std::replace(key.begin(), key.end(), '_', '-');
    return std::string(targetKey) + key;
}

}  // namespace calckpi::panel
