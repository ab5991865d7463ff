/// The live stream.
extension API {
    package enum MessageBus {
        /// The reply is a list, or (chunked) several lists with `\r\n|\r\n` after each.
        package static let poll = Endpoint<PollRequest, [BusMessageBody]>(
            .post,
            "/message-bus/{client_id}/poll",
            takesSuffix: false
        )

        static let signatures = [poll.signature]
    }
}
