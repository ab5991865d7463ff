import Testing

@testable import ForumClient

struct SiteAddressTests {
    @Test(arguments: [
        ("meta.discourse.org", "https://meta.discourse.org"),
        ("  https://Example.ORG/  ", "https://example.org"),
        ("http://127.0.0.1:4600", "http://127.0.0.1:4600"),
        ("127.0.0.1:4600", "http://127.0.0.1:4600"),
        ("localhost:4600/", "http://localhost:4600"),
        ("https://example.org:443/forum/", "https://example.org/forum"),
        ("http://example.org:80", "http://example.org"),
        ("https://example.org/?x=1#y", "https://example.org"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
        ("[::1]:4600", "http://[::1]:4600"),
    ])
    func `an address is what people type`(typed: String, address: String) throws {
        #expect(try SiteAddress(typed).text == address)
    }

    @Test(arguments: [
        "", "https://", "ftp://example.org", "https://user:pass@example.org", "exa mple.org",
        "example.org:0", "example.org:99999", "example.org:x", "https://exämple.org", "a\nb",
        "https://example.org/a b", "2001:db8::1", "https://example.org/\\evil",
    ])
    func `what is not an address is refused`(typed: String) {
        #expect(throws: ClientError.self) { try SiteAddress(typed) }
    }

    @Test(arguments: [
        ("/t/1", "/t/1"), ("/forum/t/1?page=2", "/t/1?page=2"),
        ("https://example.org/forum/t/1", "/t/1"), ("//example.org/forum/t/1", "/t/1"),
        ("https://EXAMPLE.org:443/forum/x", "/x"),
        ("https://evil.example/forum/t/1", nil), ("http://example.org/forum/t/1", nil),
        ("https://example.org:8443/forum/t/1", nil), ("//evil.example/", nil),
        ("https://example.org@evil.example/", nil), ("t/1", nil), ("javascript:alert(1)", nil),
    ])
    func `a link is of the site or not`(link: String, path: String?) throws {
        #expect(try SiteAddress("https://example.org/forum").path(of: link) == path)
    }

    @Test(arguments: [
        ("_t=abc; path=/; HttpOnly", "_t", "abc", false), ("a=b=c", "a", "b=c", false),
        ("a=; path=/", "a", "", true), ("a=x; Max-Age=0", "a", "x", true),
        ("a=x; expires=Thu, 01 Jan 1970 00:00:00 GMT", "a", "x", true),
    ])
    func `a cookie is read`(line: String, name: String, value: String, gone: Bool) throws {
        let cookie = try #require(SetCookie(line))
        #expect(cookie.name == name)
        #expect(cookie.value == value)
        #expect(cookie.isDeletion == gone)
    }

    @Test(arguments: ["", "=x", "novalue", "a=b c", "a=x\u{7f}", "a=\u{e9}"])
    func `a broken cookie is not kept`(line: String) {
        #expect(SetCookie(line) == nil)
    }
}
