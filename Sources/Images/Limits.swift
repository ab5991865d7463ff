/// What this module accepts, in one table.
package enum Limits {
    /// Pixels of one image: width times height.
    package static let pixels = 40_000_000
    /// Width or height, in pixels.
    package static let side = 10_000
    /// Quality of a JPEG that is written, of 100.
    static let jpegQuality: Int32 = 90
    /// Frames of an animation; each costs those who look at it a whole picture.
    static let frames = 2000
}
