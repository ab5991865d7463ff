extension Limits {
    /// The raw text of an imported post, in Unicode scalars; the rest is kept as elided.
    static let importedPostMax = 150_000
    static let importBatchMax = 2000
    static let importNameMax = 100
    /// How long the publishing or discarding of a large archive may take, in seconds.
    static let importSettlingSeconds = 3600.0
}
