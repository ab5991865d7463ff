import Testing

@testable import Egress

@Suite struct EgressPolicyTests {
    @Test(arguments: [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1",
        "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "2002:7f00:1::", "2001::1", "2001:db8::1",
        "2001:10::1", "fc00::1", "fdff::1", "fe80::1", "fec0::1", "ff02::1", "3fff::1", "100::1",
    ])
    func `an address inside is not public`(text: String) throws {
        #expect(try !#require(IPAddress(text)).isPublic)
    }

    @Test(arguments: [
        "8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
        "192.169.0.1", "198.17.0.1", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450::1",
        "2003::1", "2001:4860:4860::8888",
    ])
    func `an address of the internet is public`(text: String) throws {
        #expect(try #require(IPAddress(text)).isPublic)
    }

    @Test(arguments: [
        "", "ftp://example.org/", "//example.org/", "javascript:alert(1)", "http://",
        "http:///path", "https://user@example.org/", "https://user:pw@example.org/",
        "http://example.org\\@127.0.0.1/", "http://exa mple.org/", "http://example.org:0/",
        "http://example.org:65536/", "http://example.org:8o/", "http://example.org:/",
        "http://2130706433/", "http://017700000001/", "http://0x7f000001/", "http://0x7f.1/",
        "http://127.1/", "http://127.0.1/", "http://0177.0.0.1/", "http://127.0.0.1.5/",
        "http://1.2.3.256/", "http://127.0.0.0x1/", "http://127.0.0.1%2f@example.org/",
        "http://[::1/", "http://[127.0.0.1]/", "http://[fe80::1%25eth0]/", "http://[::1]x/",
        "http://ex%61mple.org/", "http://１２７.0.0.1/", "http://exämple.org/", "http://a..b/",
        "http://example.org/\u{7F}", "http://.example.org/",
    ])
    func `an address that can be read in two ways is refused`(text: String) {
        #expect(throws: EgressError.self) { _ = try EgressURL(text) }
    }

    @Test(arguments: [
        ("HTTPS://Example.ORG.", "https://example.org/"),
        ("http://example.org:80/a?b=c#d", "http://example.org/a?b=c"),
        ("http://example.org?x=1", "http://example.org/?x=1"),
        ("https://example.org:8443/hook", "https://example.org:8443/hook"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700:0:0:0:0:0:1111]/"),
        ("https://a-b_c.example/%20", "https://a-b_c.example/%20"),
    ])
    func `an address has one form`(text: String, expected: String) throws {
        #expect(try EgressURL(text).text == expected)
    }

    @Test func `a name is refused when any of its addresses is inside`() throws {
        let url = try EgressURL("https://example.org/")
        let good = try #require(IPAddress("8.8.8.8"))
        let bad = try #require(IPAddress("10.0.0.1"))
        let policy = EgressPolicy()
        #expect(try policy.checked([good], of: url) == [good])
        #expect(throws: EgressError.self) { _ = try policy.checked([good, bad], of: url) }
        #expect(throws: EgressError.self) { _ = try policy.checked([], of: url) }
        let open = EgressPolicy(allowedHosts: ["example.org"])
        #expect(try open.checked([bad], of: url) == [bad])
    }

    @Test func `ports other than those of the web are for hosts that are named`() throws {
        let url = try EgressURL("http://example.org:6379/")
        #expect(throws: EgressError.self) { try EgressPolicy().checkPort(of: url) }
        try EgressPolicy(ports: [6379]).checkPort(of: url)
        try EgressPolicy(allowedHosts: ["example.org"]).checkPort(of: url)
    }
}
