import Testing

@testable import MailMessage

struct ComposerTests {
    private func build(_ composer: Composer) throws -> (text: String, message: Message) {
        let bytes = try composer.build()
        return (String(decoding: bytes, as: UTF8.self), Message.parse(bytes))
    }

    private let head: [Composer.Field] = [
        .structured("Message-ID", "<discourse/post/1@forum.example>"),
        .date("Date", MailDate(seconds: 1_452_813_163, offsetMinutes: 60)),
        .addresses("From", [Address(name: "Ada, Lady \"B\"", address: "ada@example.org")]),
        .addresses(
            "To",
            [
                Address(name: "René", address: "rene@example.org"),
                Address(name: "", address: "b@x.org"),
            ]
        ),
        .text("Subject", "Grüße aus der Maschine, die länger und länger wird und nicht aufhört"),
        .structured(
            "References",
            "<a@forum.example> <b@forum.example> <c-with-a-long-name@forum.example>"
        ),
    ]

    @Test func `what is built is read back the same`() throws {
        let composer = Composer(
            fields: head,
            text: "Äpfel\n.\nFrom here\n  two  \n",
            html: "<p>Äpfel</p>"
        )
        let (text, message) = try build(composer)
        #expect(message.problems.isEmpty)
        #expect(
            message.subject
                == "Grüße aus der Maschine, die länger und länger wird und nicht aufhört"
        )
        #expect(message.from == [Address(name: "Ada, Lady \"B\"", address: "ada@example.org")])
        #expect(message.to.map(\.name) == ["René", ""])
        #expect(message.messageID == "discourse/post/1@forum.example")
        #expect(message.references.count == 3)
        #expect(message.date == MailDate(seconds: 1_452_813_163, offsetMinutes: 60))
        #expect(message.text(of: message.parts[1]) == "Äpfel\n.\nFrom here\n  two  \n")
        #expect(message.text(of: message.parts[2]) == "<p>Äpfel</p>\n")
        #expect(text.contains("Date: Fri, 15 Jan 2016 00:12:43 +0100\r\n"))
    }

    @Test func `lines are short, end in CRLF and hold only ASCII`() throws {
        let words = String(repeating: "länge ", count: 500) + String(repeating: "x", count: 5000)
        let composer = Composer(
            fields: head + [.text("X-Long", words)],
            text: words,
            html: words,
            files: [
                Composer.File(
                    filename: "Übersicht.pdf",
                    contentType: "application/pdf",
                    bytes: [1, 2, 3]
                )
            ]
        )
        let bytes = try composer.build()
        #expect(bytes.allSatisfy { $0 < 127 })
        for line in bytes.split(separator: 10, omittingEmptySubsequences: false).dropLast() {
            #expect(line.last == 13 && line.dropLast().count <= 78 && !line.dropLast().contains(13))
        }
        let message = Message.parse(bytes)
        #expect(message.attachments.map(\.filename) == ["Übersicht.pdf"])
        #expect(message.attachments.first.map { message.data(of: $0) } == [1, 2, 3])
        #expect(message.headers.text("X-Long") == words.trimmingSuffix())
    }

    @Test(arguments: ["a\r\nBcc: x@y.z", "a\nb", "a\rb", "a\0b", "a\u{2028}b", "a\u{85}b"])
    func `a value cannot begin a line of its own`(value: String) {
        #expect(throws: ComposeError.self) {
            try Composer(fields: [.text("Subject", value)], text: "").build()
        }
        #expect(throws: ComposeError.self) {
            try Composer(fields: [.structured("List-ID", value)], text: "").build()
        }
        #expect(throws: ComposeError.self) {
            let address = Address(name: value, address: "a@b.c")
            return try Composer(fields: [.addresses("To", [address])], text: "").build()
        }
        #expect(throws: ComposeError.self) {
            let address = Address(name: "", address: "\(value)@b.c")
            return try Composer(fields: [.addresses("To", [address])], text: "").build()
        }
        #expect(throws: ComposeError.self) {
            try Composer(fields: [.text(value, "x")], text: "").build()
        }
    }

    @Test(arguments: ["nobody", "ü@x.org", "a@b.c,d@e.f", "a@b.c>", "@b.c", "a@"])
    func `an address that is none is refused`(address: String) {
        #expect(throws: ComposeError.address(address)) {
            try Composer(
                fields: [.addresses("To", [Address(name: "", address: address)])],
                text: ""
            ).build()
        }
    }

    @Test(arguments: [
        "plain words", "=?utf-8?Q?not_encoded?=", "two  spaces", "ends ü", "日本語の件名です", "",
        "[tag] ß",
    ])
    func `a subject survives`(subject: String) throws {
        let (_, message) = try build(Composer(fields: [.text("Subject", subject)], text: "x"))
        let expected = subject.split(separator: " ").joined(separator: " ")
        #expect(message.subject == expected)
    }
}

extension String {
    fileprivate func trimmingSuffix() -> String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
