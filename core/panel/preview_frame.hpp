// The frame of the preview: its heading, and instead of it the progress of reading the data, with Stop, or Start again.
#pragma once

#include "core/panel/model.hpp"

#include <optional>

namespace calckpi::panel {

class PreviewFrame {
public:
    // begin is for other choices or cells, progress for a part of what is to be read.
    void begin() { *this = PreviewFrame(); }
    void progress(double done) { progress_ = done; }
    void stop() {
        progress_.reset();
        stopped_ = true;
    }
    // show shows the heading, and tells whether the preview is to follow.
    bool show(View& view, bool stale, const Texts& texts) const;

private:
    std::optional<double> progress_;
    bool stopped_ = false;
};

}  // namespace calckpi::panel
