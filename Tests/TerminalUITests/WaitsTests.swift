import Testing

@testable import TerminalUI

@Suite struct WaitsTests {
    private let busy = Failure(.rateLimited(seconds: 7), "That was too fast.")

    @Test func `a site that asks to wait is asked again by itself`() {
        let model = Sample.list()
        let effects = model.press(".")
        #expect(effects == [.loadTopics(.latest, page: 0)])
        #expect(model.update(.failed(effects[0], busy)).isEmpty)
        #expect(model.isCounting)
        #expect(model.picture.contains("it goes on in 8 s. Esc gives up."))
        #expect(model.picture.contains("wait 8 s"))
        #expect(model.update(.clock(noon + 3)).isEmpty)
        #expect(model.picture.contains("in 5 s"))
        #expect(model.update(.clock(noon + 8)) == effects)
        #expect(!model.isCounting)
    }

    @Test func `keys work meanwhile, and escape gives up`() {
        let model = Sample.list()
        model.press(".")
        _ = model.update(.failed(.loadTopics(.latest, page: 0), busy))
        model.press("j")
        #expect(model.list?.selected == 1)
        model.press("<esc>")
        #expect(!model.isCounting)
        #expect(model.notice?.text.contains("you gave up") == true)
        #expect(model.list?.isLoading == false)
        #expect(model.context == .topicList)
        #expect(model.list?.rows.count == 5)
    }

    @Test func `a post waits in the composer, and giving up keeps its text`() {
        let model = ComposerTests.replying()
        model.press("Some text that matters.")
        let submission = model.press("<^x>").last!
        _ = model.update(.failed(submission, busy))
        #expect(model.composer?.mode == .sending)
        let sending = model.copy()
        #expect(sending.update(.clock(noon + 8)) == [submission])
        model.press("<esc>")
        #expect(model.composer?.mode == .editing)
        #expect(model.composer?.body.text == "Some text that matters.")
        #expect(model.notice?.text.contains("your text is kept") == true)
    }

    @Test func `what a screen wanted that is gone is not asked for`() {
        let model = Sample.list()
        let open = model.press("<enter>").first!
        _ = model.update(.failed(open, busy))
        model.press("u")
        #expect(model.update(.clock(noon + 8)).isEmpty)
    }

    @Test func `an hour is too long to wait`() {
        let model = Sample.list()
        let later = Failure(.rateLimited(seconds: 3600), "Try again in an hour.")
        _ = model.update(.failed(.loadTopics(.latest, page: 0), later))
        #expect(!model.isCounting)
        #expect(model.picture.contains("Try again in an hour."))
    }

    @Test func `a site in trouble leaves what is on the screen`() {
        let model = Sample.topic()
        let before = model.shown[2]
        model.press(".")
        _ = model.update(
            .failed(.loadTopic(id: 1, near: 1), Failure(.server, "The site has trouble (502)."))
        )
        #expect(model.shown[2] == before)
        #expect(model.picture.contains("The site has trouble (502)."))
    }

    @Test func `when the network is back the screen is brought up to date`() {
        let model = Sample.list()
        #expect(model.update(.connected(true)).isEmpty)
        _ = model.update(.connected(false))
        #expect(model.update(.connected(true)) == [.loadTopics(.latest, page: 0)])
    }

    @Test func `a login that has ended is asked for where one is`() {
        let model = Sample.topic()
        model.press("12j")
        let ended = Failure(.auth, "You need to be logged in.")
        _ = model.update(.failed(.setLike(topic: 1, post: 1013, on: true), ended))
        #expect(model.context == .login)
        #expect(model.picture.contains("Your login has ended."))
        #expect(model.press("pw<enter>") == [.logIn(username: "ana", password: "pw", code: nil)])
        _ = model.update(.failed(.loadNotifications, ended))
        let after = model.update(.loggedIn(username: "ana"))
        #expect(model.context == .topic)
        #expect(after.contains(.loadTopic(id: 1, near: 13)))
        #expect(model.topic?.selectedPost?.number == 13)
    }

    @Test func `whoever does not log in again is not asked twice`() {
        let model = Sample.list()
        var guest = Sample.site()
        guest.username = nil
        _ = model.update(.siteLoaded(guest))
        #expect(model.context == .login)
        model.press("<esc>")
        _ = model.update(.failed(.loadNotifications, Failure(.auth, "No.")))
        #expect(model.context == .topicList)
    }

    @Test func `text stays when the login has ended under it`() {
        let model = ComposerTests.replying()
        model.press("Some text that matters.")
        let submission = model.press("<^x>").last!
        _ = model.update(.failed(submission, Failure(.auth, "You need to be logged in.")))
        #expect(model.context == .login)
        _ = model.update(.loggedIn(username: "ana"))
        #expect(model.context == .composer)
        #expect(model.composer?.body.text == "Some text that matters.")
        #expect(model.press("<^x>").last == submission)
    }
}
