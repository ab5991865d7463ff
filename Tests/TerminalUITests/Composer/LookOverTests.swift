import Testing

@testable import TerminalUI

@Suite struct LookOverTests {
    private static func written(_ text: String) -> Player {
        let model = ComposerTests.replying()
        _ = model.update(.editorClosed(.reply(topic: 1), text: text))
        return model
    }

    @Test func `after the editor one looks at the post before it goes out`() throws {
        let model = LookOverTests.written("Dear @ana and @ken.ken, this is *important*.\n\nYours")
        #expect(model.context == .outgoing)
        #expect(model.picture.contains("Mentions:  @ana, @ken.ken"))
        #expect(model.picture.contains("ken (#2), all who follow"))
        #expect(model.picture.contains("this is important."))
        for size in [Size(columns: 80, rows: 24), Size(columns: 40, rows: 12)] {
            let model = model.copy()
            _ = model.update(.resized(size))
            try Goldens.check(model.picture, "outgoing-\(size.columns)x\(size.rows)")
        }
        guard case .submit(let submission)? = model.press("y").last else {
            Issue.record("nothing is sent")
            return
        }
        #expect(submission.raw.hasPrefix("Dear @ana"))
    }

    @Test func `warnings stop a post once`() {
        let model = ComposerTests.replying()
        model.press("See the attached file, please.")
        #expect(model.press("<^x>").isEmpty)
        #expect(model.context == .outgoing)
        #expect(model.picture.contains("speaks of an attachment"))
        guard case .submit? = model.press("<^x>").last else {
            Issue.record("it is not sent the second time")
            return
        }
    }

    @Test func `a file that is attached is no reason to warn`() {
        let model = ComposerTests.replying()
        model.press("The picture is attached.<enter>")
        _ = model.update(.uploaded(.reply(topic: 1), markdown: "![a|4x4](upload://abc.png)"))
        #expect(model.composer?.cautions.isEmpty == true)
    }

    @Test func `what others quote is not the writer's word`() {
        let model = LookOverTests.written("> see the attachment\n\nWhich one do you mean?")
        #expect(model.composer?.cautions.isEmpty == true)
    }

    @Test func `replies that came meanwhile are told before it goes out`() {
        let model = ComposerTests.replying()
        model.press("A long enough answer to it all.")
        _ = model.update(.postsArrived(topic: 1, ids: [1042], posts: []))
        model.press("<^x>")
        #expect(model.context == .outgoing)
        #expect(model.picture.contains("1 reply came since you began."))
    }

    @Test func `from there one writes on, in the editor or here`() {
        let model = LookOverTests.written("Some text.")
        #expect(model.press("e").last == .edit(.reply(topic: 1), "Some text."))
        model.press("<esc>!")
        #expect(model.composer?.body.text == "Some text.!")
        model.press("<^r>")
        #expect(model.context == .outgoing)
        model.press("p")
        #expect(model.context == .topic)
        #expect(model.notice?.text.contains("The draft is kept") == true)
    }

    @Test func `title, category and tags are changed from there`() {
        let model = Sample.list()
        model.press("c")
        _ = model.update(.draftLoaded(.newTopic, nil))
        _ = model.update(.editorClosed(.newTopic, text: "The text of a topic."))
        #expect(model.picture.contains("A topic needs a title."))
        model.press("t")
        #expect(model.composer?.focus == .title)
        model.press("Hello<^r>c")
        #expect(model.composer?.focus == .category)
        model.press("<^r>g")
        #expect(model.composer?.focus == .tags)
        model.press("<^r>")
        #expect(model.picture.contains("Title:     Hello"))
    }

    @Test func `an empty text is only kept open`() {
        let model = LookOverTests.written("  \n")
        #expect(model.context == .composer)
    }

    @Test func `a long text is scrolled below the facts`() {
        let text = (1...60).map { "Line \($0) of it." }.joined(separator: "\n\n")
        let model = LookOverTests.written(text)
        #expect(model.picture.contains("Line 1 of it."))
        model.press(" ")
        #expect(!model.picture.contains("Line 1 of it."))
        model.press("<end>")
        #expect(model.picture.contains("Line 60 of it."))
    }
}
