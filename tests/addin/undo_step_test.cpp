#include "addin/document/undo_step.hpp"

#include "tests/addin/fake_document.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace calckpi::sidebar {
namespace {

using addin::FakeUndoableDocument;
using Document = css::uno::Reference<css::uno::XInterface>;

class UndoStepTest : public testing::Test {
protected:
    Document document() { return static_cast<css::frame::XModel*>(document_.get()); }
    void expectAllEnded(const char* after) {
        EXPECT_EQ(document_->undo->contexts, 0) << after;
        EXPECT_EQ(document_->undo->locks, 0) << after;
        EXPECT_EQ(document_->frozen, 0) << after;
    }
    rtl::Reference<FakeUndoableDocument> document_{new FakeUndoableDocument};
};

TEST_F(UndoStepTest, ValueOfACommittedStepIsKept) {
    {
        UndoStep step(document(), "Insert");
        EXPECT_EQ(document_->undo->contexts, 1);
        EXPECT_EQ(document_->frozen, 1);
        step.commit();
    }
    expectAllEnded("commit");
    EXPECT_EQ(document_->undo->undone, 0);
}

TEST_F(UndoStepTest, ValueOfAStepThatEndsEarlyIsUndone) {
    EXPECT_THROW(
        {
            const UndoStep step(document(), "Insert");
            throw css::uno::RuntimeException();
        },
        css::uno::RuntimeException);
    expectAllEnded("an exception");
    EXPECT_EQ(document_->undo->undone, 1);
}

// Whatever the office refuses on the way, the step leaves nothing open: an open context would swallow all that the user does next.
TEST_F(UndoStepTest, PropertyNothingStaysOpenWhereverTheOfficeThrows) {
    for (const char* call : {"enter", "freeze", "add", "unfreeze", "leave"}) {
        document_->undo->fails = call;
        try {
            UndoStep step(document(), "Insert");
            noteChange(document(), {}, {});
            step.commit();
            ADD_FAILURE() << call << " did not throw";
        } catch (const css::uno::Exception&) {
            expectAllEnded(call);
        }
    }
    document_->undo->fails = "lock";
    EXPECT_THROW(WithoutNotes{document()}, css::uno::RuntimeException);
    expectAllEnded("lock");
}

// Where nothing is to be undone the list is open again and empty at the end, whatever is thrown between: an exception of the
// office, or one of ours.
TEST_F(UndoStepTest, PropertyUndoIsOnAgainWhateverIsThrown) {
    const auto failing = [&](auto exception) {
        const NoUndo nothing(document());
        EXPECT_EQ(document_->undo->locks, 1);
        EXPECT_FALSE(document_->undoEnabled);
        throw exception;
    };
    EXPECT_THROW(failing(css::uno::RuntimeException()), css::uno::RuntimeException);
    EXPECT_THROW(failing(std::runtime_error("")), std::runtime_error);
    expectAllEnded("exceptions");
    EXPECT_TRUE(document_->undoEnabled);
    EXPECT_EQ(document_->undo->cleared, 2);
    for (const char* call : {"lock", "set"}) {
        document_->undo->fails = call;
        EXPECT_THROW(NoUndo{document()}, css::uno::RuntimeException);
        expectAllEnded(call);
        EXPECT_TRUE(document_->undoEnabled) << call;
    }
}

}  // namespace
}  // namespace calckpi::sidebar
