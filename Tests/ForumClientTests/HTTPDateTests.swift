import Testing

@testable import ForumClient

@Suite struct HTTPDateTests {
    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777 as Int64?),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199),
        ("Fri, 31 Dec 9999 23:59:60 GMT", 253_402_300_800),
        ("Sunday, 06-Nov-94 08:49:37 GMT", nil), ("Sun Nov  6 08:49:37 1994", nil),
        ("Sun, 06 Nov 1994 08:49:37 CET", nil), ("Sun, 06 Nov 1994 24:00:00 GMT", nil),
        ("Sun, 99999999999999999999 Nov 1994 08:49:37 GMT", nil), ("", nil),
    ])
    func `dates of headers are read`(text: String, seconds: Int64?) {
        #expect(HTTPDate.seconds(text) == seconds)
    }
}
