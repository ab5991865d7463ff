import ForumAPI
import HTTPTypes
import Testing

@testable import ForumWeb

/// The document of the API against the router that it is made from.
@Suite struct OpenAPITests {
    @Test func `the document tells of every route and of no other`() async throws {
        try await WebSite.with { web in
            let answer = try await web.send(.get, "/openapi.json")
            #expect(answer.status == 200)
            let document = try WireValue.parse(json: answer.bytes, values: 1_000_000)
            // A page or a stream is another form of an operation that is told of as JSON; forms and
            // the stylesheet are parts of pages.
            let operations = web.declarations.keys.filter { signature in
                !signature.hasSuffix(")") && !signature.hasPrefix("POST \(RouteTable.formRoot)")
                    && !signature.hasPrefix("GET /stylesheets/")
            }
            let declared = Set(operations.map { Self.shape($0) })
            var told: Set<String> = []
            for (path, item) in try #require(document["paths"]?.objectValue) {
                for method in try #require(item.objectValue).keys {
                    let plain = path.hasSuffix(".json") ? String(path.dropLast(5)) : path
                    told.insert(Self.shape("\(method.uppercased()) \(plain)"))
                }
            }
            #expect(told == declared)
        }
    }

    @Test func `every type can be described and every reference leads somewhere`() async throws {
        try await WebSite.with { web in
            let document = OpenAPIRoutes.document(web.routes)
            #expect(document.problems == [])
            let schemas = try #require(document.value["components"]?["schemas"]?.objectValue)
            let prefix = "#/components/schemas/"
            for reference in Self.references(document.value) where reference.hasPrefix(prefix) {
                let name = String(reference.dropFirst(prefix.count))
                let properties = schemas[name]?["properties"]?.objectValue
                #expect(properties != nil, "\(name)")
            }
        }
    }

    @Test func `optional, left out and required members differ`() throws {
        let recorder = SchemaRecorder()
        _ = recorder.schema(of: TopicBody.self, .reply)
        let topic = try #require(recorder.schemas["TopicBody"])
        let required = try #require(topic["required"]?.arrayValue)
        #expect(required.contains("last_posted_at"))
        #expect(topic["properties"]?["last_posted_at"]?["type"] == ["string", "null"])
        #expect(!required.contains("external_id"))
        #expect(topic["properties"]?["external_id"]?["type"] == "string")
        _ = recorder.schema(of: CreatePostRequest.self, .request)
        #expect(recorder.schemas["CreatePostRequest"]?["required"] == ["raw"])
        #expect(recorder.problems == [])
    }

    @Test func `the document is kept by those who have it`() async throws {
        try await WebSite.with { web in
            let first = try await web.send(.get, "/openapi.json")
            let etag = try #require(first.headers[.eTag])
            let second = try await web.send(.get, "/openapi", headers: [.ifNoneMatch: etag])
            #expect(second.status == 304)
            #expect(second.bytes.isEmpty)
        }
    }

    private static func shape(_ signature: String) -> String {
        signature.split(separator: "/").map { $0.first == "{" ? "{}" : String($0) }
            .joined(separator: "/")
    }

    private static func references(_ value: WireValue) -> [String] {
        var waiting = [value]
        var found: [String] = []
        while let next = waiting.popLast() {
            switch next {
            case .object(let members):
                if let text = members["$ref"]?.stringValue { found.append(text) }
                waiting += members.values
            case .array(let elements): waiting += elements
            default: continue
            }
        }
        return found
    }
}
