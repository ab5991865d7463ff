extension WireValue {
    /// The parameters in a request body, by its content type.
    ///
    /// JSON must be an object. `multipart/form-data` without a boundary is read as a form, because
    /// clients send forms under that name; so is a body without a type. A type that carries no
    /// parameters (`text/plain`, `message/rfc822`) gives none.
    package static func parse(body: [UInt8], contentType: String?) throws(WireError) -> WireValue {
        guard !body.isEmpty else { return .object(WireObject()) }
        let type = HeaderValue(contentType ?? "application/x-www-form-urlencoded")
        switch type.value {
        case "application/json", "text/json":
            let value = try parse(json: body)
            guard case .object = value else {
                throw .syntax(position: 0, reason: "the JSON of a request must be an object")
            }
            return value
        case "application/x-www-form-urlencoded", "":
            return try parse(form: body)
        case "multipart/form-data":
            guard let boundary = type.parameters["boundary"], !boundary.isEmpty else {
                return try parse(form: body)
            }
            return try parse(multipart: body, boundary: boundary)
        default:
            return .object(WireObject())
        }
    }
}
