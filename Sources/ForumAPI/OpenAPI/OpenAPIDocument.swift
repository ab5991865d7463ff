/// The OpenAPI 3.1 document of a server, made from the operations that it serves.
package struct OpenAPIDocument: Sendable {
    /// The whole document.
    package let value: WireValue
    /// Types that could not be described; empty in a server that is right.
    package let problems: [String]

    package init(title: String, version: String, operations: [OperationDescription]) {
        let recorder = SchemaRecorder()
        var builder = Builder(recorder: recorder)
        let error = recorder.schema(of: APIErrorBody.self, .reply)
        // Replies first: where a type goes both ways, they keep its name.
        let replies = operations.map { $0.reply(recorder) }
        for (operation, reply) in zip(operations, replies) { builder.add(operation, reply) }
        value = [
            "openapi": "3.1.0",
            "info": [
                "title": .string(title),
                "version": .string(version),
                "description": .string(Self.introduction),
            ],
            "servers": [["url": "/"]],
            "tags": .array(builder.tags.sorted().map { ["name": .string($0)] }),
            "paths": .object(builder.paths),
            "components": [
                "schemas": recorder.schemas,
                "responses": ["Error": Self.errorResponse(error)],
                "securitySchemes": Self.securitySchemes,
            ],
        ]
        problems = recorder.problems
    }

    private static let introduction = """
        The API of a community forum, wire-compatible with Discourse's. Made from the code that \
        serves it.

        Parameters may be sent as JSON, as a form (`post[raw]=…`, `tags[]=…`) or as \
        multipart/form-data, with every method that writes, and in the query as well; numbers and \
        booleans may be sent as text. Answers are JSON with the suffix `.json` and without it. Every \
        GET also takes HEAD and OPTIONS, and `If-None-Match`.
        """

    private static func errorResponse(_ schema: WireValue) -> WireValue {
        [
            "description": """
            Refused: 400 a parameter is missing or wrong, 403 not logged in or not permitted, 404 \
            unknown or hidden, 409 conflict, 422 not valid, 429 too many requests (see \
            Retry-After and extras.wait_seconds), 503 try again later.
            """,
            "content": [
                "application/json": ["schema": schema],
                "text/plain": ["schema": ["type": "string"]],
            ],
        ]
    }

    private static let securitySchemes: WireValue = [
        "ApiKey": [
            "type": "apiKey", "in": "header", "name": "Api-Key",
            "description": "A key that an administrator made.",
        ],
        "ApiUsername": [
            "type": "apiKey", "in": "header", "name": "Api-Username",
            "description": "Whom a key that is not bound to one user acts for.",
        ],
        "UserApiKey": [
            "type": "apiKey", "in": "header", "name": "User-Api-Key",
            "description": "A key that a user gave a program.",
        ],
        "Session": [
            "type": "apiKey", "in": "cookie", "name": "_t",
            "description": "The session of somebody who logged in with POST /session.json.",
        ],
        "CSRFToken": [
            "type": "apiKey", "in": "header", "name": "X-CSRF-Token",
            "description": "From GET /session/csrf.json; for all that writes without a key.",
        ],
    ]
}

/// Puts operations together by their paths.
private struct Builder {
    let recorder: SchemaRecorder
    var paths = WireObject()
    var tags: Set<String> = []
    private var operationIDs: Set<String> = []
    /// The path under which operations of one shape stand: `/a/{x}` and `/a/{y}` are the same.
    private var pathsByShape: [String: String] = [:]

    init(recorder: SchemaRecorder) {
        self.recorder = recorder
    }

    mutating func add(_ operation: OperationDescription, _ reply: OperationDescription.Reply) {
        let suffix = operation.takesSuffix && operation.path != "/" ? ".json" : ""
        let shape = Self.shape(operation.path)
        let path = pathsByShape[shape + suffix] ?? operation.path + suffix
        pathsByShape[shape + suffix] = path
        let name = OperationName.of(operation.method, operation.path)
        tags.insert(name.tag)
        var id = name.id
        while !operationIDs.insert(id).inserted { id += "Again" }
        let request = operation.request(recorder)
        var item = WireObject([
            ("operationId", .string(id)),
            ("summary", .string(operation.summary ?? name.summary)),
            ("description", .string(Self.who(operation.audience))),
            ("tags", [.string(name.tag)]),
            ("x-policy", .string(operation.audience.rawValue)),
        ])
        let parameters = pathParameters(path) + queryParameters(request, path: path)
        if !parameters.isEmpty { item.set("parameters", to: .array(parameters)) }
        if let schema = request?.schema { item.set("requestBody", to: body(schema)) }
        item.set(
            "responses",
            to: [
                "200": Self.response(reply),
                "default": ["$ref": "#/components/responses/Error"],
            ]
        )
        item.set("security", to: Self.security(operation))
        var members = paths[path]?.objectValue ?? WireObject()
        members.set(operation.method.rawValue.lowercased(), to: .object(item))
        paths.set(path, to: .object(members))
    }

    private static func shape(_ path: String) -> String {
        path.split(separator: "/").map { $0.first == "{" ? "{}" : String($0) }
            .joined(separator: "/")
    }

    private static func names(_ path: String) -> [String] {
        path.split(separator: "{").dropFirst().map { String($0.prefix { $0 != "}" }) }
    }

    private func pathParameters(_ path: String) -> [WireValue] {
        Self.names(path).map { name in
            [
                "name": .string(name), "in": "path", "required": true,
                "schema": ["type": "string", "minLength": 1],
            ]
        }
    }

    private func queryParameters(
        _ request: OperationDescription.Request?,
        path: String
    ) -> [WireValue] {
        let inPath = Set(Self.names(path))
        return (request?.members ?? []).filter { !inPath.contains($0.name) }.map { member in
            let type = member.schema["type"]?.stringValue
            var parameter = WireObject([
                ("name", .string(type == "array" ? "\(member.name)[]" : member.name)),
                ("in", "query"), ("required", .bool(member.isRequired)),
                ("schema", member.schema),
            ])
            if type == "object" || member.schema["$ref"] != nil {
                parameter.set("style", to: "deepObject")
                parameter.set("explode", to: true)
            }
            return .object(parameter)
        }
    }

    private func body(_ schema: WireValue) -> WireValue {
        [
            "required": false,
            "content": [
                "application/json": ["schema": schema],
                "application/x-www-form-urlencoded": ["schema": schema],
                "multipart/form-data": ["schema": schema],
            ],
        ]
    }

    private static func response(_ reply: OperationDescription.Reply) -> WireValue {
        var media = WireObject()
        if let schema = reply.schema { media.set("schema", to: schema) }
        return [
            "description": "What was asked for.",
            "content": .object(WireObject([(reply.mediaType, .object(media))])),
        ]
    }

    private static func who(_ audience: OperationDescription.Audience) -> String {
        switch audience {
        case .open: "For everybody, also where the site asks for a login."
        case .everybody: "For whoever may read the site."
        case .member: "For members."
        case .staff: "For moderators and administrators; to others it does not exist."
        case .admin: "For administrators; to others it does not exist."
        }
    }

    private static func security(_ operation: OperationDescription) -> WireValue {
        var session = WireObject([("Session", [])])
        if operation.method != .get { session.set("CSRFToken", to: []) }
        var ways: [WireValue] = [
            ["ApiKey": [], "ApiUsername": []], ["ApiKey": []], ["UserApiKey": []],
            .object(session),
        ]
        switch operation.audience {
        case .open, .everybody:
            ways.insert(operation.method == .get ? [:] : ["CSRFToken": []], at: 0)
        case .member, .staff, .admin: break
        }
        return .array(ways)
    }
}
