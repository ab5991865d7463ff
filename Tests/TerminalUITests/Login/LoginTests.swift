import Testing

@testable import TerminalUI

@Suite struct LoginTests {
    @Test func `a password is never shown`() {
        let model = Sample.list(username: nil)
        model.press(":login<enter>ana<tab>hunter2")
        #expect(!model.picture.contains("hunter2"))
        #expect(model.picture.contains("•••••••"))
        #expect(
            model.press("<enter>") == [.logIn(username: "ana", password: "hunter2", code: nil)]
        )
        #expect(model.press("<enter>").isEmpty)
    }

    @Test func `enter goes to what is missing`() {
        let model = Sample.list(username: nil)
        model.press(":login<enter>ana<enter>")
        model.press("pw")
        #expect(model.press("<enter>") == [.logIn(username: "ana", password: "pw", code: nil)])
    }

    @Test func `a second factor is asked for`() {
        let model = Sample.list(username: nil)
        model.press(":login<enter>ana<enter>pw<enter>")
        _ = model.update(.codeNeeded)
        model.press("123456")
        #expect(model.press("<enter>") == [.logIn(username: "ana", password: "pw", code: "123456")])
    }

    @Test func `a wrong password can be tried again`() {
        let model = Sample.list(username: nil)
        let effects = model.press(":login<enter>ana<enter>pw<enter>")
        for effect in effects {
            _ = model.update(.failed(effect, Failure(.auth, "Incorrect username or password")))
        }
        #expect(model.picture.contains("Incorrect username or password"))
        #expect(!model.press("<back>x<enter>").isEmpty)
    }

    @Test func `after the login the list is loaded as the member`() {
        let model = Sample.list(username: nil)
        model.press(":login<enter>ana<enter>pw<enter>")
        let effects = model.update(.loggedIn(username: "Ana"))
        #expect(effects == [.loadSite, .follow(topic: nil), .loadTopics(.latest, page: 0)])
        #expect(model.site.username == "Ana")
        #expect(model.context == .topicList)
    }
}
