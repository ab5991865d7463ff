import Testing

@testable import TerminalUI

@Suite struct PersonTests {
    static func person(_ username: String = "ken") -> Person {
        var person = Person(id: 7, username: username)
        person.name = "Ken Example"
        person.title = "Gardener"
        person.bio = "<p>Grows <strong>tomatoes</strong> and answers questions about them.</p>"
        person.joinedAt = noon - 400 * 86_400
        person.lastSeenAt = noon - 3600
        person.postCount = 120
        person.topicCount = 14
        person.trustLevel = 2
        person.activity = (1...30).map { number in
            ActivityRow(
                topic: number,
                postNumber: number + 1,
                title: "Topic \(number)",
                excerpt: "What was written there, in short.",
                createdAt: noon - Int64(number) * 7200
            )
        }
        return person
    }

    static func shown(isStaff: Bool = false) -> Player {
        let model = Sample.topic()
        model.model.site.isStaff = isStaff
        #expect(model.press("@") == [.loadPerson("ken")])
        _ = model.update(.personLoaded(person()))
        return model
    }

    @Test func `the author of a post has a page, whose posts open`() {
        let model = PersonTests.shown()
        #expect(model.picture.contains("ken  Ken Example"))
        #expect(model.picture.contains("120 posts in 14 topics"))
        #expect(model.press("j<enter>").first == .loadTopic(id: 2, near: 3))
        model.press("q")
        #expect(model.context == .person)
        model.press("q")
        #expect(model.context == .topic)
    }

    @Test func `the selection stays on the screen of many posts`() {
        let model = PersonTests.shown()
        for _ in 0..<40 {
            model.press("j")
            #expect(model.picture.contains("> Topic"))
        }
    }

    @Test func `a message to them knows whom it goes to`() {
        let model = PersonTests.shown()
        #expect(model.press("c") == [.loadDraft(.message)])
        _ = model.update(.draftLoaded(.message, nil))
        model.press("A title<tab>The text of the message")
        let target = Submission.Target.message(title: "A title", to: ["ken"])
        #expect(
            model.press("<^x>").last
                == .submit(
                    Submission(key: .message, target: target, raw: "The text of the message")
                )
        )
    }

    @Test func `staff silences with a reason, and takes it back`() {
        let model = PersonTests.shown(isStaff: true)
        model.press("A")
        #expect(model.picture.contains("Silence for a day"))
        model.press("1")
        #expect(
            model.press("rude<enter>") == [
                .moderate(.silence(user: 7, username: "ken", days: 1, reason: "rude"))
            ]
        )
        let done = Moderation.silence(user: 7, username: "ken", days: 1, reason: "rude")
        #expect(model.update(.moderated(done)) == [.loadPerson("ken")])
        #expect(model.press("z") == [.moderate(.unsilence(user: 7, username: "ken"))])
    }

    @Test func `others are told that only staff may`() {
        let model = PersonTests.shown()
        #expect(model.press("A").isEmpty)
        #expect(model.notice?.isFailure == true)
    }

    @Test func `somebody is muted and the page says so`() {
        let model = PersonTests.shown()
        #expect(model.press("mm") == [.setLevel(.person("ken"), .muted)])
        _ = model.update(.levelSet(.person("ken"), .muted))
        #expect(model.picture.contains("muted by you"))
    }
}
