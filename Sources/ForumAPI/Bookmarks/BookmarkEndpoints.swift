/// What people mark to find it again.
extension API {
    package enum Bookmarks {
        package static let create = Endpoint<BookmarkRequest, BookmarkReply>(.post, "/bookmarks")
        package static let update = Endpoint<BookmarkRequest, SuccessReply>(
            .put,
            "/bookmarks/{bookmark_id}"
        )
        package static let delete = Endpoint<NoBody, DeleteBookmarkReply>(
            .delete,
            "/bookmarks/{bookmark_id}"
        )
        package static let togglePin = Endpoint<NoBody, SuccessReply>(
            .put,
            "/bookmarks/{bookmark_id}/toggle_pin"
        )
        package static let list = Endpoint<BookmarkListQuery, BookmarkListReply>(
            .get,
            "/u/{username}/bookmarks"
        )
        package static let ofTopic = Endpoint<NoBody, NoReply>(.put, "/t/{topic_id}/bookmark")
        package static let removeOfTopic = Endpoint<NoBody, NoReply>(
            .put,
            "/t/{topic_id}/remove_bookmarks"
        )

        static let signatures = [
            create.signature, update.signature, delete.signature, togglePin.signature,
            list.signature, ofTopic.signature, removeOfTopic.signature,
        ]
    }
}
