import Foundation

/// Fields of a profile that the forum itself gives no meaning: names with texts.
enum StoredFields {
    static func read(_ json: String) -> [String: String] {
        do {
            return try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
        } catch {
            // Nobody but this type writes the column; what else stands in it means nothing.
            return [:]
        }
    }

    /// - Parameter changes: `nil` removes a field.
    /// - Throws: `.invalid` for too many fields, or one that is too long.
    static func merged(
        _ json: String,
        with changes: [String: String?],
        field: String
    ) throws(ForumError) -> String {
        var fields = read(json)
        for (name, value) in changes {
            guard (1...Limits.fieldNameMax).contains(name.unicodeScalars.count),
                (value?.unicodeScalars.count ?? 0) <= Limits.fieldValueMax,
                !name.utf8.contains(0), value?.utf8.contains(0) != true
            else {
                throw ForumError(
                    .invalid,
                    "A field has a name of at most \(Limits.fieldNameMax) and a value of at most "
                        + "\(Limits.fieldValueMax) characters.",
                    field: field
                )
            }
            fields[name] = value
        }
        guard fields.count <= Limits.fieldsPerUser else {
            throw ForumError(
                .invalid,
                "At most \(Limits.fieldsPerUser) fields.",
                field: field
            )
        }
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(fields), as: UTF8.self)
        } catch {
            throw ForumError(.bug, "The fields could not be written.")
        }
    }
}
