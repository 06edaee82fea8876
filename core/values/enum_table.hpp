// EnumTable is one text, or whatever else, for each value of an enum. A table that leaves a value out, or has one in another place,
// does not compile.
//
//   constexpr auto titles = enumTable<Family, std::string_view>({{Family::Sales, "Sales"}, {Family::Time, "Time"}});
//   titles[Family::Time]
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace calckpi {

// isEnumerator tells whether a value of an enum has a name: compilers write others as a number behind the type, (Family)8.
template <auto value>
consteval bool isEnumerator() {
#ifdef _MSC_VER
    std::string_view name = __FUNCSIG__;
    name.remove_suffix(std::string_view(">(void)").size());
#else
    std::string_view name = __PRETTY_FUNCTION__;
    name.remove_suffix(std::string_view("]").size());
#endif
    return name[name.find_last_of("):")] == ':';
}

template <class Enum, class Entry>
struct EnumEntry {
    Enum value;
    Entry entry;
};

template <class Enum, class Entry, std::size_t size>
class EnumTable {
public:
    static_assert(isEnumerator<static_cast<Enum>(size - 1)>() && !isEnumerator<static_cast<Enum>(size)>(),
                  "the table has an entry for each value of the enum");
    consteval explicit EnumTable(const EnumEntry<Enum, Entry> (&entries)[size]) {
        for (std::size_t place = 0; place < size; ++place) {
            if (static_cast<std::size_t>(entries[place].value) != place)
                throw "the entries stand in the order of the enum's values";
            all_[place] = entries[place].entry;
        }
    }
    constexpr const Entry& operator[](Enum value) const { return all_[static_cast<std::size_t>(value)]; }
    constexpr const std::array<Entry, size>& all() const { return all_; }

private:
    std::array<Entry, size> all_{};
};

template <class Enum, class Entry, std::size_t size>
consteval EnumTable<Enum, Entry, size> enumTable(const EnumEntry<Enum, Entry> (&entries)[size]) {
    return EnumTable<Enum, Entry, size>(entries);
}

}  // namespace calckpi
