import Testing

@testable import Forum

struct EmailAddressRulesTests {
    @Test(arguments: [
        ("Anna@Example.COM", "anna@example.com"),
        ("  a.b+c@sub.example.org\n", "a.b+c@sub.example.org"),
        ("o'brien_x@ex-ample.co", "o'brien_x@ex-ample.co"),
        ("a@xn--bcher-kva.example", "a@xn--bcher-kva.example"),
    ])
    func `an address is kept in lower case`(text: String, expected: String) {
        #expect(EmailAddressRules.normalise(text) == expected)
    }

    @Test(arguments: [
        "", "@", "a@", "@b.c", "a b@c.de", "a@b@c.de", "a..b@c.de", ".a@c.de", "a.@c.de",
        "a@-c.de", "a@c-.de", "a@c..de", "a@localhost", "a@[127.0.0.1]", "\"a b\"@c.de",
        "a@c.de\r\nBcc: x@y.z", "a@c.de\0", "ä@c.de", "a@ü.de", "a(b)@c.de", "<a@c.de>",
        String(repeating: "a", count: 65) + "@c.de",
        "a@" + String(repeating: "b", count: 64) + ".de",
        "a@" + String(repeating: "bcd.", count: 63) + "de",
    ])
    func `what is no address is refused`(text: String) {
        #expect(EmailAddressRules.normalise(text) == nil)
    }

    @Test func `mail from inside may have a domain of one label`() {
        #expect(
            EmailAddressRules.normalise("root@Host", allowingLocalDomains: true) == "root@host"
        )
    }
}
