import ForumAPI

/// A draft as Discourse's own client writes it, and as much of it as this form has fields for.
struct DraftData: Sendable {
    var reply = ""
    var title = ""
    var tags = ""
    var recipients = ""
    var categoryID: Int?
    var action = ""

    init(
        reply: String,
        title: String,
        tags: String,
        recipients: String,
        categoryID: Int?,
        action: String
    ) {
        self.reply = reply
        self.title = title
        self.tags = tags
        self.recipients = recipients
        self.categoryID = categoryID
        self.action = action
    }

    /// Any text may be kept as a draft; what is no JSON is taken for the text itself.
    init(_ data: String) {
        do {
            let value = try WireValue.parse(json: Array(data.utf8))
            reply = value["reply"]?.stringValue ?? ""
            title = value["title"]?.stringValue ?? ""
            tags = (value["tags"]?.arrayValue ?? []).compactMap(\.stringValue)
                .joined(separator: ", ")
            recipients = value["recipients"]?.stringValue ?? ""
            categoryID = value["categoryId"]?.intValue
        } catch {
            reply = data
        }
    }

    var json: String {
        get throws {
            var members: [(String, WireValue)] = [
                ("reply", .string(reply)), ("action", .string(action)),
            ]
            if !title.isEmpty { members.append(("title", .string(title))) }
            let names = tags.split(separator: ",").map { String($0).trimmingSpaces }
                .filter { !$0.isEmpty }
            if !names.isEmpty { members.append(("tags", .array(names.map { .string($0) }))) }
            if !recipients.isEmpty { members.append(("recipients", .string(recipients))) }
            if let categoryID { members.append(("categoryId", .int(categoryID))) }
            let value = WireValue.object(WireObject(members))
            return String(decoding: try encodeJSON(value), as: UTF8.self)
        }
    }
}
