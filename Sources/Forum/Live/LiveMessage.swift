package import Postgres

/// One message of the live bus, as Discourse's MessageBus numbers it: by channel and over all.
package struct LiveMessage: Sendable, RowDecodable {
    package let globalID: Int64
    package let messageID: Int64
    package let channel: String
    /// JSON text.
    package let data: String

    package init(globalID: Int64, messageID: Int64, channel: String, data: String) {
        self.globalID = globalID
        self.messageID = messageID
        self.channel = channel
        self.data = data
    }

    package init(from row: inout RowReader) throws(PostgresError) {
        globalID = try row.next()
        messageID = try row.next()
        channel = try row.next()
        data = try row.next()
    }
}
