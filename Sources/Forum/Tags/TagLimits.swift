/// The bounds of tags and tag groups.
extension Limits {
    /// Tags in one answer of all tags.
    static let tagsListedMax = 5000
    static let tagsFoundMax = 50
    static let tagsPerGroupMax = 1000
    static let tagGroupsMax = 2000
    static let tagGroupNameMax = 100
}
