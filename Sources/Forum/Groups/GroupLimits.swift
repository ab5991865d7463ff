/// The bounds of groups and of messages between people.
extension Limits {
    package static let groupsPerPage = 36
    package static let groupsFoundMax = 100
    /// People that one request adds or removes.
    package static let groupMembersAtOnce = 1000
    package static let groupMembersPerPageMax = 1000
    /// Categories or tags that one group has its members follow at one level.
    static let groupDefaultsMax = 100
    static let groupRequestReasonMax = 5000
    package static let groupLogsPerPage = 25
    package static let groupPostsPerPage = 20
    /// Owners who are told of a request.
    static let groupOwnersTold = 5
}
