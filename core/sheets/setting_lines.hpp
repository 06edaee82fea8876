// Lines of settings: a text of one thing a line that a document keeps. Its first line says what it is, its last is "end".
//
//   SettingWriter out("table 1");
//   out.text("source", "$Deals.$A$1:$G$8801");      // source $Deals.$A$1:$G$8801
//   const std::string kept = std::move(out).done();
//
// What would break a line, or get lost at its ends in a document, is written as %0A; a % is %25.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace calckpi::panel {

class SettingWriter {
public:
    explicit SettingWriter(std::string_view firstLine) : text_(std::string(firstLine) + "\n") {}
    void line(std::string_view key, std::string_view value);
    void text(std::string_view key, std::string_view value);
    // number leaves out what is no finite number.
    void number(std::string_view key, const std::optional<double>& value);
    std::string done() &&;

private:
    std::string text_;
};

// readSettingLines passes the lines between the first and the last. It tells whether the text is whole, and all were taken.
bool readSettingLines(std::string_view text, std::string_view firstLine, const std::function<bool(std::string_view)>& take);

bool readSettingText(std::string_view text, std::string& value);
bool readSettingNumber(std::string_view text, std::optional<double>& value);

}  // namespace calckpi::panel
