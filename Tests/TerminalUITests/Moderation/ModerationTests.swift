import Testing

@testable import TerminalUI

@Suite struct ModerationTests {
    private static func topic() -> Player {
        var detail = Sample.detail(count: 5)
        detail.permissions.canClose = true
        detail.permissions.canPin = true
        detail.permissions.canMove = true
        detail.permissions.canEdit = true
        detail.permissions.canDelete = true
        return Sample.topic(detail)
    }

    @Test func `a topic is closed, and opened again by undoing`() {
        let model = ModerationTests.topic()
        model.press("A")
        #expect(model.picture.contains("Close the topic"))
        let closing = Moderation.setStatus(topic: 1, .closed, on: true)
        #expect(model.press("1") == [.moderate(closing)])
        #expect(model.update(.moderated(closing)) == [.loadTopic(id: 1, near: 1)])
        #expect(model.notice?.text == "The topic is closed. z takes it back.")
        let opening = Moderation.setStatus(topic: 1, .closed, on: false)
        #expect(model.press("z") == [.moderate(opening)])
        _ = model.update(.moderated(opening))
        #expect(model.press("z").isEmpty)
    }

    @Test func `posts are moved, split and merged`() {
        let model = ModerationTests.topic()
        #expect(choose("Move post #1", model) == "Move to the topic (number or link): ")
        #expect(
            model.press("12<enter>") == [
                .moderate(.movePosts(topic: 1, posts: [1001], to: .topic(12)))
            ]
        )
        model.press("jjj")
        #expect(choose("Split here", model) == "Title of the new topic: ")
        #expect(
            model.press("Elsewhere<enter>") == [
                .moderate(
                    .movePosts(topic: 1, posts: [1004, 1005], to: .newTopic(title: "Elsewhere"))
                )
            ]
        )
        #expect(choose("Merge into", model) != nil)
        #expect(
            model.press("https://forum.example/t/x/77<enter>") == [
                .moderate(.mergeTopic(topic: 1, into: 77))
            ]
        )
        #expect(choose("Merge into", model) != nil)
        #expect(model.press("nowhere<enter>").isEmpty)
        #expect(model.notice?.isFailure == true)
    }

    @Test func `a topic goes to a category by its name`() {
        let model = ModerationTests.topic()
        #expect(choose("Move to a category", model) != nil)
        #expect(
            model.press("supp<enter>") == [
                .moderate(.setCategory(topic: 1, id: 2, before: 1))
            ]
        )
    }

    /// Chooses the row that begins so; answers the question that is asked then.
    private func choose(_ words: String, _ model: Player) -> String? {
        model.press("A")
        guard case .chooser(let state) = model.model.screens.last,
            let index = state.rows.firstIndex(where: { $0.label.hasPrefix(words) })
        else { return nil }
        for _ in 0..<index {
            model.press("j")
        }
        model.press("<enter>")
        return model.model.prompt?.kind.label
    }

    @Test func `members are told that they cannot`() {
        let model = Sample.topic()
        #expect(model.press("A").isEmpty)
        #expect(model.notice?.text == "You cannot moderate this topic.")
    }

    // MARK: Flags

    @Test func `a flag has a reason, some with words`() {
        var detail = Sample.detail(count: 2)
        detail.posts[0].flags = FlagReason.allCases
        let model = Sample.topic(detail)
        model.press("!")
        #expect(model.picture.contains("Off-topic"))
        #expect(model.press("5") == [.flag(topic: 1, post: 1001, .spam, message: nil)])
        model.press("!")
        #expect(model.press("4").isEmpty)
        #expect(
            model.press("look here<enter>") == [
                .flag(topic: 1, post: 1001, .somethingElse, message: "look here")
            ]
        )
        model.press("j!")
        #expect(model.notice?.text == "You cannot flag this post.")
    }
}
