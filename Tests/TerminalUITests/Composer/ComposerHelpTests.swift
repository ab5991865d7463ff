import Testing

@testable import TerminalUI

@Suite struct ComposerHelpTests {
    private static func newTopic() -> Player {
        let model = Sample.list()
        model.press("c")
        _ = model.update(.draftLoaded(.newTopic, nil))
        return model
    }

    @Test func `a title that is left is looked up, and similar topics are shown`() {
        let model = ComposerHelpTests.newTopic()
        #expect(model.press("Release notes<tab>").last == .findSimilar(title: "Release notes"))
        _ = model.update(
            .similarFound(title: "Release notes", [Sample.row(1, "Release notes 2.0")])
        )
        #expect(model.picture.contains("Similar:  Release notes 2.0 (10 posts)"))
        #expect(model.picture.contains("title 13 of at least 15"))
    }

    @Test func `tags and names are completed, one after the other`() {
        let model = ComposerHelpTests.newTopic()
        model.press("T<tab><tab>one, rel")
        #expect(model.press("<^n>") == [.complete(.tag("rel"))])
        _ = model.update(.completed(prefix: "rel", ["release", "relay"]))
        #expect(model.composer?.tags.text == "one, release")
        model.press("<^n>")
        #expect(model.composer?.tags.text == "one, relay")
        model.press("<tab>Dear @ke")
        #expect(model.press("<^n>") == [.complete(.person("ke"))])
        _ = model.update(.completed(prefix: "ke", ["ken"]))
        #expect(model.composer?.body.text == "Dear @ken")
    }

    @Test func `a message needs somebody, a title and text`() {
        let model = Sample.list()
        model.press("gm")
        _ = model.update(.topicsLoaded(.messages, page: 0, TopicPage(rows: [], hasMore: false)))
        #expect(model.press("c") == [.loadDraft(.message)])
        _ = model.update(.draftLoaded(.message, nil))
        #expect(model.press("<^x>").isEmpty)
        model.press("@ken, eve<tab>Hello<tab>The text")
        let target = Submission.Target.message(title: "Hello", to: ["ken", "eve"])
        #expect(
            model.press("<^x>y").last
                == .submit(Submission(key: .message, target: target, raw: "The text"))
        )
    }

    @Test func `without a network the post waits here, and the count is shown`() {
        let model = Sample.topic()
        model.press("r")
        _ = model.update(.draftLoaded(.reply(topic: 1), nil))
        model.press("Later")
        let sent = model.press("<^x>y")
        for case .submit(let submission) in sent {
            _ = model.update(.failed(.submit(submission), Failure(.network, "No network.")))
        }
        #expect(model.notice?.text.contains("^S sends it when") == true)
        let submission = Submission(
            key: .reply(topic: 1),
            target: .reply(topic: 1, toPost: nil),
            raw: "Later"
        )
        #expect(model.press("<^s>").last == .queue(submission))
        #expect(model.update(.queued(.reply(topic: 1))) == [.deleteDraft(.reply(topic: 1))])
        _ = model.update(.queueCounted(1))
        #expect(model.picture.contains("1 unsent"))
        model.press("qq")
        #expect(model.picture.contains("1 unsent; they go next time."))
        #expect(model.press("yes<enter>") == [.quit])
    }

    @Test func `two texts of one draft are both kept`() {
        let model = Sample.topic()
        model.press("r")
        _ = model.update(.draftLoaded(.reply(topic: 1), Draft(body: "Mine")))
        _ = model.update(.draftConflict(.reply(topic: 1), Draft(body: "Theirs")))
        #expect(model.composer?.body.text == "Mine\n\n----\n\nTheirs")
        #expect(model.update(.draftConflict(.reply(topic: 1), Draft(body: "Theirs"))).isEmpty)
    }

    @Test func `a file is sent by its path and stands in the text`() {
        let model = Sample.topic()
        model.press("r")
        _ = model.update(.draftLoaded(.reply(topic: 1), nil))
        #expect(model.press("<^o>~/a.png<enter>") == [.upload(.reply(topic: 1), path: "~/a.png")])
        _ = model.update(.uploading(.reply(topic: 1), name: "a.png", percent: 40))
        #expect(model.picture.contains("a.png: 40 %"))
        _ = model.update(.uploaded(.reply(topic: 1), markdown: "![a](upload://x.png)"))
        #expect(model.composer?.body.text == "![a](upload://x.png)\n")
    }

    @Test func `a draft of the list opens its composer`() {
        let model = Sample.list()
        #expect(model.press("gd") == [.follow(topic: nil), .loadChoices(.drafts)])
        let choice = Choice("Reply", .openDraft(.reply(topic: 4), title: "A topic"))
        _ = model.update(.choicesLoaded(.drafts, [choice]))
        #expect(model.press("1") == [.loadDraft(.reply(topic: 4))])
        #expect(model.picture.contains("Reply to A topic"))
    }

    @Test func `a post becomes a topic of its own`() {
        let model = Sample.topic()
        model.press("t")
        #expect(model.composer?.body.text.contains("https://forum.example/t/1/1") == true)
        #expect(model.composer?.categoryID == 1)
    }
}
