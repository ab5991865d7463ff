extension Limits {
    /// Name of a sent file, in Unicode scalars.
    static let filenameMax = 255
    /// Files that one member may send in a minute; staff is free of it.
    static let uploadsPerMinute = 60
    /// Short addresses of one look-up.
    package static let lookedUpUploads = 50
    /// Pictures that wait to be decoded; more are refused as overload. Each may take 160 MB.
    static let imageQueue = 50
    /// Orphans removed in one round of upkeep.
    static let orphansAtOnce = 500
    /// Widest and highest that a picture is shown in a post, in pixels (Discourse's defaults).
    package static let shownImageWidth = 690
    package static let shownImageHeight = 500
    /// The sides of pictures of people that are made, in pixels.
    package static let avatarSides = [
        20, 24, 25, 32, 40, 45, 48, 60, 64, 75, 90, 96, 120, 135, 144, 180, 240, 288, 360,
    ]
}
