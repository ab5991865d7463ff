import Testing

@testable import ForumAPI

struct FormTests {
    /// Forms and what they say, as JSON.
    private static let forms: [(String, String)] = [
        ("", "{}"),
        ("a=1&b=two+words", #"{"a":"1","b":"two words"}"#),
        ("a=1&a=2", #"{"a":"2"}"#),
        ("a=%C3%A9%26%3D", #"{"a":"é&="}"#),
        ("a", #"{"a":null}"#),
        ("a=", #"{"a":""}"#),
        ("&&a=b=c&", #"{"a":"b=c"}"#),
        ("post[raw]=x&post[edit_reason]=y", #"{"post":{"raw":"x","edit_reason":"y"}}"#),
        ("post%5Braw%5D=x", #"{"post":{"raw":"x"}}"#),
        ("tags[]=a&tags[]=b", #"{"tags":["a","b"]}"#),
        ("p[everyone]=1&p[staff]=2", #"{"p":{"everyone":"1","staff":"2"}}"#),
        ("a[b][c][]=1&a[b][c][]=2&a[d]=3", #"{"a":{"b":{"c":["1","2"]},"d":"3"}}"#),
        ("l[][x]=1&l[][y]=2&l[][x]=3", #"{"l":[{"x":"1","y":"2"},{"x":"3"}]}"#),
        ("timings[1]=1000&timings[2]=2000", #"{"timings":{"1":"1000","2":"2000"}}"#),
        ("odd[=1&also]=2&[x]=3", #"{"odd[":"1","also]":"2","[x]":"3"}"#),
        ("=nameless&a=1", #"{"a":"1"}"#),
    ]

    @Test(arguments: forms)
    func `reads a form`(form: String, json: String) throws {
        #expect(
            try WireValue.parse(form: form.utf8) == WireValue.parse(json: Array(json.utf8))
        )
    }

    @Test(arguments: [
        "a=%", "a=%2", "a=%zz", "a=%FF", "%=1", "a[b]=1&a[]=2", "a[]=1&a[b]=2", "a=1&a[b]=2",
        "a[1][2][3][4][5][6][7][8][9]=x", String(repeating: "n", count: 1_025) + "=1",
        String(repeating: "a=1&", count: 4_097),
    ])
    func `refuses a form`(form: String) {
        #expect(throws: WireError.self) { try WireValue.parse(form: form.utf8) }
    }

    private struct Everything: Codable, Equatable {
        var title = "Größe & “quotes” = 100 %+"
        var missing: String?
        var count = -3
        var flag = true
        var tags = ["a b", "c&d"]
        var none: [Int] = []
        var nested = ["x": ["y": 1]]
    }

    @Test func `fields are written as they are read`() throws {
        let value = Everything()
        let text = encodeForm(try formFields(value))
        #expect(text.contains("tags%5B%5D=a%20b&tags%5B%5D=c%26d"))
        #expect(!text.contains("missing"))
        // An empty list is one empty element in a form.
        let read = try WireValue.parse(form: text.utf8)
        #expect(read["none"] == [""])
        var withoutList = read.objectValue ?? WireObject()
        withoutList.set("none", to: [])
        #expect(try decodeRequest(Everything.self, from: .object(withoutList)) == value)
    }

    @Test func `a body is read by its content type`() throws {
        let form = Array("a=1".utf8)
        let json = Array(#"{"a":1}"#.utf8)
        #expect(try WireValue.parse(body: form, contentType: nil) == ["a": "1"])
        let charset = "Application/X-WWW-Form-Urlencoded; charset=UTF-8"
        #expect(try WireValue.parse(body: form, contentType: charset) == ["a": "1"])
        // canonicalwebteam.discourse sends forms under this name.
        #expect(try WireValue.parse(body: form, contentType: "multipart/form-data") == ["a": "1"])
        #expect(
            try WireValue.parse(body: json, contentType: "application/json; charset=utf-8")
                == ["a": 1]
        )
        #expect(try WireValue.parse(body: form, contentType: "text/plain") == [:])
        #expect(try WireValue.parse(body: [], contentType: "application/json") == [:])
        #expect(throws: WireError.self) {
            try WireValue.parse(body: Array("[1]".utf8), contentType: "application/json")
        }
    }

    @Test func `the body comes before the query`() throws {
        let body: WireValue = ["a": "body"]
        #expect(body.merged(over: ["a": "query", "b": "query"]) == ["a": "body", "b": "query"])
    }
}
