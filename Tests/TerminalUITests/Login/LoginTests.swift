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

    @Test func `with a key somebody may write before their name is known`() {
        let model = Sample.list(username: "")
        #expect(model.press("c") == [.loadDraft(.newTopic)])
        #expect(!model.picture.contains("@"))
    }

    @Test func `a browser elsewhere says yes, and the code is shown`() {
        let model = Sample.list(username: nil)
        #expect(model.press(":login<enter><^b>") == [.logInByBrowser])
        let page = "https://forum.example/user-api-key/activate"
        _ = model.update(.approvalNeeded(.device(code: "WXYZ-1234", page: page)))
        #expect(model.picture.contains("WXYZ-1234"))
        #expect(model.picture.contains(page))
        #expect(model.press("<^b>") == [.openLink(page)])
        #expect(model.copy().press("<esc>").contains(.cancelLogIn))
        _ = model.update(.loggedIn(username: "ana"))
        #expect(model.context == .topicList)
    }

    @Test func `where a site has no codes, what its page shows is pasted`() {
        let model = Sample.list(username: nil)
        model.press(":login<enter><^b>")
        _ = model.update(.approvalNeeded(.paste(page: "https://old.example/user-api-key/new?x")))
        _ = model.update(.pasted("QUJD\nREVG\n"))
        #expect(model.press("<enter>") == [.openKey(payload: "QUJDREVG")])
        let failure = Failure(.refused, "That is not what the page showed.")
        _ = model.update(.failed(.openKey(payload: "QUJDREVG"), failure))
        #expect(model.picture.contains("That is not what the page showed."))
        #expect(model.context == .login)
    }
}
