/// Why a picture is not taken.
package enum ImageProblem: Error, Sendable, Hashable {
    /// None of the kinds that are known here.
    case unknown
    /// More pixels than the limits allow.
    case tooLarge(width: Int, height: Int)
    /// It says to be a picture, but cannot be decoded.
    case damaged
}

/// A picture that holds nothing but its pixels: decoded, turned upright and written anew, so that no
/// place, no name and no second file remains in it.
package struct SafeImage: Sendable, Hashable {
    package let kind: ImageHeader.Kind
    package let bytes: [UInt8]
    package let width: Int
    package let height: Int

    /// - Throws: `ImageProblem`.
    package init(cleaning bytes: [UInt8]) throws(ImageProblem) {
        guard let header = ImageHeader(of: bytes) else { throw .unknown }
        guard header.isWithinLimits else {
            throw .tooLarge(width: header.width, height: header.height)
        }
        if header.kind == .gif {
            try self.init(animation: bytes, header)
        } else {
            try self.init(still: bytes, header)
        }
    }

    private init(still bytes: [UInt8], _ header: ImageHeader) throws(ImageProblem) {
        guard let decoded = Canvas.decode(bytes, header.kind) else { throw .damaged }
        let orientation = header.kind == .jpeg ? Orientation.of(jpeg: bytes) : 1
        guard let upright = decoded.turned(orientation), let written = upright.encode(header.kind)
        else { throw .damaged }
        kind = header.kind
        width = upright.width
        height = upright.height
        // Another encoder may have packed the same pixels better.
        if header.kind == .png, written.count > bytes.count, let bare = PNGChunks.bare(bytes) {
            self.bytes = bare
        } else {
            self.bytes = written
        }
    }

    /// An animation would lose its frames: its blocks are copied, and only those that show something.
    private init(animation bytes: [UInt8], _ header: ImageHeader) throws(ImageProblem) {
        guard Canvas.decode(bytes, .gif) != nil, let bare = GIFBlocks.bare(bytes) else {
            throw .damaged
        }
        kind = .gif
        self.bytes = bare
        width = header.width
        height = header.height
    }

    /// A PNG of `size` times `size` pixels of the middle of a picture.
    ///
    /// - Throws: `ImageProblem`.
    package static func square(of bytes: [UInt8], size: Int) throws(ImageProblem) -> [UInt8] {
        guard let header = ImageHeader(of: bytes) else { throw .unknown }
        guard header.isWithinLimits else {
            throw .tooLarge(width: header.width, height: header.height)
        }
        guard let decoded = Canvas.decode(bytes, header.kind),
            let written = decoded.filling(width: size, height: size)?.encode(.png)
        else { throw .damaged }
        return written
    }
}
