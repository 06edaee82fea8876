#include "addin/sidebar/refusals.hpp"

#include "addin/sidebar/panel_texts.hpp"
#include "tests/addin/fake_document.hpp"

#include <com/sun/star/lang/DisposedException.hpp>
#include <com/sun/star/lang/IndexOutOfBoundsException.hpp>
#include <gtest/gtest.h>

#include <new>
#include <set>
#include <stdexcept>

namespace calckpi::sidebar {
namespace {

template <class Thrown>
std::exception_ptr thrown() {
    return std::make_exception_ptr(Thrown(rtl::OUString::createFromAscii(addin::officeText), nullptr));
}

// All that may come from the office or from our own code.
std::vector<std::exception_ptr> everyException() {
    return {thrown<css::uno::RuntimeException>(), thrown<css::lang::DisposedException>(),
            thrown<css::lang::IndexOutOfBoundsException>(), std::make_exception_ptr(std::bad_alloc()),
            std::make_exception_ptr(std::runtime_error(addin::officeText))};
}

TEST(Refusals, PropertyNoTextOfAnExceptionIsShown) {
    using panel::Language;
    for (const Language language : {Language::English, Language::French, Language::Romanian}) {
        const panel::Texts texts(language, panel::translationsOf(language));
        for (const std::exception_ptr& exception : everyException())
            for (const panel::Message& message : {whyNotWritten(exception), whyGivenUp(exception)}) {
                const std::string sentence = texts.say(message);
                EXPECT_FALSE(sentence.empty());
                for (const char* part : {"cxx", "Exception", "RuntimeE", "{", "sc/"})
                    EXPECT_EQ(sentence.find(part), std::string::npos) << sentence;
            }
    }
}

TEST(Refusals, ValueOfTooLittleMemoryIsSaid) {
    const auto memory = std::make_exception_ptr(std::bad_alloc());
    EXPECT_EQ(whyNotWritten(memory).one, "There is not enough memory to write the table");
    EXPECT_NE(whyGivenUp(memory).one, whyGivenUp(thrown<css::uno::RuntimeException>()).one);
}

TEST(Refusals, PropertyEveryObstacleHasASentenceOfItsOwn) {
    std::set<std::string> sentences;
    const auto last = static_cast<int>(ObstacleKind::NoRoomBelow);
    for (int kind = 0; kind <= last; ++kind)
        sentences.insert(
            sayObstacle({.kind = static_cast<ObstacleKind>(kind), .cells = "B4:D9", .sheet = "Deals"}, panel::Texts()));
    EXPECT_EQ(sentences.size(), static_cast<std::size_t>(last) + 1);
    EXPECT_FALSE(sentences.contains(""));
}

}  // namespace
}  // namespace calckpi::sidebar
