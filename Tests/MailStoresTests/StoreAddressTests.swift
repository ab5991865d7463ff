import Foundation
import SMTP
import Testing

@testable import MailStores

@Suite struct StoreAddressTests {
    @Test(
        arguments: [
            (
                "imaps://a:b@mail.example", "imaps://a@mail.example:993/INBOX",
                StoreAddress.Aftermath.delete, 300
            ),
            (
                "imap://a%40x:b@mail.example?folder=Lists/One&then=seen&every=60",
                "imap://a@x@mail.example:143/Lists/One", .markSeen, 60
            ),
            ("imaps://a:b@h?then=move:Done", "imaps://a@h:993/INBOX", .move("Done"), 300),
            ("pop3s://a:b@[::1]:1995?then=keep", "pop3s://a@[::1]:1995", .keep, 300),
            ("pop3://a:b@h?ca=/x.pem", "pop3://a@h:110", .delete, 300),
            ("maildir:/var/mail/forum", "maildir:/var/mail/forum", .markSeen, 5),
        ] as [(String, String, StoreAddress.Aftermath, Int)]
    )
    func `an address is read, and named without its password`(
        text: String,
        name: String,
        aftermath: StoreAddress.Aftermath,
        every: Int
    ) throws {
        let address = try StoreAddress.parse(text)
        #expect(address.name == name)
        #expect(address.aftermath == aftermath)
        #expect(address.everySeconds == every)
    }

    @Test(arguments: [
        "", "smtp://a:b@h", "imap://h", "imap://a@h", "pop3://a:b@h?then=seen",
        "imap://a:b@h?then=keep", "imap://a:b@h?then=move:", "imap://a:b@h?every=0",
        "imap://a:b@h?folder=caf%C3%A9", "pop3://a:b@h?folder=x", "imap://a:b@h?x=y",
        "pop3://a:b@h?idle=yes", "imap://a:b@h?idle=maybe",
        "imap://a:b@h?then=seen&then=delete", "maildir:relative", "maildir:",
        "imap://a:b@h?verify=none", "imap://a@h?password-file=/nowhere",
    ])
    func `what is none says why, and never the password`(text: String) {
        let text = text.replacing(":b@", with: ":hunter2@")
        do {
            _ = try StoreAddress.parse(text)
            Issue.record("it was read")
        } catch {
            #expect(!error.description.isEmpty)
            #expect(!error.description.contains("hunter2"))
        }
    }

    @Test(arguments: [
        ("imaps://a:b@h", true), ("imaps://a:b@h?idle=no", false), ("imap://a:b@h?idle=yes", true),
        ("pop3s://a:b@h", false), ("maildir:/var/mail", false),
    ])
    func `servers of IMAP are watched unless that is not wanted`(
        text: String,
        isWatched: Bool
    ) throws {
        #expect(try StoreAddress.parse(text).isWatched == isWatched)
    }

    @Test func `a password may stand in a file`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data("s:e@c\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let address = try StoreAddress.parse("imaps://a@h?password-file=\(file.path())")
        guard case .server(let server) = address.place else { throw CancellationError() }
        #expect(server.credentials?.password == "s:e@c")
    }
}
